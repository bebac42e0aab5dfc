use super::*;
use crate::action;
use crate::visit::{PatientFacts, Speaker, Utterance, Visit};

fn home(said: &str, languages: Languages) -> (String, Vec<bool>) {
    let visit = Visit::read(&[Utterance { id: "u1", speaker: Some(Speaker::Clinician), text: said }]);
    let items = items(&action::detect(&visit, &PatientFacts::default()), languages);
    assert!(items.iter().all(|item| item.sources.iter().all(|source| source.utterance == "u1")));
    (text(&items, languages.read), items.iter().map(|item| item.is_quoted).collect())
}

const ENGLISH: &str = "I'm going to prescribe amoxicillin 500 mg twice a day for 7 days and order a chest X-ray. \
    I'll refer you to a cardiologist. Come back in two weeks.";

#[test]
fn orders_in_english_are_read_in_spanish() {
    let languages = Languages { spoken: Language::English, read: Language::Spanish };
    let (text, quoted) = home(ENGLISH, languages);
    insta::assert_snapshot!(text, @"
    Sus medicinas:
    - Amoxicillin: 500 mg, 2 veces al día, durante 7 días

    Sus pruebas:
    - Radiografía de tórax

    A quién ver:
    - Cardiología

    Cuándo volver:
    - Vuelva en 2 semanas
    ");
    assert!(quoted.iter().all(|is_quoted| !is_quoted));
}

#[test]
fn orders_in_english_are_read_in_english() {
    let languages = Languages { spoken: Language::English, read: Language::English };
    insta::assert_snapshot!(home(ENGLISH, languages).0, @"
    Your medicines:
    - Amoxicillin: 500 mg, twice a day, for 7 days

    Your tests:
    - Chest X-ray

    Whom to see:
    - Cardiology

    When to come back:
    - Come back in 2 weeks
    ");
}

#[test]
fn orders_in_spanish_are_read_in_english() {
    let languages = Languages { spoken: Language::Spanish, read: Language::English };
    let said = "Le voy a recetar ibuprofeno 400 mg cada 8 horas durante 5 días. Vamos a pedir un hemograma. Regrese en un mes.";
    insta::assert_snapshot!(home(said, languages).0, @"
    Your medicines:
    - Ibuprofeno: 400 mg, every 8 hours, for 5 days

    Your tests:
    - CBC

    When to come back:
    - Come back in 1 month
    ");
}

#[test]
fn what_has_no_words_in_the_language_is_quoted() {
    let languages = Languages { spoken: Language::English, read: Language::Spanish };
    let (text, quoted) = home("We'll give you a flu shot today.", languages);
    insta::assert_snapshot!(text, @"
    Sus vacunas:
    - “flu shot”
    ");
    assert_eq!(quoted, [true]);
}

#[test]
fn without_orders_there_is_nothing_to_take_home() {
    let languages = Languages { spoken: Language::English, read: Language::Spanish };
    assert_eq!(home("How are you feeling?", languages), (String::new(), Vec::new()));
}
