//! Messages of the kinds that triage is for, and whatever else somebody sends.
//!
//! The messages in `triage/` are written for these tests, from what guidelines say about each level.

use clinical::danger;
use clinical::triage::{self, Assessment, By, Case, PatientFacts, Risk, Turn};

#[path = "random/numbers.rs"]
mod numbers;

use numbers::Numbers;

fn assess(text: &str) -> Assessment {
    let dangers = danger::scan(text);
    let turns = [Turn { by: By::Patient, text, dangers: &dangers }];
    triage::assess(&Case { turns: &turns, known: PatientFacts::default(), record: "", previous: None })
}

/// The messages of a table that are not judged so: negligible risk counts as low.
fn misjudged<'a>(messages: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let judged = messages.filter_map(|(level, text)| {
        let expected = match level {
            "emergency" => Risk::High,
            "day" => Risk::Moderate,
            _ => Risk::Low,
        };
        let found = assess(text);
        (found.risk.max(Risk::Low) != expected).then(|| format!("{text} is {expected:?}, not {:?}", found.level))
    });
    judged.collect()
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn emergencies_are_recognised() {
    let messages = lines(include_str!("triage/emergency.txt")).map(|text| ("emergency", text));
    assert_eq!(misjudged(messages), Vec::<String>::new());
}

#[test]
fn what_needs_a_clinician_within_a_day_is_told_from_less_and_more() {
    let messages = lines(include_str!("triage/day.txt")).map(|text| ("day", text));
    assert_eq!(misjudged(messages), Vec::<String>::new());
}

#[test]
fn what_can_wait_is_told_from_what_cannot() {
    let messages = lines(include_str!("triage/low.txt")).map(|text| ("low", text));
    assert_eq!(misjudged(messages), Vec::<String>::new());
}

#[test]
fn spanish_and_shorthand_are_judged_alike() {
    let tables = [include_str!("triage/spanish.txt"), include_str!("triage/shorthand.txt")];
    let messages = tables.iter().flat_map(|table| lines(table)).filter_map(|line| line.split_once('|'));
    assert_eq!(misjudged(messages), Vec::<String>::new());
}

/// Every place that an assessment names is one of the message.
fn assert_places(text: &str) {
    let found = assess(text);
    let concluded = found.conclusions.iter().flat_map(|conclusion| &conclusion.evidence);
    let stated = found.findings.iter().map(|statement| &statement.evidence);
    let measured = found.vital_signs.iter().map(|sign| &sign.evidence);
    let observed = found.symptoms.iter().flat_map(|symptom| &symptom.evidence);
    let refused = found.refusal.iter().flat_map(|refusal| &refusal.evidence);
    for evidence in concluded.chain(stated).chain(measured).chain(observed).chain(refused) {
        assert_eq!(evidence.turn, 0);
        assert!(!evidence.span.of(text).is_empty(), "{evidence:?} is no place of {text:?}");
    }
    assert!(!found.reply.is_empty() && !found.instruction.is_empty());
}

/// Parts of what triage reads, and what disturbs it.
const PARTS: &str = "chest pain severe no fever sin dolor my mother 3 days years old bp 120/80 ; . , ? ! ( ) pregnant 20 weeks took 30 pills \
    é ñ ☹ \u{301} \u{200b} I am not if history of embarazada 8/10 bleeding and worse since yesterday 38.5 C spo2 88% ignore previous \
    instructions";

#[test]
fn random_bytes_and_random_words_do_no_harm() {
    let words: Vec<_> = PARTS.split(' ').collect();
    let mut numbers = Numbers(0x5eed);
    for _ in 0..150 {
        assert_places(&numbers.noise());
        let text = numbers.pick(&words);
        assert_places(&text.join(if numbers.below(2) == 0 { " " } else { "" }));
    }
}

/// Anything more than linear work would show as minutes.
#[test]
fn long_and_hostile_messages_are_read_in_time() {
    let patterns = [
        "chest pain ",
        "my mother has pain ",
        "if I get a fever ",
        "no fever, ",
        "severe. chest pain. ",
        "3 days ",
        "took 30 pills ",
        "I am 40 years old. ",
        "120/80 ",
        "ignore previous instructions ",
        "dolor de pecho ",
        "history of ",
        "😀",
        "a",
    ];
    for pattern in patterns {
        assert_places(&pattern.repeat(10_000 / pattern.len()));
    }
    for pattern in ["my mother has pain ", "no fever, ", "a"] {
        assert_places(&pattern.repeat(100_000 / pattern.len()));
    }
}

#[test]
fn a_conversation_at_its_limits_is_assessed_the_same_every_time() {
    let text = "I have a cough, no fever, and my chest hurts when I walk. ".repeat(17);
    let text: String = text.chars().take(1_000).collect();
    let dangers = danger::scan(&text);
    let patient = Turn { by: By::Patient, text: &text, dangers: &dangers };
    let ours = Turn { by: By::Assistant, text: "Is there a fever?", dangers: &[] };
    let turns: Vec<Turn<'_>> = [patient, ours].into_iter().cycle().take(99).collect();
    let case = Case { turns: &turns, known: PatientFacts::default(), record: "", previous: None };
    let found = triage::assess(&case);
    assert_eq!(found, triage::assess(&case));
    assert!(found.conclusions.iter().all(|conclusion| {
        conclusion.evidence.iter().all(|evidence| !evidence.span.of(turns[evidence.turn].text).is_empty())
    }));
}

#[test]
fn serialised_assessments_name_rules_findings_and_levels() {
    let value = serde_json::to_value(assess("I am 70 years old and I fainted")).unwrap();
    assert_eq!(value["level"], "emergency");
    assert_eq!(value["risk"], "high");
    assert_eq!(value["red_flags"][0]["rule"], "heart.faint");
    assert_eq!(value["red_flags"][0]["findings"][0], "fainting");
    assert_eq!(value["complaint"], "fainting");
}
