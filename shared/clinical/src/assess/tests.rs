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
