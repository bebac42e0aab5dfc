use super::*;
use crate::dictionary::assert_table;

fn names(text: &str) -> Vec<String> {
    find(&Text::read(text)).into_iter().map(|symptom| symptom.name).collect()
}

#[test]
fn the_table_of_sites_is_sorted() {
    assert_table(site::ANATOMY);
    assert!(rows(site::ANATOMY).count() > 50);
}

#[test]
fn complaints_are_named_by_what_and_where() {
    let cases = [
        ("my left knee has been hurting", "knee pain"),
        ("there is a sharp pain in my lower back", "lower back pain"),
        ("me duele mucho la cabeza", "headache"),
        ("tengo dolor en el hombro derecho", "shoulder pain"),
        ("my feet are swollen", "foot swelling"),
        ("numbness in my right hand", "hand numbness"),
        ("tengo las manos dormidas", "hand numbness"),
        ("pain behind the eyes", "eye pain"),
        ("my tummy hurts", "abdominal pain"),
        ("a lump under my arm", "arm lump"),
        ("my heart hurts", "chest pain"),
        ("stiffness in all my joints", "joint stiffness"),
        ("siento ardor en la garganta", "throat burning"),
        ("pain, ankle", "ankle pain"),
        ("injury, left finger. Alert", "finger injury"),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text), [expected], "{text}");
    }
}

#[test]
fn names_are_clinical_whatever_the_words() {
    let cases = [
        ("I can't breathe", "dyspnea"),
        ("she keeps throwing up", "vomiting"),
        ("me falta el aire", "shortness of breath"),
        ("he passed out at work", "fainting"),
        ("fiebre y tos", "fever"),
        ("my heart is racing", "fast heartbeat"),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text).first().map(String::as_str), Some(expected), "{text}");
    }
}

#[test]
fn every_symptom_is_located() {
    let text = "Yesterday I had chest pain, then my left arm went numb. Sin fiebre.";
    let found: Vec<_> =
        find(&Text::read(text)).iter().map(|symptom| (symptom.span.of(text), symptom.recognised)).collect();
    assert_eq!(found[0], ("chest pain", Recognised::ByName));
    assert_eq!(found.last(), Some(&("fiebre", Recognised::ByName)));
}

#[test]
fn a_sentence_ends_a_complaint() {
    assert_eq!(names("It hurts. My head is fine"), Vec::<String>::new());
    assert_eq!(names("the pain is worse, hand me the chart"), ["pain"]);
}

#[test]
fn every_line_of_the_wording_is_a_phrase_of_a_named_symptom() {
    assert_eq!(wording::TABLE.mistakes(), []);
    for (rule, name) in wording::TABLE.rules() {
        assert!(rule.0.starts_with("symptom.") && !name.is_empty(), "{rule:?}");
    }
}

#[test]
fn what_patients_say_is_read_by_its_wording() {
    let cases = [
        ("my hair keeps falling out", "hair loss"),
        ("I always feel cold", "feeling cold"),
        ("everything is spinning around me", "dizziness"),
        ("I can't stay asleep", "insomnia"),
        ("se me caen mechones y se me cae el pelo", "hair loss"),
        ("se me hinchan los tobillos", "leg swelling"),
        ("the cut on my thumb is oozing", "infected wound"),
    ];
    for (text, expected) in cases {
        assert!(names(text).contains(&expected.to_owned()), "{text}: {:?}", names(text));
    }
    assert!(!names("I feel cold water on my skin").contains(&"feeling cold".to_owned()));
}

#[test]
fn the_other_word_for_a_symptom_is_given() {
    let rows: Vec<_> = rows(SYNONYM).collect();
    assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
    let also = |text: &str| find(&Text::read(text)).first().and_then(|symptom| symptom.also);
    assert_eq!(also("I have an itch"), Some("pruritus"));
    assert_eq!(also("disnea"), Some("shortness of breath"));
    assert_eq!(also("my knee hurts"), None);
}
