//! Whether a text says something on purpose: that it has the words of a table, in a place where no other words of the table
//! turn them into something else and no negation takes them back.

use crate::context::Context;
use crate::phrase::Table;
use crate::text::Text;

/// What a phrase of such a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Intent {
    /// Words that say it.
    Said,
    /// Words that sound like it and say something else; rule `none`.
    None,
}

/// Reads a table.
pub(crate) fn table(source: &'static str) -> Table<Intent> {
    Table::parse(&[source], |rule| Some(if rule == "none" { Intent::None } else { Intent::Said }))
}

/// Whether a text says what a table lists. A negation takes it back with so many words between at most.
pub(crate) fn is_meant(table: &Table<Intent>, text: &Text<'_>, most_between: usize) -> bool {
    let found = table.matches(text);
    if !found.iter().any(|phrase| phrase.label == Intent::Said) {
        return false;
    }
    let mut is_other = vec![false; text.tokens().len()];
    for phrase in found.iter().filter(|phrase| phrase.label == Intent::None) {
        is_other.get_mut(phrase.tokens.clone()).unwrap_or_default().fill(true);
    }
    let context = Context::read(text);
    found.iter().filter(|phrase| phrase.label == Intent::Said).any(|phrase| {
        let is_covered = is_other.get(phrase.tokens.clone()).unwrap_or_default().contains(&true);
        !is_covered && !context.denies(text, &phrase.tokens, most_between)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "[wish]\nwant ..2 help\nhelp me\n[none]\nwant to help\nhelp me laugh";

    #[test]
    fn words_count_unless_others_cover_them_or_a_negation_is_near() {
        let table = table(TABLE);
        let is = |written: &str, most_between| is_meant(&table, &Text::read(written), most_between);
        assert!(is("I want some help", 1) && is("help me", 1));
        assert!(!is("I want to help", 1) && !is("help me laugh", 1) && !is("nothing here", 1));
        assert!(!is("I do not want some help", 1) && !is("I do not really want help", 1));
        assert!(is("I do not really want help", 0), "one word stands between");
        assert!(is("not good, help me", 4), "a comma parts them");
        assert!(is("I want to help. Help me", 1), "one of two is meant");
    }
}
