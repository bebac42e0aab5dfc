//! What every combination of topic, level, language and reading reads like.

use super::*;
use crate::assistant::topic::Topic;

const LEVELS: [ExpertiseLevel; 3] = [ExpertiseLevel::Low, ExpertiseLevel::Medium, ExpertiseLevel::High];
const LANGUAGES: [Language; 2] = [Language::English, Language::Spanish];

/// Words that find each topic.
const WRITTEN: &[(&str, &str)] = &[
    ("chest_pain", "dolor de pecho"),
    ("breathing", "short of breath"),
    ("bleeding", "bleeding"),
    ("pregnancy", "pregnant"),
    ("headache", "headache"),
    ("belly", "stomach ache"),
    ("back", "back pain"),
    ("joint", "knee pain"),
    ("fever", "fiebre"),
    ("cold", "tos"),
    ("throat", "sore throat"),
    ("stomach_upset", "diarrea"),
    ("urine", "cystitis"),
    ("skin", "rash"),
    ("blood_pressure", "blood pressure"),
    ("sugar", "azúcar"),
    ("lungs", "asma"),
    ("dizziness", "dizzy"),
    ("swelling", "swollen legs"),
    ("missed_dose", "se me olvidó"),
    ("medicine", "medicine"),
    ("appointment", "cita"),
    ("thanks", "gracias"),
    ("greeting", "hola"),
    ("robot", "are you a robot"),
    ("worry", "anxious"),
    ("low_mood", "triste"),
    ("sleep", "tired"),
];

fn measurements() -> [Measurement; 9] {
    [
        Measurement::BloodPressure { systolic: 150.0, diastolic: Some(95.0) },
        Measurement::BloodPressure { systolic: 150.0, diastolic: None },
        Measurement::Glucose { value: 62.0 },
        Measurement::Temperature { value: 38.4 },
        Measurement::Weight { value: 82.5 },
        Measurement::Pulse { value: 120.0 },
        Measurement::OxygenSaturation { value: 93.0 },
        Measurement::Pain { value: 8.0 },
        Measurement::Answer { yes: true },
    ]
}

/// What is wrong with how a text is put together.
fn flaw(text: &str, language: Language) -> Option<&'static str> {
    let broken = [
        "  ", " .", " ,", " ;", " ?", " !", " :", "..", ",,", ",.", ".,", ":.", "?.", ".?", "!.", ";.", "( ", " )",
        "¿ ", "¿¿", "??", "::", "{", "}", "\n", "\t",
    ];
    let spelled = broken.into_iter().find(|part| text.contains(part));
    let edges = (text.trim() != text || text.is_empty()).then_some("blank at an edge");
    let end = (!text.ends_with(['.', '?', '!'])).then_some("no end");
    let asked = (language == Language::Spanish && text.matches('¿').count() != text.matches('?').count())
        .then_some("unpaired mark");
    let small =
        text.split_inclusive(['.', '?', '!']).map(str::trim).any(|part| part.starts_with(|c: char| c.is_lowercase()));
    let is_decimal = text.split(['.', '?', '!']).any(|part| part.ends_with(|c: char| c.is_ascii_digit()));
    spelled.or(edges).or(end).or(asked).or((small && !is_decimal).then_some("a sentence begins small"))
}

fn check(conversation: &Conversation<'_>) -> String {
    let text = reply(conversation).text;
    assert_eq!(flaw(&text, conversation.language), None, "{text}");
    assert!(text.chars().count() <= domain::speech::REPLY_LIMIT, "{} characters: {text}", text.chars().count());
    text
}

/// The answers to a topic until it has been talked through.
fn talked_through(topic: &Topic, conversation: &Conversation<'_>) -> Vec<String> {
    let (_, written) = WRITTEN.iter().find(|(rule, _)| *rule == topic.rule).expect(topic.rule);
    let mut answers: Vec<String> = Vec::new();
    for _ in 0..5 {
        let mut said = vec![patient(written)];
        for answer in &answers {
            said.extend([Said { by: Speaker::Assistant, text: answer }, patient("ok")]);
        }
        let answer = check(&Conversation { said, ..conversation.clone() });
        answers.push(answer);
    }
    answers
}

#[test]
fn every_answer_is_well_put_together() {
    for topic in topics::all() {
        for language in LANGUAGES {
            for (number, first_name) in ["", "Ada", " María  José "].into_iter().enumerate() {
                let mut per_level = Vec::new();
                for expertise_level in LEVELS {
                    let open_items = [vec![], vec!["bring your tablets."], vec!["  ¿Ya  midió? "]][number].clone();
                    let conversation =
                        Conversation { language, expertise_level, first_name, open_items, ..Conversation::default() };
                    per_level.push(talked_through(topic, &conversation).join("\n"));
                }
                let differs = per_level[0] != per_level[1] && per_level[1] != per_level[2];
                assert!(differs || topic.english.questions.is_empty(), "{}: every level has its wording", topic.rule);
            }
        }
    }
}

#[test]
fn every_reading_is_answered_well_at_every_level() {
    for language in LANGUAGES {
        for outside in [false, true] {
            for measurement in measurements() {
                let of = |expertise_level| {
                    let said = vec![patient("today's values")];
                    let readings = vec![(measurement, outside)];
                    check(&Conversation { said, language, expertise_level, readings, ..Conversation::default() })
                };
                let [low, medium, high] = LEVELS.map(of);
                assert!(low != medium && medium != high && low != high, "{medium}");
                for claim in ["within the usual limits", "dentro de los límites", "normal", "fine", "good", "bien."] {
                    assert!(!medium.contains(claim) && !low.contains(claim) && !high.contains(claim), "{medium}");
                }
            }
        }
    }
}

#[test]
fn every_topic_with_every_reading_fits_a_reply() {
    for topic in topics::all() {
        for (language, expertise_level) in
            LANGUAGES.into_iter().flat_map(|language| LEVELS.map(|level| (language, level)))
        {
            let (_, written) = WRITTEN.iter().find(|(rule, _)| *rule == topic.rule).expect(topic.rule);
            for measurement in measurements() {
                let readings = vec![(measurement, true)];
                let said = vec![patient(written)];
                let text = check(&Conversation {
                    said,
                    language,
                    expertise_level,
                    readings,
                    first_name: "Ada",
                    open_items: vec!["bring your tablets"],
                });
                assert!(!text.is_empty());
            }
        }
    }
}

#[test]
fn many_readings_are_counted_and_those_outside_come_first() {
    let mut readings: Vec<(Measurement, bool)> =
        (0..20).map(|beat| (Measurement::Pulse { value: 60.0 + f64::from(beat) }, false)).collect();
    readings.push((Measurement::Pulse { value: 160.0 }, true));
    let text = check(&Conversation { said: vec![patient("values")], readings, ..Conversation::default() });
    assert!(text.contains("I have noted: pulse 160 per minute, pulse 60 per minute"), "{text}");
    assert!(text.contains(", and 15 more."), "{text}");
}

#[test]
fn a_wish_and_a_value_that_cannot_be_are_put_well() {
    for written in ["my temperature is 370", "can I talk to a person? my temperature is 370", "💥", ""] {
        for (language, expertise_level) in
            LANGUAGES.into_iter().flat_map(|language| LEVELS.map(|level| (language, level)))
        {
            check(&Conversation { said: vec![patient(written)], language, expertise_level, ..Conversation::default() });
        }
    }
}
