use super::*;
use crate::visit::{Speaker, Utterance};

fn detected(text: &str, facts: &PatientFacts<'_>) -> Vec<Detected> {
    detect(&Visit::read(&[Utterance { id: "utt_1", speaker: None, text }]), facts)
}

/// The orders of a text: kind, what, and the parts of the instruction.
fn shown(text: &str) -> Vec<String> {
    detected(text, &PatientFacts::default()).iter().map(line).collect()
}

fn line(detected: &Detected) -> String {
    let kind = match detected.kind() {
        Kind::Prescription => "prescription",
        Kind::DiagnosticTest => "diagnostic_test",
        Kind::LabOrder => "lab_order",
        Kind::Referral => "referral",
        Kind::FollowUp => "follow_up",
        Kind::Vaccination => "vaccination",
        Kind::Procedure => "procedure",
    };
    let category = match detected.category {
        Category::Routine => "",
        Category::Urgent => " urgent",
        Category::Stat => " stat",
    };
    let what = match &detected.details {
        Details::Medication(medication) => {
            let parts = [
                Some(&medication.name),
                medication.dosage.as_ref(),
                medication.frequency.as_ref(),
                medication.duration.as_ref(),
            ];
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("; ")
        }
        other => other.text(),
    };
    format!("{kind}{category}: {what}")
}

/// Document 004, `POST /api/actions/detect`.
#[test]
fn the_documented_example() {
    let text = "I'll prescribe amoxicillin 500mg twice daily for 7 days and order a chest X-ray";
    let found = detected(text, &PatientFacts { allergies: &["penicillin"], ..PatientFacts::default() });
    let [first, second] = found.as_slice() else { panic!("{found:?}") };
    let Details::Medication(medication) = &first.details else { panic!("{first:?}") };
    assert_eq!((first.kind(), first.category, first.confidence()), (Kind::Prescription, Category::Routine, 0.95));
    assert_eq!(medication.name, "amoxicillin");
    assert_eq!(medication.dosage.as_deref(), Some("500mg"));
    assert_eq!(medication.frequency.as_deref(), Some("twice daily"));
    assert_eq!(medication.duration.as_deref(), Some("7 days"));
    assert_eq!(medication.rxnorm(), Some("723"));
    assert_eq!(
        first.warnings.iter().map(|warning| warning.text.as_str()).collect::<Vec<_>>(),
        ["Patient has penicillin allergy"]
    );
    assert_eq!(medication.text(), "amoxicillin 500mg twice daily for 7 days");
    let Details::Test(test) = &second.details else { panic!("{second:?}") };
    assert_eq!((second.kind(), second.confidence()), (Kind::DiagnosticTest, 0.98));
    assert_eq!((test.name.as_str(), test.test.category.documented()), ("chest X-ray", "radiology"));
    assert_eq!(test.test.cpt().map(|retired| retired.code), Some("71020"));
    assert!(second.warnings.is_empty());
}

