//! What no engine of visits may do, whatever is said: panic, point at words that were not said, or take more than linear work.

use clinical::action::{self, Detected};
use clinical::after_visit::{self, Languages};
use clinical::guard;
use clinical::language::Language;
use clinical::span::Span;
use clinical::summary::{self, Summary};
use clinical::visit::{Evidence, PatientFacts, Speaker, Utterance, Visit};

#[path = "random/numbers.rs"]
mod numbers;

use numbers::Numbers;

/// Parts of what is said in visits, and what disturbs them.
const PARTS: &str = "I'll prescribe order let's get take stop if you have no amoxicillin Tylenol 500 mg twice daily for 7 days chest X-ray CBC of your \
    right knee come back in two weeks refer cardiologist flu shot le voy a recetar amoxicilina cada 8 horas regrese en un mes \
    okay so and then for your second problem diabetes does it hurt ? . , ; ( ) ' \" do n't wan na 130 / 80 98.6 é ñ ½ \u{301} \u{200b} 💊 \
    any chest pain no yes the doctor says it burns when I eat since yesterday my mother had cancer";

fn utterances(texts: &[String]) -> Vec<(String, &str)> {
    texts.iter().enumerate().map(|(number, text)| (format!("utt_{number}"), text.as_str())).collect()
}

fn spans_of(evidence: &[Evidence]) -> impl Iterator<Item = (&str, Span)> {
    evidence.iter().flat_map(|evidence| evidence.spans.iter().map(|span| (evidence.utterance.as_str(), *span)))
}

/// Runs the engines on a conversation and checks that all evidence is of words that were said.
fn assert_evidence(texts: &[String]) -> Vec<Detected> {
    let named = utterances(texts);
    let speakers = [Some(Speaker::Clinician), Some(Speaker::Patient), None];
    let said: Vec<Utterance<'_>> = named
        .iter()
        .zip(speakers.iter().cycle())
        .map(|((id, text), speaker)| Utterance { id, speaker: *speaker, text })
        .collect();
    let visit = Visit::read(&said);
    let facts = PatientFacts { allergies: &["penicillin"], medications: &["ibuprofen"], age: Some(50) };
    let orders = action::detect(&visit, &facts);
    assert_noted(&named, &summary::write(&visit, &orders));
    let languages = Languages { spoken: Language::English, read: Language::Spanish };
    let items = after_visit::items(&orders, languages);
    assert_eq!(items.len(), orders.len());
    assert!(items.iter().all(|item| !item.text.is_empty() && !item.sources.is_empty()));
    for order in &orders {
        assert!((0.0..=1.0).contains(&order.confidence()) && !order.evidence.is_empty() && !order.rule.is_empty());
        let reason = order.reason.iter().flat_map(|reason| spans_of(std::slice::from_ref(&reason.evidence)));
        for (utterance, span) in spans_of(&order.evidence).chain(reason) {
            let text = named.iter().find(|(id, _)| id == utterance).map_or("", |(_, text)| *text);
            assert!(!span.of(text).is_empty(), "{span:?} is no place of {text:?}");
        }
    }
    orders
}

/// Checks that whatever a note says rests on words that were said, and that it stays short.
fn assert_noted(named: &[(String, &str)], summary: &Summary) {
    let extracted = &summary.extracted;
    let sources = summary
        .sentences()
        .map(|sentence| &sentence.sources)
        .chain(extracted.symptoms.iter().map(|symptom| &symptom.sources))
        .chain(extracted.vital_signs.iter().map(|sign| &sign.sources))
        .chain(extracted.diagnoses.iter().map(|diagnosis| &diagnosis.sources));
    for evidence in sources {
        assert!(!evidence.is_empty());
        for (utterance, span) in spans_of(evidence) {
            let text = named.iter().find(|(id, _)| id == utterance).map_or("", |(_, text)| *text);
            assert!(!span.of(text).is_empty(), "{span:?} is no place of {text:?}");
        }
    }
    let told = summary.history.iter().flat_map(|(_, sentences)| sentences).chain(&summary.examination);
    let words: usize = told.map(|sentence| sentence.text.split_whitespace().count()).sum();
    assert!(words <= 450, "{words}");
}

/// Compares two texts each way, and checks that all evidence is of their words.
fn assert_guarded(one: &str, other: &str) -> usize {
    let found = guard::compare(one, other);
    for mismatch in &found {
        let places = mismatch
            .original
            .iter()
            .map(|span| span.of(one))
            .chain(mismatch.translated.iter().map(|span| span.of(other)));
        assert!(places.clone().count() > 0 && places.into_iter().all(|words| !words.is_empty()), "{mismatch:?}");
        assert!(!mismatch.reason(one, other).is_empty());
    }
    found.len()
}

#[test]
fn random_bytes_and_random_words_do_no_harm() {
    let words: Vec<_> = PARTS.split(' ').collect();
    let mut numbers = Numbers(0x5eed);
    for _ in 0..100 {
        let mut texts = vec![numbers.noise()];
        for _ in 0..numbers.below(6) {
            let text = numbers.pick(&words);
            texts.push(text.join(if numbers.below(8) == 0 { "" } else { " " }));
        }
        assert_evidence(&texts);
        for pair in texts.windows(2) {
            if let [one, other] = pair {
                assert_guarded(one, other);
            }
        }
    }
}

/// Chosen so that anything more than linear work would show as minutes.
#[test]
fn long_and_hostile_conversations_are_read_in_time() {
    let patterns = [
        "order amoxicillin ",
        "i will order a cbc and ",
        "if ",
        "mri ",
        "take 1 ",
        "come back ",
        "x-ray of your right knee ",
        "for your diabetes ",
        "\"",
        "i want to ",
        "any chest pain? ",
        "no. ",
        "i have a burning chest pain for 3 days worse after meals ",
        "i have a fever. ",
        "you have diabetes. ",
        "my blood pressure is one thirty over eighty ",
        "how long have you had this? ",
        "tengo fiebre desde ayer. ",
        "x y ",
        "a a a ",
        "E K G ",
    ];
    for pattern in patterns {
        assert_evidence(&[pattern.repeat(12_000 / pattern.len())]);
    }
    assert_evidence(&["i will order a cbc and ".repeat(262_144 / 23)]);
}

#[test]
fn long_and_hostile_translations_are_compared_in_time() {
    for (one, other) in [
        ("take 5 mg ", "tome 5 mg "),
        ("take 5 mg ", "tome 6 g "),
        ("no ", "si "),
        ("my left knee ", "mi rodilla derecha "),
        ("aspirin ", "amoxicilina "),
        ("one hundred ", "cien "),
        ("1,000 ", "1.000 "),
        ("no fever ", "fiebre "),
    ] {
        assert_guarded(&one.repeat(48_000 / one.len()), &other.repeat(48_000 / other.len()));
    }
    assert_eq!(assert_guarded(&"take 5 mg ".repeat(5000), &"tome 5 mg ".repeat(5000)), 0);
}

#[test]
fn an_order_is_found_wherever_it_stands_in_a_long_visit() {
    let mut texts: Vec<String> =
        (0..1000).map(|number| format!("we talked about the garden for {number} minutes")).collect();
    texts[700] = "I'm going to prescribe metformin 500 mg twice a day.".to_owned();
    let found = assert_evidence(&texts);
    assert_eq!(found.iter().map(|order| order.details.text()).collect::<Vec<_>>(), ["metformin 500 mg twice a day"]);
}
