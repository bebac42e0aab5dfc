use domain::assessment::DangerCategory;

use super::*;

fn shown(written: &str, asked: Option<&str>) -> Vec<(String, Option<Severity>)> {
    let readings = message(written, asked).readings;
    readings.into_iter().map(|reading| (reading.measurement.text(), reading.severity)).collect()
}

#[test]
fn a_blood_pressure_needs_no_question() {
    let high = [("blood pressure 150/95 mmHg".to_owned(), Some(Severity::Warning))];
    for written in ["150/95", " 150 / 95.", "My blood pressure is 150 over 95", "mi presión es 150/95"] {
        assert_eq!(shown(written, None), high, "{written}");
    }
    for written in ["24/7", "1/2", "10/12", "I am here 24/7", "room 150/95a", "120"] {
        assert_eq!(shown(written, None), [], "{written}");
    }
}

#[test]
fn a_bare_number_is_what_was_asked() {
    assert_eq!(
        shown("65", Some("Please send today's glucose.")),
        [("glucose 65 mg/dL".into(), Some(Severity::Warning))]
    );
    assert_eq!(
        shown("8", Some("How bad is your pain from 0 to 10?")),
        [("pain 8 of 10".into(), Some(Severity::Warning))]
    );
    assert_eq!(shown("Yes", Some("Did you take your tablets?")), [("answer yes".into(), None)]);
    assert_eq!(shown("sí", Some("¿Tomó sus pastillas?")), [("answer yes".into(), None)]);
    assert_eq!(shown("65", Some("How are you?")), []);
}

#[test]
fn the_language_is_said_when_it_can_be_told() {
    assert_eq!(message("Me duele mucho la cabeza desde ayer", None).language, Some(Spoken::Spanish));
    assert_eq!(message("My head hurts since yesterday", None).language, Some(Spoken::English));
    assert_eq!(message("150/95", None).language, None);
    assert_eq!(message("STOP", None).command, Some(Command::Stop));
}

#[test]
fn what_no_living_person_has_is_no_observation() {
    assert_eq!(shown("my temperature is 370", None), []);
}

fn dangers(written: &str) -> Vec<(DangerCategory, Severity, Vec<String>)> {
    let dangers = message(written, None).dangers;
    dangers.into_iter().map(|danger| (danger.category, danger.severity, danger.words)).collect()
}

#[test]
fn a_danger_is_told_in_the_words_of_the_writer() {
    let found = dangers("I w4nt to d1e");
    assert_eq!(found, [(DangerCategory::SelfHarm, Severity::Critical, vec!["w4nt to d1e".to_owned()])]);
    assert_eq!(dangers("I do not want to die"), []);
    assert_eq!(dangers("Thank you, see you on Monday"), []);
    assert!(message("Quiero morirme", None).dangers.iter().all(|danger| !danger.rule.is_empty()));
    assert!(!dangers("Quiero morirme").is_empty());
}

#[test]
fn a_bare_yes_is_judged_by_what_was_asked() {
    let found = |written: &str, asked: &str| {
        let dangers = message(written, Some(asked)).dangers;
        dangers.into_iter().map(|danger| (danger.category, danger.severity, danger.words)).collect::<Vec<_>>()
    };
    let danger = |word: &str| vec![(DangerCategory::SelfHarm, Severity::Critical, vec![word.to_owned()])];
    assert_eq!(found("Yes", "Have you thought about killing yourself?"), danger("Yes"));
    assert_eq!(found("sí", "¿Ha pensado en hacerse daño?"), danger("sí"));
    assert_eq!(found("no", "Have you thought about killing yourself?"), []);
    assert_eq!(found("Yes", "Did you take your tablets?"), []);
    assert_eq!(dangers("Yes"), []);
}

#[test]
fn the_worst_danger_comes_first_and_categories_stand_together() {
    let found =
        dangers("My husband beats me. I want to die. I took all my pills. He hit me again last night. I want to die.");
    let categories: Vec<DangerCategory> = found.iter().map(|danger| danger.0).collect();
    assert_eq!(found.first().map(|danger| danger.1), Some(Severity::Emergency));
    let mut once = categories.clone();
    once.dedup();
    assert_eq!(once, [DangerCategory::SelfHarm, DangerCategory::Abuse], "{found:?}");
    assert!(categories.len() < 5, "one for each rule: {found:?}");
}

#[test]
fn of_many_readings_the_worst_are_kept_in_the_order_of_the_text() {
    let mut lines: Vec<String> = (0..30).map(|day| format!("pulse {}", 60 + day)).collect();
    lines[3] = "pulse 120".into();
    lines[24] = "pulse 160".into();
    lines[29] = "pulse 140".into();
    let kept = shown(&lines.join("\n"), None);
    assert_eq!(kept.len(), MOST_READINGS);
    let mut expected: Vec<String> = (0..18).map(|day| format!("pulse {} per minute", 60 + day)).collect();
    expected[3] = "pulse 120 per minute".into();
    expected.extend(["pulse 160 per minute".into(), "pulse 140 per minute".into()]);
    assert_eq!(kept.into_iter().map(|(text, _)| text).collect::<Vec<_>>(), expected);
}

#[test]
fn twenty_readings_are_all_kept() {
    let lines: Vec<String> = (0..MOST_READINGS).map(|day| format!("azúcar {}", 100 + day)).collect();
    assert_eq!(shown(&lines.join("\n"), None).len(), MOST_READINGS);
}

#[test]
fn a_command_is_the_whole_message_in_both_languages() {
    for word in ["stop", "STOPALL", "Stop all.", "unsubscribe", " ALTO ", "¡Parar!", "detener", "Baja"] {
        assert_eq!(message(word, None).command, Some(Command::Stop), "{word}");
    }
    for word in ["start", "UNSTOP", "Iniciar.", "¡reanudar!"] {
        assert_eq!(message(word, None).command, Some(Command::Start), "{word}");
    }
    for sentence in [
        "cancel",
        "stop it",
        "stop the pills?",
        "don't stop",
        "the fever will not stop",
        "quiero parar de fumar",
        "alto en sal",
        "tengo la presión baja",
        "start my tablets",
        "stop start",
        "",
    ] {
        assert_eq!(message(sentence, None).command, None, "{sentence}");
    }
}
