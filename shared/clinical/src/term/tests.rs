use super::*;
use crate::words::spell_phrase;

fn shown(text: &str) -> Vec<String> {
    find(&Text::read(text)).iter().map(|term| format!("{}: {:?}", term.span.of(text), term.category)).collect()
}

#[test]
fn every_listed_term_is_folded_and_has_a_category() {
    let mut names: Vec<_> = rows(ENGLISH)
        .chain(rows(SPANISH))
        .flat_map(|(code, names)| {
            assert!(category(code).is_some(), "{code}");
            names.split(';')
        })
        .collect();
    for name in &names {
        assert_eq!(spell_phrase(name), *name);
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn terms_of_every_category_in_english() {
    let text = "Her blood pressure was 150/90; she has type 2 diabetes and chest pain, takes metformin, needs an EKG and an appendectomy. The ankle is fine.";
    insta::assert_debug_snapshot!(shown(text), @r#"
    [
        "blood pressure: VitalSign",
        "type 2 diabetes: Condition",
        "chest pain: Symptom",
        "metformin: Medication",
        "EKG: Test",
        "appendectomy: Procedure",
        "ankle: Anatomy",
    ]
    "#);
}

#[test]
fn terms_of_every_category_in_spanish() {
    let text = "Tiene fiebre, tos seca y dolor de garganta; hipertensión tratada con losartán. Pedimos una radiografía de tórax y presión arterial. Hepatoesplenomegalia.";
    insta::assert_debug_snapshot!(shown(text), @r#"
    [
        "fiebre: Symptom",
        "tos seca: Symptom",
        "dolor de garganta: Symptom",
        "hipertensión: Condition",
        "losartán: Medication",
        "radiografía de tórax: Test",
        "presión arterial: VitalSign",
        "Hepatoesplenomegalia: Condition",
    ]
    "#);
}

#[test]
fn how_sure_a_term_is_depends_on_how_it_was_found() {
    let text = "cough, cholangiectasis and ibuprofin";
    let found: Vec<_> = find(&Text::read(text)).iter().map(|term| (term.rule, term.category)).collect();
    assert_eq!(
        found,
        [(BY_NAME, Category::Symptom), (BY_ENDING, Category::Condition), (BY_SOUND, Category::Medication)]
    );
}

#[test]
fn everyday_words_are_no_terms() {
    assert_eq!(shown("We will see you on Monday, tell us about the program and add some water"), Vec::<String>::new());
}