#[test]
fn orders_of_every_kind_are_found() {
    for (text, expected) in [
        ("Let's start you on lisinopril 10 mg once a day.", "prescription: lisinopril; 10 mg; once a day"),
        ("I want to increase your metformin to 1000 mg twice daily.", "prescription: metformin; 1000 mg; twice daily"),
        (
            "we'll go up on the lisinopril from ten milligrams to twenty milligrams a day",
            "prescription: lisinopril; twenty milligrams; a day",
        ),
        (
            "I'll send a refill of your albuterol inhaler, two puffs every four hours as needed.",
            "prescription: albuterol; two puffs; every four hours",
        ),
        ("You can take Tylenol 500 mg every 6 hours if you have pain.", "prescription: Tylenol; 500 mg; every 6 hours"),
        ("ibuprofen 600 mg three times a day with food", "prescription: ibuprofen; 600 mg; three times a day"),
        ("Take 1 tablet 3 times a day for 2 weeks", "prescription: tablet; 1 tablet; 3 times a day; 2 weeks"),
        ("I'm going to prescribe you some emollients for the dry skin", "prescription: emollients"),
        ("I'm going to order a CBC stat.", "lab_order stat: CBC"),
        ("i wan na go ahead and get a hemoglobin a1c today", "lab_order: hemoglobin a1c"),
        ("We'll get an EKG.", "diagnostic_test: EKG"),
        (
            "I'd like to order an MRI of your right knee as soon as possible.",
            "diagnostic_test urgent: MRI of your right knee",
        ),
        ("I would like to refer you to a cardiologist.", "referral: cardiologist"),
        ("Go to the emergency room.", "referral stat: emergency room"),
        ("Come back and see me in two weeks.", "follow_up: Come back and see me in two weeks"),
        ("Let's give you a flu shot today.", "vaccination: flu shot"),
        ("I'm going to do a debridement here in the office.", "procedure: debridement"),
        (
            "Le voy a recetar amoxicilina 500 mg cada 8 horas por 7 días.",
            "prescription: amoxicilina; 500 mg; cada 8 horas; 7 días",
        ),
        (
            "Vamos a aumentar la metformina a 1000 mg dos veces al día.",
            "prescription: metformina; 1000 mg; dos veces al día",
        ),
        ("Tome paracetamol 1 g cada 8 horas si tiene fiebre.", "prescription: paracetamol; 1 g; cada 8 horas"),
        ("Le mando un análisis de sangre urgente.", "lab_order urgent: análisis de sangre"),
        ("Quiero que se haga un electrocardiograma.", "diagnostic_test: electrocardiograma"),
        ("Lo voy a referir al cardiólogo.", "referral: cardiólogo"),
        ("Regrese en dos semanas.", "follow_up: Regrese en dos semanas"),
        ("Vamos a ponerle la vacuna de la gripe.", "vaccination: vacuna de la gripe"),
    ] {
        assert_eq!(shown(text), [expected], "{text}");
    }
}

#[test]
fn several_orders_of_one_sentence_are_told_apart() {
    assert_eq!(
        shown(
            "I'll prescribe naproxen 500 mg twice a day and cyclobenzaprine 5 mg at bedtime, get an x-ray of your left hip and have you come back in three weeks."
        ),
        [
            "prescription: naproxen; 500 mg; twice a day",
            "prescription: cyclobenzaprine; 5 mg; at bedtime",
            "diagnostic_test: x-ray of your left hip",
            "follow_up: come back in three weeks",
        ]
    );
    assert_eq!(
        shown("Vamos a pedir una radiografía de tórax y un hemograma."),
        ["diagnostic_test: radiografía de tórax", "lab_order: hemograma"]
    );
}

#[test]
fn what_is_denied_stopped_conditional_past_or_anothers_is_no_order() {
    for text in [
        "Stop taking the ibuprofen.",
        "I'd like you to hold off on the metformin.",
        "Don't take any more aspirin.",
        "We won't need an MRI.",
        "I don't think you need antibiotics.",
        "We're not going to change your amlodipine.",
        "If the strep test is positive, I'll prescribe penicillin.",
        "if that does n't work we could try a cortisone injection",
        "We might consider starting you on a statin down the road.",
        "She was prescribed metformin in 2019.",
        "You took amoxicillin last year, right?",
        "They put me on prednisone.",
        "I saw that your last doctor put you on buspirone.",
        "Your chest X-ray was normal.",
        "I reviewed the results of your blood work.",
        "Are you still taking your metformin?",
        "I take lisinopril every morning.",
        "Continue your metoprolol 25 mg twice a day.",
        "How is the lisinopril working?",
        "Let's check your blood pressure.",
        "I'm allergic to penicillin.",
        "Deje de tomar el ibuprofeno.",
        "¿Está tomando metformina?",
        "No necesita antibióticos.",
        "Si no mejora, le haremos una resonancia.",
        "Mi hermana toma sertralina.",
        "Siga tomando el losartán.",
        "Me recetaron amoxicilina el año pasado.",
        "",
    ] {
        assert_eq!(shown(text), [""; 0], "{text}");
    }
}

