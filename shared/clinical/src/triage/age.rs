//! How old the patient is, as the message says.

use crate::text::Text;
use crate::triage::evidence::Evidence;
use crate::triage::quantity::{Quantity, TimeUnit};
use crate::words::lists;

/// Nobody is older, in years.
const OLDEST: f64 = 120.0;
/// Words that make a number before them an age.
const BEHIND: &str = "old yo edad age";
/// Who somebody is.
const PERSON: &str = "male female man woman boy girl lady gentleman m f hombre mujer nino nina son daughter baby \
    infant child hijo hija bebe masculino femenino patient paciente smoker";
/// Words that make a number behind them an age.
const BEFORE: &str = "aged age edad am soy cumpli turned";
/// Whom somebody tells of.
const TOLD_OF: &str = "he she dad mom mum mother father husband wife grandma grandpa grandmother grandfather patient ella papa mama \
    padre madre esposo esposa abuelo abuela paciente";
/// Words of a person before "de 3 años".
const OF: &str = "hombre mujer nino nina hijo hija bebe paciente senor senora anciano anciana";

/// The age in years, and the words that give it.
pub(super) fn find(text: &Text<'_>, turn: usize) -> Option<(f64, Evidence)> {
    (0..text.tokens().len()).find_map(|at| {
        let (years, end) = with_unit(text, at).or_else(|| bare(text, at))?;
        let span = text.span(at..end)?;
        (0.0..=OLDEST).contains(&years).then_some((years, Evidence { turn, span }))
    })
}

fn word<'a>(text: &'a Text<'_>, at: usize) -> &'a str {
    text.tokens().get(at).map_or("", |token| token.word.as_str())
}

/// "3 year old", "14-month-old", "45 yo", "mi bebé de 2 meses", "tengo 34 años".
fn with_unit(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let quantity = Quantity::at(text, at)?;
    if matches!(quantity.unit, TimeUnit::Minute | TimeUnit::Hour) {
        return None;
    }
    let end = quantity.tokens.end;
    let before = |back: usize| at.checked_sub(back).map_or("", |at| word(text, at));
    let old = lists(BEHIND, word(text, end)) || (word(text, end) == "of" && word(text, end + 1) == "age");
    let spanish = matches!((before(1), word(text, end), word(text, end + 1)), (_, "de", "edad"));
    let of_person = before(1) == "de" && (2..5).any(|back| lists(OF, before(back)));
    let i_am = quantity.unit == TimeUnit::Year && (before(1) == "tengo" || before(1) == "tiene" || before(1) == "aged");
    let person = lists(PERSON, word(text, end)) && (quantity.unit == TimeUnit::Year || is_sex(word(text, end)));
    let is_old = old || spanish || of_person || i_am || person;
    is_old.then(|| (quantity.hours() / TimeUnit::Year.hours(), end + usize::from(old)))
}

/// "I am 45", "aged 7", "45 F", "67yo", "M/34".
fn bare(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let years: f64 = text.tokens().get(at)?.word.parse().ok()?;
    let before = at.checked_sub(1).map_or("", |at| word(text, at));
    let behind = word(text, at + 1);
    let is_followed =
        matches!(behind, "yo" | "y" | "yr" | "yof" | "yom") || is_sex(behind) || behind == "year" || behind == "anos";
    let is_unit = TimeUnit::of(behind).is_some() || behind == "weeks" || text.between(at + 1).contains(['/', '%', '.']);
    let before_it = at.checked_sub(2).map_or("", |at| word(text, at));
    // "Dad is 81": only whom somebody tells of, and only as old as no other number about people often is.
    let tells_of = lists("is was es tiene", before) && lists(TOLD_OF, before_it) && years >= 18.0;
    let told = (lists(BEFORE, before) || tells_of) && !is_unit && years >= 1.0;
    let slash = matches!(before, "m" | "f") && text.between(at).trim() == "/";
    (years.fract() == 0.0 && (told || slash || is_followed)).then_some((years, at + 1 + usize::from(is_followed)))
}

fn is_sex(word: &str) -> bool {
    matches!(word, "m" | "f" | "male" | "female" | "man" | "woman" | "lady" | "gentleman" | "hombre" | "mujer")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(written: &str) -> Option<f64> {
        find(&Text::read(written), 0).map(|(years, _)| (years * 100.0).round() / 100.0)
    }

    #[test]
    fn ages_are_read_as_people_and_clinicians_write_them() {
        for (written, expected) in [
            ("56-year-old woman", 56.0),
            ("65 year old Male.", 65.0),
            ("my 3 month old baby", 0.25),
            ("14-month-old with fever", 1.17),
            ("I'm 45 and have chest pain", 45.0),
            ("45 yo F with cough", 45.0),
            ("M/34 headache", 34.0),
            ("Dad is 81, he fell", 81.0),
            ("67F with dizziness", 67.0),
            ("aged 7", 7.0),
            ("tengo 34 años", 34.0),
            ("mi bebé de 2 meses", 0.17),
            ("hombre de 60 años", 60.0),
            ("niña de 5 años", 5.0),
            ("6 week old infant", 0.11),
        ] {
            assert_eq!(years(written), Some(expected), "{written}");
        }
    }

    #[test]
    fn other_numbers_are_no_ages() {
        for written in [
            "cough for 3 weeks",
            "I am 32 weeks pregnant",
            "pain 7 out of 10",
            "bp 120/80",
            "took 2 pills",
            "she is 100% sure, mom is 20 weeks pregnant",
            "I am 100% sure",
        ] {
            assert_eq!(years(written), None, "{written}");
        }
    }
}
