//! Appointments to come back: "follow up in two weeks", "regrese en un mes", "return if it gets worse".

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::sig::{Range, Unit};
use crate::span::Span;
use crate::text::Text;
use crate::words::Words;

/// How far ahead.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timeframe {
    /// How many units of time.
    pub count: Range,
    /// Of which.
    pub unit: Unit,
}

impl Timeframe {
    /// What one says: "2 weeks".
    #[must_use]
    pub fn text(self) -> String {
        let plural = if self.count == Range::one(1.0) { "" } else { "s" };
        format!("{} {}{plural}", self.count, self.unit.name())
    }

    /// In days; of a range the longer.
    #[must_use]
    pub fn days(self) -> f64 {
        self.count.most * self.unit.days()
    }
}

/// How a patient is called back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// To follow up, to make an appointment.
    FollowUp,
    /// To come back.
    Return,
    /// To be seen again.
    See,
    /// To be checked again.
    Recheck,
    /// To call or to write.
    Contact,
}

/// An appointment to come back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FollowUp {
    /// How the patient is called back.
    pub call: Call,
    /// When, if it was said.
    pub timeframe: Option<Timeframe>,
    /// From the words that call back to the time, in the text.
    pub span: Span,
}

/// The rule's id.
pub const RULE: &str = "follow_up.phrase";

/// Words that call a patient back.
const CALLS: [(&str, Call); 71] = [
    ("follow up", Call::FollowUp),
    ("followup", Call::FollowUp),
    ("following up", Call::FollowUp),
    ("follow back up", Call::FollowUp),
    ("follow this up", Call::FollowUp),
    ("next appointment", Call::FollowUp),
    ("another appointment", Call::FollowUp),
    ("schedule an appointment", Call::FollowUp),
    ("make an appointment", Call::FollowUp),
    ("repeat visit", Call::FollowUp),
    ("seguimiento", Call::FollowUp),
    ("cita de control", Call::FollowUp),
    ("proxima cita", Call::FollowUp),
    ("cita de seguimiento", Call::FollowUp),
    ("consulta de control", Call::FollowUp),
    ("book an appointment", Call::FollowUp),
    ("book another appointment", Call::FollowUp),
    ("arrange a review", Call::FollowUp),
    ("arrange an appointment", Call::FollowUp),
    ("follow up appointment", Call::FollowUp),
    ("follow up visit", Call::FollowUp),
    ("agende una cita", Call::FollowUp),
    ("haga una cita", Call::FollowUp),
    ("pida una cita", Call::FollowUp),
    ("saque una cita", Call::FollowUp),
    ("come back", Call::Return),
    ("come see me", Call::Return),
    ("come in again", Call::Return),
    ("return", Call::Return),
    ("return to clinic", Call::Return),
    ("return visit", Call::Return),
    ("have you back", Call::Return),
    ("bring you back", Call::Return),
    ("revisit", Call::Return),
    ("regrese", Call::Return),
    ("regresar", Call::Return),
    ("vuelva", Call::Return),
    ("volver", Call::Return),
    ("venga", Call::Return),
    ("vuelve", Call::Return),
    ("regresa", Call::Return),
    ("come back and see me", Call::Return),
    ("come back to see me", Call::Return),
    ("see you", Call::See),
    ("see you back", Call::See),
    ("see you again", Call::See),
    ("see me", Call::See),
    ("see me again", Call::See),
    ("i will see you", Call::See),
    ("see her back", Call::See),
    ("see him back", Call::See),
    ("see them back", Call::See),
    ("lo veo", Call::See),
    ("la veo", Call::See),
    ("nos vemos", Call::See),
    ("le veo", Call::See),
    ("volvemos a ver", Call::See),
    ("volver a verlo", Call::See),
    ("volver a verla", Call::See),
    ("recheck", Call::Recheck),
    ("re check", Call::Recheck),
    ("check back", Call::Recheck),
    ("check in", Call::Recheck),
    ("reassess", Call::Recheck),
    ("re evaluate", Call::Recheck),
    ("reevaluate", Call::Recheck),
    ("touch base", Call::Contact),
    ("call back", Call::Contact),
    ("call me", Call::Contact),
    ("call us", Call::Contact),
    ("give us a call", Call::Contact),
];

/// A time that stands further behind the call belongs to something else.
const MAX_BETWEEN: usize = 12;

/// Every call to come back, in order, with its time when one follows in the same sentence.
#[must_use]
pub fn find(text: &Text<'_>) -> Vec<FollowUp> {
    let words = Words::of(text);
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        place += 1;
        let Some((called, behind)) = call(&words, place - 1) else { continue };
        let near = (behind..=behind + MAX_BETWEEN).take_while(|at| *at < words.len() && !words.is_new_sentence(*at));
        let timed = near.filter(|at| call(&words, *at).is_none()).find_map(|at| timeframe(&words, at));
        let last = timed.map_or(behind, |(_, behind)| behind) - 1;
        let timeframe = timed.map(|(timeframe, _)| timeframe);
        found.push(FollowUp { call: called, timeframe, span: words.span(place - 1, last) });
        place = last + 1;
    }
    found
}

