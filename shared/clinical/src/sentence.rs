//! Sentences of a message.

/// Titles and short words whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 14] =
    ["dr", "dra", "mr", "mrs", "ms", "sr", "sra", "srta", "prof", "st", "vs", "e.g", "i.e", "approx"];
const LONGEST_ABBREVIATION: usize = 6;

/// The sentences of a text with their closing marks, trimmed, in order. A full stop in a number ("3.30") or behind a title
/// ("Dr. Smith") closes none.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let parts = std::iter::from_fn(move || {
        let (part, behind) = rest.split_at_checked(end(rest))?;
        rest = behind;
        (!part.is_empty()).then_some(part)
    });
    parts.map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric))
}

/// Where the first sentence of a text ends, in bytes.
fn end(text: &str) -> usize {
    let marks = text.char_indices().filter(|(_, mark)| matches!(mark, '.' | '!' | '?' | '\n'));
    let mut ends = marks.filter(|(at, mark)| *mark != '.' || closes(text, *at)).map(|(at, mark)| at + mark.len_utf8());
    ends.next().unwrap_or(text.len())
}

/// Whether the full stop at a place closes a sentence.
fn closes(text: &str, at: usize) -> bool {
    let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    let is_number = before.ends_with(|c: char| c.is_ascii_digit()) && behind.starts_with(|c: char| c.is_ascii_digit());
    let word = |c: &char| !c.is_whitespace() && *c != '(';
    let backwards: String = before.chars().rev().take_while(word).take(LONGEST_ABBREVIATION + 1).collect();
    let last: String = backwards.chars().rev().flat_map(char::to_lowercase).collect();
    let is_letter =
        last.rsplit('.').next().is_some_and(|letter| letter.len() == 1) && behind.starts_with(char::is_alphabetic);
    let is_short = ABBREVIATIONS.contains(&last.as_str()) && behind.trim_start().starts_with(char::is_alphanumeric);
    !(is_number || is_letter || is_short)
}

/// The text on one line, cut after so many characters.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    let line = domain::text::one_line(text);
    if line.chars().count() <= limit {
        return line;
    }
    let cut: String = line.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_marks() {
        let parts: Vec<&str> = sentences("Hi. Is it bad?\n ... Call me!! ok").collect();
        assert_eq!(parts, ["Hi.", "Is it bad?", "Call me!", "ok"]);
        assert_eq!(sentences("").count(), 0);
        let parts: Vec<&str> = sentences("Dr. Smith calls at 3.30 p.m.\nLa Dra. Gil va el 12. Sr.").collect();
        assert_eq!(parts, ["Dr. Smith calls at 3.30 p.m.", "La Dra. Gil va el 12.", "Sr."]);
    }

    #[test]
    fn a_long_text_ends_with_an_ellipsis() {
        assert_eq!(shortened("short\ntext", 20), "short text");
        assert_eq!(shortened("héllo wörld", 7), "héllo…");
    }
}
