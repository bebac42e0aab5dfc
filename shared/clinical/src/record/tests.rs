use domain::visit::evidence::Side;
use domain::visit::language::{LanguageTag, Languages};
use domain::visit::order::{OrderDetails, OrderKind};
use domain::visit::summary::content::Content;
use domain::visit::utterance::{Heard, MedicalTerm, Role, UtteranceEntry, UtteranceFields};

use super::*;

fn languages() -> Languages {
    let tag = |raw| LanguageTag::parse("language", Some(raw)).unwrap();
    Languages { primary: tag("en-US"), secondary: tag("es") }
}

fn heard_of(role: &str, language: &str, original: &str, translated: Option<&str>) -> Heard {
    let fields = UtteranceFields {
        role: Some(role),
        original_language: Some(language),
        original_text: Some(original),
        translated_text: translated,
        timestamp: Some("2024-01-15T10:05:00Z"),
        ..UtteranceFields::default()
    };
    heard(&UtteranceEntry::parse(fields).unwrap(), &languages())
}

#[test]
fn terms_danger_and_what_the_translation_lost() {
    let lost = heard_of("clinician", "en", "Take 500 mg of amoxicillin", Some("Tome 50 mg de amoxicilina"));
    assert_eq!(lost.mismatches.iter().map(|found| found.rule.as_str()).collect::<Vec<_>>(), ["guard.number"]);
    let found = |term: &MedicalTerm| (term.term.clone(), term.category.clone());
    assert_eq!(lost.terms.iter().map(found).collect::<Vec<_>>(), [("amoxicillin".into(), "medication".into())]);
    let same = heard_of("clinician", "en-GB", "Take 500 mg of amoxicillin", Some("Tome 500 mg de amoxicilina"));
    assert_eq!(same.mismatches, []);
    let unknown = heard_of("clinician", "zh", "三天", Some("five days"));
    assert_eq!(unknown.mismatches, [], "the guards know no Chinese");
    let danger = "I want to kill myself tonight";
    assert!(heard_of("patient", "en", danger, None).danger.unwrap().contains("self-harm"));
    assert_eq!(heard_of("clinician", "en", danger, None).danger, None);
}

#[test]
fn an_order_has_its_place_in_the_text_and_its_warnings() {
    let chart = Chart { allergies: vec!["penicillin".into()], ..Chart::default() };
    let text = "I'll prescribe amoxicillin 500mg twice daily for 7 days";
    let found = orders(text, None, &chart);
    assert_eq!(
        (found.len(), found[0].kind, found[0].warnings[0].text.as_str()),
        (1, OrderKind::Prescription, "Patient has penicillin allergy")
    );
    let OrderDetails::Medication(medication) = &found[0].details else { panic!("{found:?}") };
    assert_eq!(medication.rxnorm.as_deref(), Some("723"));
    let at = |byte: u32| usize::try_from(byte).unwrap();
    let words = |place: &Place| Span { start: at(place.start), end: at(place.end) }.of(text).to_owned();
    assert!(found[0].evidence.iter().map(words).any(|words| words.contains("amoxicillin")), "{found:?}");
    let again = Chart { medications: vec!["amoxicillin 250mg".into()], ..Chart::default() };
    assert_eq!(orders("I'll start you on Augmentin twice a day", None, &again)[0].warnings.len(), 1, "ordered before");
    assert_eq!(orders("", None, &Chart::default()), []);
    assert_eq!(orders("I want an antibiotic, amoxicillin please", Some(Role::Patient), &Chart::default()), []);
}

fn line(id: &str, role: Role, text: &str) -> Line {
    Line { id: id.into(), role: Some(role), side: Side::Translation, text: text.into() }
}

#[test]
fn every_sentence_of_a_note_names_its_words() {
    let lines = [
        line("utt_1", Role::Clinician, "What brings you in today?"),
        line("utt_2", Role::Patient, "I have had chest pain for three days."),
        line("utt_3", Role::Clinician, "I'll prescribe omeprazole 20 mg once daily. Come back in two weeks."),
    ];
    let note = note(&lines, &languages());
    assert_eq!(note.content.chief_complaint, "Chest pain.");
    let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    assert!(!note.sources.is_empty());
    for sourced in &note.sources {
        assert!(!sourced.evidence.is_empty(), "{sourced:?}");
        assert!(sourced.evidence.iter().all(|evidence| ids.contains(&evidence.utterance.as_str())));
        assert!(sourced.evidence.iter().all(|evidence| evidence.side == Side::Translation));
    }
    let home = note.after_visit.unwrap();
    assert!(home.text.contains("Omeprazole: 20 mg") && home.text.contains("Cuándo volver"), "{home:?}");
}

#[test]
fn nothing_said_is_an_empty_note() {
    assert_eq!(note(&[], &languages()), domain::visit::summary::Note::default());
}

#[test]
fn a_model_says_nothing_that_was_not_said() {
    let said = [line("utt_1", Role::Clinician, "Take ten milligrams of lisinopril, your pressure is 150 over 95")];
    let of = |text: &str| Content { assessment_and_plan: text.into(), ..Content::default() };
    let grounded = |text: &str| is_grounded(&of(text), &said, &of("Pulse 72."));
    assert!(grounded("1. Hypertension: lisinopril 10 mg, blood pressure 150/95, pulse 72."));
    assert!(!grounded("Lisinopril 20 mg."));
    assert!(!grounded("Start amlodipine."));
}
