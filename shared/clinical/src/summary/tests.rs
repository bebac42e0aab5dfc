use super::*;
use crate::action;
use crate::summary::extracted::Standing;
use crate::symptom::Severity;
use crate::visit::{PatientFacts, Speaker, Utterance};

const IDS: [&str; 20] =
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19"];

/// A visit of lines that begin with `C: ` (clinician), `P: ` (patient) or `F: ` (family); the ids are the numbers of the lines.
fn utterances<'a>(lines: &[&'a str]) -> Vec<Utterance<'a>> {
    let utterance = |(id, line): (&&'static str, &&'a str)| {
        let (speaker, text) = line.split_once(": ").unwrap();
        let speaker = match speaker {
            "C" => Speaker::Clinician,
            "F" => Speaker::Family,
            _ => Speaker::Patient,
        };
        Utterance { id, speaker: Some(speaker), text }
    };
    IDS.iter().zip(lines).map(utterance).collect()
}

fn summary(lines: &[&str]) -> Summary {
    let said = utterances(lines);
    let visit = Visit::read(&said);
    write(&visit, &action::detect(&visit, &PatientFacts::default()))
}

const REFLUX: [&str; 18] = [
    "C: Good morning Mr. Vance, what brings you in today?",
    "P: Hi doctor. I've had this burning chest pain for about three days, it gets worse after meals.",
    "C: On a scale of one to ten, how bad is it?",
    "P: Maybe a six out of ten.",
    "C: Any nausea or vomiting?",
    "P: No, nothing like that.",
    "C: Do you have shortness of breath?",
    "P: Yes, a little when I climb stairs.",
    "C: Do you smoke?",
    "P: No, I quit two years ago.",
    "C: Are you allergic to anything?",
    "P: Penicillin, I got a rash.",
    "C: What medications are you taking?",
    "P: Just lisinopril ten milligrams every morning.",
    "C: Your blood pressure is one thirty over eighty, temperature ninety eight point six. Lungs are clear to auscultation.",
    "C: I think this is acid reflux. I'm going to start you on omeprazole 20 mg once daily, and let's order a lipid panel.",
    "C: Come back in two weeks, or call me if it gets worse.",
    "P: Okay, thank you.",
];

#[test]
fn a_visit_becomes_a_note() {
    let summary = summary(&REFLUX);
    assert_eq!(summary.chief_complaint.as_ref().unwrap().text, "Chest pain.");
    insta::assert_snapshot!(summary.history_text(), @"
    He has had this burning chest pain for about 3 days, it gets worse after meals. Severity: maybe a 6/10. Reports shortness of breath. Denies nausea or vomiting.
    Takes lisinopril 10 mg every morning.
    Allergies: Penicillin, he got a rash.
    He quit 2 years ago. Denies tobacco.
    ");
    insta::assert_snapshot!(summary.plan_text(), @"1. Acid reflux. I think this is acid reflux. I will start him on omeprazole 20 mg once daily. We will order a lipid panel.");
    insta::assert_snapshot!(joined(&summary.examination), @"His blood pressure is 130/80, temperature 98.6. Lungs are clear to auscultation.");
    insta::assert_snapshot!(joined(&summary.follow_up), @"Come back in 2 weeks, or call me if it gets worse.");
    let texts = |sentences: &[Sentence]| sentences.iter().map(|sentence| sentence.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&summary.medications), ["Lisinopril 10 mg every morning", "Omeprazole 20 mg once daily"]);
    assert_eq!(texts(&summary.tests), ["Lipid panel"]);
}

#[test]
fn every_sentence_lists_what_it_rests_on() {
    let summary = summary(&REFLUX);
    let said = utterances(&REFLUX);
    let mut count = 0;
    for sentence in summary.sentences() {
        count += 1;
        assert!(!sentence.sources.is_empty(), "{sentence:?}");
        for (id, span) in
            sentence.sources.iter().flat_map(|source| source.spans.iter().map(|span| (&source.utterance, span)))
        {
            let text = said.iter().find(|utterance| utterance.id == id).unwrap().text;
            assert!(!span.of(text).is_empty(), "{sentence:?}");
        }
    }
    assert!(count > 10);
    let complaint = summary.chief_complaint.unwrap();
    let [source] = complaint.sources.as_slice() else { panic!("{complaint:?}") };
    assert_eq!((source.utterance.as_str(), source.spans[0].of(said[1].text)), ("1", "burning chest pain"));
}

