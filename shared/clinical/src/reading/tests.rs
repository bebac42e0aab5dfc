use super::*;

fn shown(written: &str, asked: &[Kind]) -> Vec<String> {
    let text = Text::read(written);
    let show = |reading: Reading| {
        let value = match reading.value {
            Value::Pressure { systolic, diastolic: Some(diastolic) } => format!("{systolic}/{diastolic}"),
            Value::Pressure { systolic, diastolic: None } => format!("{systolic}/?"),
            Value::Number(value) => value.to_string(),
            Value::Answer(yes) => yes.to_string(),
        };
        let doubt = if reading.plausible { "" } else { " implausible" };
        format!("{:?} {value}{doubt} [{}]", reading.kind, reading.span.of(written))
    };
    read(&text, asked).into_iter().map(show).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (written, expected) in cases {
        assert_eq!(shown(written, &[]), *expected, "{written}");
    }
}

#[test]
fn blood_pressure_is_read_however_it_is_written() {
    check(&[
        ("150/95", &["BloodPressure 150/95 [150/95]"]),
        ("150 / 95 mmHg", &["BloodPressure 150/95 [150 / 95 mmHg]"]),
        ("it was 150 over 95 today", &["BloodPressure 150/95 [150 over 95]"]),
        ("my bp was 150 by 95 this morning", &["BloodPressure 150/95 [150 by 95]"]),
        ("My BP this morning was 150-95.", &["BloodPressure 150/95 [150-95]"]),
        ("bp150/95 pulse 88", &["BloodPressure 150/95 [150/95]", "Pulse 88 [88]"]),
        ("150/95/72", &["BloodPressure 150/95 [150/95/72]", "Pulse 72 [150/95/72]"]),
        ("systolic 150 and diastolic 95", &["BloodPressure 150/95 [150]"]),
        ("diastólica 95, sistólica 150", &["BloodPressure 150/95 [150]"]),
        ("my blood pressure is 150", &["BloodPressure 150/? [150]"]),
        ("mi presión salió 15/9", &["BloodPressure 150/90 [15/9]"]),
        ("la tensión en 140 con 90", &["BloodPressure 140/90 [140 con 90]"]),
        ("tengo la tensión a 13,5 y 8", &["BloodPressure 135/80 [13,5 y 8]"]),
        ("ma tension est 14/9", &["BloodPressure 140/90 [14/9]"]),
        ("bp 15/9", &["BloodPressure 15/9 implausible [15/9]"]),
        ("bp 95/150", &["BloodPressure 95/150 implausible [95/150]"]),
        ("BP: 1500/95", &["BloodPressure 1500/95 implausible [1500/95]"]),
    ]);
}

#[test]
fn glucose_in_both_units() {
    check(&[
        ("sugar 180", &["Glucose 180 [180]"]),
        ("my blood sugar this morning was 8.2", &["Glucose 147.7 [8.2]"]),
        ("glucose: 10 mmol/L", &["Glucose 180.2 [10 mmol/L]"]),
        ("fasting sugar 95 mg/dl", &["Glucose 95 [95 mg/dl]"]),
        ("azúcar en 180", &["Glucose 180 [180]"]),
        ("la glucosa me salió 250 hoy", &["Glucose 250 [250]"]),
        ("sugar was 180 yesterday and 210 today", &["Glucose 180 [180]", "Glucose 210 [210]"]),
        ("sugar 3000", &["Glucose 3000 implausible [3000]"]),
        ("my sugar was high after 2 cookies", &[]),
        ("a1c 7.2", &[]),
    ]);
}

#[test]
fn temperature_in_both_scales() {
    check(&[
        ("fever of 101.2", &["Temperature 38.4 [101.2]"]),
        ("temp 38.5C", &["Temperature 38.5 [38.5C]"]),
        ("38,5 de fiebre", &["Temperature 38.5 [38,5]"]),
        ("tengo 39º", &["Temperature 39 [39º]"]),
        ("38.2 °C", &["Temperature 38.2 [38.2 °C]"]),
        ("101 F", &["Temperature 38.3 [101 F]"]),
        ("101 fever and pulse 110", &["Temperature 38.3 [101]", "Pulse 110 [110]"]),
        ("temperatura 37", &["Temperature 37 [37]"]),
        ("temp 60", &["Temperature 60 implausible [60]"]),
        ("fever for 3 days", &[]),
    ]);
}