/// The calls by their first word.
static CALLS_BY_WORD: LazyLock<HashMap<&str, Vec<(&str, Call)>>> = LazyLock::new(|| {
    let mut calls: HashMap<&str, Vec<(&str, Call)>> = HashMap::new();
    for (phrase, call) in CALLS {
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        calls.entry(first).or_default().push((rest, call));
    }
    calls
});

/// The longest call that begins at a word, and the place behind it.
fn call(words: &Words<'_>, place: usize) -> Option<(Call, usize)> {
    let ends = CALLS_BY_WORD.get(words.spelled(place))?.iter().filter_map(|(rest, call)| {
        let mut at = place + 1;
        for word in rest.split_whitespace() {
            if words.spelled(at) != word || !words.is_joined(at) {
                return None;
            }
            at += 1;
        }
        Some((*call, at))
    });
    ends.max_by_key(|(_, behind)| *behind)
}

/// "in two weeks", "within 2-3 days", "en un mes", "next week", "tomorrow".
pub(crate) fn timeframe(words: &Words<'_>, place: usize) -> Option<(Timeframe, usize)> {
    let next = |word: &str| matches!(word, "next" | "proximo" | "proxima");
    if next(words.spelled(place)) {
        let unit = unit(words.spelled(place + 1))?;
        return Some((Timeframe { count: Range::one(1.0), unit }, place + 2));
    }
    if matches!(words.spelled(place), "tomorrow" | "manana") {
        return Some((Timeframe { count: Range::one(1.0), unit: Unit::Day }, place + 1));
    }
    if !matches!(words.spelled(place), "in" | "within" | "after" | "en" | "dentro" | "about" | "every" | "cada") {
        return None;
    }
    let start = (place + 1..place + 4).find(|at| number(words.spelled(*at)).is_some())?;
    // "a couple of days": the article is no number here.
    let is_article = matches!(words.spelled(start), "a" | "an" | "un") && number(words.spelled(start + 1)).is_some();
    let start = start + usize::from(is_article);
    let least = number(words.spelled(start))?;
    let is_range = matches!(words.spelled(start + 1), "to" | "or" | "a" | "o");
    let more = [start + 2, start + 1].into_iter().find_map(|at| {
        let most = number(words.spelled(at)).filter(|most| *most > least && (at == start + 1 || is_range))?;
        Some((most, at))
    });
    let (most, last) = more.unwrap_or((least, start));
    let unit_at = (last + 1..last + 3).find(|at| unit(words.spelled(*at)).is_some())?;
    Some((Timeframe { count: Range { least, most }, unit: unit(words.spelled(unit_at))? }, unit_at + 1))
}

fn number(word: &str) -> Option<f64> {
    const WORDS: [(&str, f64); 30] = [
        ("a", 1.0),
        ("an", 1.0),
        ("one", 1.0),
        ("two", 2.0),
        ("couple", 2.0),
        ("three", 3.0),
        ("few", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("twelve", 12.0),
        ("un", 1.0),
        ("una", 1.0),
        ("uno", 1.0),
        ("dos", 2.0),
        ("tres", 3.0),
        ("cuatro", 4.0),
        ("cinco", 5.0),
        ("seis", 6.0),
        ("siete", 7.0),
        ("ocho", 8.0),
        ("nueve", 9.0),
        ("diez", 10.0),
        ("doce", 12.0),
        ("quince", 15.0),
        ("fourteen", 14.0),
    ];
    let known = WORDS.iter().find_map(|(known, number)| (*known == word).then_some(*number));
    known.or_else(|| word.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0 && *number < 1000.0))
}

fn unit(word: &str) -> Option<Unit> {
    match word.strip_suffix('s').unwrap_or(word) {
        "hour" | "hora" => Some(Unit::Hour),
        "day" | "dia" => Some(Unit::Day),
        "week" | "wk" | "semana" => Some(Unit::Week),
        "month" | "mese" | "me" => Some(Unit::Month).filter(|_| word != "me"),
        "year" | "ano" => Some(Unit::Year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let found = find(&Text::read(text));
        found
            .iter()
            .map(|found| {
                format!("{}: {}", found.span.of(text), found.timeframe.map_or("-".to_owned(), Timeframe::text))
            })
            .collect()
    }

    #[test]
    fn calls_to_come_back_are_found_with_their_time() {
        let cases = [
            ("Let's follow up in two weeks.", "follow up in two weeks: 2 weeks"),
            ("I want you to come back and see me in 2-3 months", "come back and see me in 2-3 months: 2 to 3 months"),
            ("See you next week!", "See you next week: 1 week"),
            ("Call us if it gets worse", "Call us: -"),
            ("regrese en un mes", "regrese en un mes: 1 month"),
            ("nos vemos dentro de quince días", "nos vemos dentro de quince días: 15 days"),
            ("return to clinic in a couple of days", "return to clinic in a couple of days: 2 days"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text).first().map(String::as_str), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_time_of_another_sentence_is_not_the_appointment() {
        assert_eq!(shown("Come back. It started in two weeks"), ["Come back: -"]);
        assert_eq!(shown("The pain began two weeks ago"), Vec::<String>::new());
    }
}
