//! Many pills taken at once: "took thirty paracetamol tablets", "me tomé 20 pastillas".

use crate::span::Span;
use crate::text::Text;
use crate::triage::quantity::number;
use crate::words::lists;

/// From this number on it is no ordinary dose.
const MANY: f64 = 8.0;
/// So many words may stand between the number and the pills.
const NEAR: usize = 3;
const TOOK: &str = "took taken swallowed ate eaten ingested tome tomo trague trago tomado";
const PILLS: &str = "pill pills tablet tablets tabs capsule capsules caps pastilla pastillas tableta tabletas capsulas comprimidos \
    paracetamol tylenol acetaminophen ibuprofen aspirin xanax";
/// Numbers that are many, in words.
const WORDS: &str =
    "dozen dozens docena eleven thirteen sixteen eighteen forty fifty sixty hundred cuarenta cincuenta sesenta cien";

/// From the verb to the pills, for each such dose.
pub(super) fn find(text: &Text<'_>) -> Vec<Span> {
    let word = |at: usize| text.tokens().get(at).map_or("", |token| token.word.as_str());
    let many = |at: usize| number(text, at).is_some_and(|count| count >= MANY) || lists(WORDS, word(at));
    let verbs = (0..text.tokens().len()).filter(|at| lists(TOOK, word(*at)));
    let doses = verbs.filter_map(|verb| {
        let count = (verb + 1..=verb + NEAR).find(|at| many(*at))?;
        let pills = (count + 1..=count + NEAR).rev().find(|at| lists(PILLS, word(*at)))?;
        text.span(verb..pills + 1)
    });
    doses.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_pills_are_more_than_a_dose() {
        for (written, found) in [
            ("I took thirty paracetamol tablets", vec!["took thirty paracetamol tablets"]),
            ("she swallowed about 20 of her pills", vec!["swallowed about 20 of her pills"]),
            ("me tomé 25 pastillas", vec!["tomé 25 pastillas"]),
            ("took 2 tablets", vec![]),
            ("I take 10 pills a day", vec![]),
        ] {
            let spans: Vec<&str> = find(&Text::read(written)).iter().map(|span| span.of(written)).collect();
            assert_eq!(spans, found, "{written}");
        }
    }
}