#[test]
fn fields_of_forms_are_extracted() {
    let extracted = summary(&REFLUX).extracted;
    let [pain, breath] = extracted.symptoms.as_slice() else { panic!("{extracted:?}") };
    assert_eq!((pain.name.as_str(), pain.duration.as_deref()), ("chest pain", Some("3 days")));
    assert_eq!(
        (pain.severity, &pain.characteristics[..]),
        (Some(Severity::Moderate), &["burning".to_owned(), "worse after meals".to_owned()][..])
    );
    assert_eq!(breath.name, "shortness of breath");
    let signs: Vec<&str> = extracted.vital_signs.iter().map(|sign| sign.text.as_str()).collect();
    assert_eq!(signs, ["130/80", "98.6F"]);
    let [reflux] = extracted.diagnoses.as_slice() else { panic!("{extracted:?}") };
    assert_eq!((reflux.code, reflux.successor, reflux.standing), ("K21.0", Some("K21.00"), Standing::Assessed));
}

#[test]
fn a_visit_in_spanish_becomes_a_note_in_spanish() {
    let summary = summary(&[
        "C: Buenos días, señora Rojas. ¿Qué le pasa?",
        "P: Me duele la garganta desde hace cuatro días y tengo fiebre.",
        "C: ¿Tiene tos?",
        "P: No, tos no.",
        "C: ¿Fuma?",
        "P: No.",
        "C: ¿Toma algún medicamento?",
        "P: Tomo metformina de 850 miligramos dos veces al día para mi diabetes.",
        "C: Su temperatura es de 38,5 grados.",
        "C: Parece que tiene una amigdalitis. Le voy a recetar azitromicina 500 mg una vez al día por tres días.",
        "C: Regrese en una semana.",
    ]);
    assert_eq!(summary.chief_complaint.as_ref().unwrap().text, "Dolor de garganta.");
    insta::assert_snapshot!(summary.history_text(), @"
    Le duele la garganta desde hace 4 días. Tiene fiebre. Niega tos.
    Toma metformina de 850 mg 2 veces al día para su diabetes.
    Niega tabaco.
    ");
    insta::assert_snapshot!(summary.plan_text(), @"1. Amigdalitis. Parece que tiene una amigdalitis. Le voy a recetar azitromicina 500 mg una vez al día por 3 días.");
    assert_eq!(joined(&summary.follow_up), "Regrese en una semana.");
    assert_eq!(summary.extracted.symptoms[0].duration.as_deref(), Some("4 días"));
    assert_eq!(summary.extracted.vital_signs[0].text, "38.5C");
}

#[test]
fn nothing_said_is_nothing_written() {
    for lines in [&[][..], &["C: Hello.", "P: Hi there."], &["C: ", "P: ?!"], &["C: Nice to see you.", "P: Thank you."]]
    {
        assert_eq!(summary(lines), Summary::default(), "{lines:?}");
    }
}

#[test]
fn a_no_denies_and_nothing_else_does() {
    let history = |lines: &[&str]| summary(lines).history_text();
    assert_eq!(history(&["C: Any fever, chills or cough?", "P: No."]), "Denies fever, chills or cough.");
    assert_eq!(
        history(&["C: Do you drink alcohol?", "P: I drink no more than two beers a week."]),
        "Drinks no more than 2 beers a week."
    );
    assert_eq!(
        history(&["C: Are you allergic to any medications?", "P: Not that I know of."]),
        "No known drug allergies."
    );
    assert_eq!(history(&["C: Do you have asthma or diabetes?", "P: Yes, I have asthma."]), "The patient has asthma.");
    assert_eq!(
        history(&["C: Did you have complications after your surgery?", "P: No."]),
        "Denies complications after the surgery."
    );
}

#[test]
fn an_answer_is_told_with_its_question() {
    let history = |lines: &[&str]| summary(lines).history_text();
    assert_eq!(
        history(&["C: How long have you had this cough?", "P: Two weeks."]),
        "The patient has had this cough 2 weeks."
    );
    assert_eq!(history(&["C: Where is the pain?", "P: In my lower back."]), "The pain is in the lower back.");
    assert_eq!(history(&["C: How old are you?", "P: Sixty four."]), "Age: 64.");
}

#[test]
fn a_long_visit_stays_short() {
    let mut lines = Vec::new();
    for _ in 0..9 {
        lines.extend(["C: Do you have chest pain, palpitations, or swelling in your legs when you walk or climb the stairs?", "P: Yes, I have had palpitations and leg swelling since last Monday and they get worse when I walk up the stairs at home."]);
    }
    let words: usize = summary(&lines).sentences().map(|sentence| sentence.text.split_whitespace().count()).sum();
    assert!(words <= 450, "{words}");
}