#[test]
fn weight_pulse_oxygen_and_pain() {
    check(&[
        ("I weigh 82 kg", &["Weight 82 [82 kg]"]),
        ("weight 180 lbs", &["Weight 81.6 [180 lbs]"]),
        ("peso 70 kilos", &["Weight 70 [70 kilos]"]),
        ("my weight is 11 stone 4", &["Weight 71.7 [11 stone 4]"]),
        ("I lost 5 kg", &[]),
        ("pulse 88 bpm", &["Pulse 88 [88 bpm]"]),
        ("heart rate was 120", &["Pulse 120 [120]"]),
        ("respiratory rate 24, heart rate 90", &["RespiratoryRate 24 [24]", "Pulse 90 [90]"]),
        ("RR 18", &["RespiratoryRate 18 [18]"]),
        ("22 breaths per minute", &["RespiratoryRate 22 [22 breaths per minute]"]),
        ("frecuencia respiratoria 20", &["RespiratoryRate 20 [20]"]),
        ("oxygen 92%", &["OxygenSaturation 92 [92%]"]),
        ("spo2 95", &["OxygenSaturation 95 [95]"]),
        ("saturación de oxígeno 93", &["OxygenSaturation 93 [93]"]),
        ("I am 100% sure", &[]),
        ("pain is 7", &["Pain 7 [7]"]),
        ("7/10", &["Pain 7 [7/10]"]),
        ("dolor 7 de 10", &["Pain 7 [7 de 10]"]),
        ("the pain is like an 8 out of 10 now", &["Pain 8 [8 out of 10]"]),
        ("my pain is seven", &["Pain 7 [seven]"]),
        ("pain 12 out of 10", &["Pain 12 implausible [12 out of 10]"]),
        ("pain in 2 places for 7 days", &[]),
    ]);
}

#[test]
fn other_numbers_are_no_readings() {
    check(&[
        ("took 500 mg at 8 pm", &[]),
        ("12/05/2024", &[]),
        ("on 12-05-2024 at 10:30", &[]),
        ("call me on +234 801 234 5678", &[]),
        ("my number is 555 123 4567", &[]),
        ("I am 38 years old, born 1985", &[]),
        ("2 tablets 3 times a day", &[]),
        ("24/7 and 50/50", &[]),
        ("room 120", &[]),
        ("tengo 2 hijos", &[]),
    ]);
}

#[test]
fn a_bare_number_answers_what_was_asked() {
    for (written, asked, expected) in [
        ("180", vec![Kind::Glucose], vec!["Glucose 180 [180]"]),
        ("101.2", vec![Kind::Temperature], vec!["Temperature 38.4 [101.2]"]),
        ("150 95", vec![Kind::BloodPressure], vec!["BloodPressure 150/95 [150 95]"]),
        ("it's about 7 I think", vec![Kind::Pain], vec!["Pain 7 [7]"]),
        ("seven", vec![Kind::Pain], vec!["Pain 7 [seven]"]),
        ("I'd say 6", vec![Kind::Pain], vec!["Pain 6 [6]"]),
        ("95", vec![Kind::Pain, Kind::OxygenSaturation], vec!["OxygenSaturation 95 [95]"]),
        ("95", vec![Kind::Pain], vec!["Pain 95 implausible [95]"]),
        ("95", vec![], vec![]),
        ("I took 2 of the blue pills", vec![Kind::Pain], vec![]),
        ("2 days", vec![Kind::Pain], vec![]),
        ("sugar 180", vec![Kind::Pain], vec!["Glucose 180 [180]"]),
    ] {
        assert_eq!(shown(written, &asked), expected, "{written}");
    }
}

#[test]
fn yes_and_no() {
    let asked = [Kind::YesNo];
    for (written, expected) in [
        ("Yes", vec!["YesNo true [Yes]"]),
        ("yep, since monday it has been so", vec!["YesNo true [yep]"]),
        ("si claro que me duele mucho", vec!["YesNo true [si]"]),
        ("Sí", vec!["YesNo true [Sí]"]),
        ("si como me siento mal", vec![]),
        ("nope", vec!["YesNo false [nope]"]),
        ("not really", vec!["YesNo false [not really]"]),
        ("I don't", vec!["YesNo false [I don't]"]),
        ("I don't know", vec![]),
        ("👍", vec!["YesNo true [👍]"]),
        ("para nada", vec!["YesNo false [para nada]"]),
        ("the pain is bad", vec![]),
    ] {
        assert_eq!(shown(written, &asked), expected, "{written}");
    }
    assert_eq!(shown("no", &[]), ["YesNo false [no]"]);
    assert_eq!(shown("no pain at all since monday", &[]), [""; 0]);
}
