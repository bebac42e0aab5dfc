//! The instruction that goes with a drug: which words it is in, and what they say.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::candidate::{Candidate, Subject};
use super::details::Medication;
use crate::drug::Drug;
use crate::sig::{Amount, Frequency, Sig, Step, spelling};
use crate::span::Span;
use crate::statement::Statement;
use crate::text::Text;
use crate::text::token::{Kind, Token};

/// Words of an instruction besides the drug and its numbers: what to do with it, and how much of it.
static INSTRUCTING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "take give apply use inject inhale insert place put start instill chew okay so and then also tome tomar usar \
    aplique aplicar inyecte de of the a one two three four half tablet tablets capsule capsules tab tabs puff \
    puffs mg milligrams rx tableta tabletas una un dos ml units you pill pills by mouth dose drop drops spray \
    sprays pastilla pastillas capsula capsulas gotas"
        .split(' ')
        .collect()
});

/// The stretch of a turn that the instruction of a drug is in: up to the next candidate, and from the beginning of the
/// statement if no other drug stands before it.
pub(crate) fn area(statement: &Statement, candidates: &[Candidate], place: usize) -> Option<Span> {
    let own = candidates.get(place)?;
    let is_drug = |other: &Candidate| matches!(other.subject, Subject::Drug(_) | Subject::Remedy);
    let mut before = candidates.get(..place)?.iter().rev().take_while(|other| other.span.end > statement.span.start);
    let shares = before.any(is_drug);
    let start = if shares { own.span.start } else { statement.span.start };
    let next = candidates.get(place + 1..)?.iter().find(|other| is_drug(other) || other.span.start >= own.span.end);
    let end = next.map_or(statement.span.end, |next| next.span.start.min(statement.span.end));
    Some(Span { start, end: end.max(own.span.end) })
}

/// Whether nothing but an instruction stands in a run of tokens.
pub(crate) fn is_instruction(tokens: &[Token]) -> bool {
    let is_known = |word: &str| INSTRUCTING.contains(word);
    let corrected = |word: &str| spelling::corrected(word).is_some_and(is_known);
    tokens.iter().all(|token| token.kind == Kind::Number || is_known(&token.word) || corrected(&token.word))
}

/// Whether a stretch doses something.
pub(crate) fn is_dosed(text: &Text<'_>, area: Span) -> bool {
    let sig = Sig::parse(area.of(text.written()));
    sig.first().is_some_and(|step| step.strength.is_some() || step.frequency.is_some() || step.amount.is_some())
}

/// Reads the instruction of a drug.
pub(crate) fn read(text: &Text<'_>, area: Span, name: &str, drug: Option<Drug>) -> (Medication, Vec<Span>) {
    let area = changed_to(text, area);
    let written = area.of(text.written());
    let sig = Sig::parse(written);
    let mut medication = Medication { name: name.to_owned(), drug, ..Medication::default() };
    let Some(step) = sig.first() else { return (medication, Vec::new()) };
    medication.dosage = dosage(step, written);
    medication.amount = step.amount;
    medication.frequency = step.frequency.as_ref().map(|frequency| often(frequency, written));
    medication.times_per_day = step.frequency.as_ref().map(Frequency::times_per_day);
    medication.duration = step.duration.map(|duration| said(duration.span, written, &duration.text()));
    medication.route = step.route;
    medication.as_needed = step.as_needed.is_some();
    let spans = [
        step.strength.as_ref().map(|strength| strength.span),
        step.amount.map(|amount| amount.span),
        step.frequency.as_ref().map(|frequency| frequency.span),
        step.duration.map(|duration| duration.span),
        step.as_needed,
    ];
    let spans = spans.into_iter().flatten().map(|span| shifted(span, area.start)).collect();
    (medication, spans)
}

/// Of "from ten to twenty milligrams" only what is new.
fn changed_to(text: &Text<'_>, area: Span) -> Span {
    const FARTHEST: usize = 6;
    let tokens = text.tokens().get(text.tokens_in(area)).unwrap_or_default();
    let word = |token: &Token, words: &[&str]| words.contains(&token.word.as_str());
    let Some(from) = tokens.iter().position(|token| word(token, &["from", "desde"])) else { return area };
    let behind = tokens.iter().skip(from).take(FARTHEST);
    let to = behind.clone().find(|token| word(token, &["to", "a", "hasta"]));
    to.map_or(area, |to| Span { start: to.span.end, end: area.end })
}

fn dosage(step: &Step, written: &str) -> Option<String> {
    let amount = step.amount.map(|amount| counted(amount, written));
    let strength = step.strength.as_ref().map(|strength| strength.text.clone());
    match (strength, amount) {
        (Some(strength), Some(amount)) => Some(format!("{strength}, {amount}")),
        (strength, amount) => strength.or(amount),
    }
}

/// "two puffs" as it was said; the form by its name where it does not stand behind the number.
fn counted(amount: Amount, written: &str) -> String {
    let number = amount.span.of(written);
    let Some(form) = amount.form else { return number.to_owned() };
    let behind = written.get(amount.span.end..).unwrap_or_default();
    let word: String = behind.trim_start().chars().take_while(|letter| letter.is_alphabetic()).collect();
    let is_form = word.len() > 1 && !matches!(word.as_str(), "of" | "de");
    format!("{number} {}", if is_form { word } else { form.name().to_owned() })
}

/// How often, as it was said; what is only an abbreviation, "b.i.d.", is written out.
fn often(frequency: &Frequency, written: &str) -> String {
    const PLAIN: [&str; 16] = [
        "da", "time", "ever", "each", "hour", "week", "month", "morning", "night", "bedtime", "cada", "ve", "dí",
        "noche", "mañana", "once",
    ];
    let words = frequency.span.of(written).to_lowercase();
    let is_plain =
        words.split_whitespace().any(|word| word.len() > 2 && PLAIN.iter().any(|plain| word.starts_with(plain)));
    if is_plain { said(frequency.span, written, &frequency.text()) } else { frequency.text() }
}

/// The words as they were said, unless others stand among them.
fn said(span: Span, written: &str, canonical: &str) -> String {
    const LONGEST: usize = 40;
    let words = span.of(written);
    if words.is_empty() || words.len() > LONGEST { canonical.to_owned() } else { words.to_owned() }
}

fn shifted(span: Span, by: usize) -> Span {
    Span { start: span.start + by, end: span.end + by }
}