#[test]
fn an_order_has_its_words_its_rule_and_its_reason() {
    let text = "Okay. For your back pain, I'm going to prescribe meloxicam 15 mg once a day.";
    let found = detected(text, &PatientFacts::default());
    let [order] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(order.rule, "order.prescribe");
    assert_eq!(order.reason.as_ref().unwrap().text, "back pain");
    let [evidence] = order.evidence.as_slice() else { panic!("{order:?}") };
    let words: Vec<_> = evidence.spans.iter().map(|span| span.of(text)).collect();
    assert_eq!((evidence.utterance.as_str(), words), ("utt_1", vec!["prescribe", "meloxicam", "15 mg", "once a day"]));
    let purpose = shown_reason("let's get an x-ray of that ankle to make sure that it is not broken");
    assert_eq!(purpose.as_deref(), Some("to make sure that it is not broken"));
    assert_eq!(shown_reason("I'll see you in two weeks."), None);
}

fn shown_reason(text: &str) -> Option<String> {
    let found = detected(text, &PatientFacts::default());
    found.into_iter().next().and_then(|order| order.reason).map(|reason| reason.text)
}

#[test]
fn what_is_ordered_twice_is_one_order_with_all_its_evidence() {
    let turns = [
        ("1", Speaker::Clinician, "I'd like to start you on metformin."),
        ("2", Speaker::Patient, "okay"),
        ("3", Speaker::Clinician, "hey assistant, order metformin 500 mg twice a day."),
    ];
    let turns = turns.map(|(id, speaker, text)| Utterance { id, speaker: Some(speaker), text });
    let found = detect(&Visit::read(&turns), &PatientFacts::default());
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), ["prescription: metformin; 500 mg; twice a day"]);
    assert_eq!(found[0].evidence.iter().map(|evidence| evidence.utterance.as_str()).collect::<Vec<_>>(), ["1", "3"]);
}

#[test]
fn a_clinician_is_warned() {
    let warnings = |text: &str, facts: &PatientFacts<'_>| -> Vec<(Concern, String)> {
        let found = detected(text, facts);
        found.into_iter().flat_map(|order| order.warnings).map(|warning| (warning.concern, warning.text)).collect()
    };
    let allergic = |allergies| PatientFacts { allergies, ..PatientFacts::default() };
    let taking = |medications| PatientFacts { medications, ..PatientFacts::default() };
    let none = PatientFacts::default();
    assert_eq!(
        warnings("I'll prescribe Bactrim.", &allergic(&["sulfa"])),
        [(Concern::Allergy, "Patient has sulfa allergy".to_owned())]
    );
    assert_eq!(
        warnings("Le voy a recetar naproxeno.", &allergic(&["NSAIDs"])),
        [(Concern::Allergy, "Patient has NSAID allergy".to_owned())]
    );
    assert_eq!(
        warnings("I'll prescribe cephalexin.", &allergic(&["penicillin"]))[0].1,
        "Possible cross-reactivity with penicillin allergy"
    );
    assert_eq!(warnings("I'll prescribe azithromycin.", &allergic(&["penicillin"])), []);
    assert_eq!(warnings("I'll start you on naproxen.", &taking(&["ibuprofen 400 mg"]))[0].0, Concern::Duplicate);
    assert_eq!(warnings("I'm going to increase your lisinopril.", &taking(&["lisinopril 10 mg"])), []);
    let both = warnings("I'll prescribe ibuprofen and naproxen.", &none);
    assert_eq!(
        both,
        [(Concern::Duplicate, "Duplicate therapy: ibuprofen is also a drug of the class NSAID".to_owned())]
    );
    let much = "I'll prescribe ibuprofen 800 mg every 4 hours.";
    assert_eq!(warnings(much, &none)[0].0, Concern::Dose);
    assert_eq!(warnings(much, &PatientFacts { age: Some(9), ..none }), []);
}

#[test]
fn certainty_rises_with_what_is_said() {
    let certainty = |text: &str| detected(text, &PatientFacts::default())[0].certainty;
    assert_eq!(certainty("I'm going to order a CBC"), Certainty::Explicit);
    assert!(certainty("we'll send some labs") < Certainty::Explicit);
    assert!(Certainty::Possible < Certainty::Likely && Certainty::Likely < Certainty::VeryLikely);
}
