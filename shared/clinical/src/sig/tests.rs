use super::*;

fn shown(text: &str) -> String {
    let sig = Sig::parse(text);
    let steps: Vec<_> = sig.steps.iter().map(step).collect();
    let drug = sig.drug.map(|drug| drug.drug.name + ": ").unwrap_or_default();
    format!("{drug}{}", steps.join(" | "))
}

fn step(step: &Step) -> String {
    let order = (step.order == Order::Then).then(|| "then".to_owned());
    let strength = step.strength.as_ref().map(|strength| strength.text.clone());
    let amount = step.amount.map(|amount| format!("{} {}", amount.count, amount.form.map_or("-", Form::name)));
    let route = step.route.map(|route| format!("{route:?}"));
    let frequency = step.frequency.as_ref().map(Frequency::text);
    let duration = step.duration.map(|duration| format!("for {}", duration.text()));
    let needed = step.as_needed.map(|_| "as needed".to_owned());
    let indication = step.indication.as_ref().map(|indication| format!("[{}]", indication.text));
    let parts = [order, strength, amount, route, frequency, duration, needed, indication];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[test]
fn the_documented_instruction() {
    let text = "I'll prescribe amoxicillin 500mg twice daily for 7 days";
    let sig = Sig::parse(text);
    let first = sig.first().unwrap();
    assert_eq!(first.strength.as_ref().unwrap().text, "500mg");
    assert_eq!(first.frequency.as_ref().unwrap().text(), "twice daily");
    assert_eq!(first.duration.unwrap().text(), "7 days");
    assert_eq!(first.duration.unwrap().span.of(text), "7 days");
    assert_eq!(sig.drug.unwrap().drug.rxnorm(), Some("723"));
}

#[test]
fn american_instructions() {
    let cases = [
        ("take 1 tablet by mouth three times a day for 7 days", "1 tablet, Oral, three times daily, for 7 days"),
        ("1 tab po q8h prn pain x 5 days", "1 tablet, Oral, every 8 hours, for 5 days, as needed, [pain]"),
        ("Take two (2) capsules by mouth every other day", "2 capsule, Oral, every other day"),
        (
            "1-2 tabs q4-6h prn for headache, max 8 tablets in 24 hours",
            "1 to 2 tablet, every 4 to 6 hours, as needed, [headache]",
        ),
        (
            "take one tablet in the morning and two tablets at bedtime",
            "1 tablet, once daily in the morning | 2 tablet, once daily at bedtime",
        ),
        ("inject 10 units subcutaneously at bedtime", "10 unit, Subcutaneous, once daily at bedtime"),
        ("apply to the rash twice a day for two weeks", "Topical, twice daily, for 2 weeks"),
        ("take 1/2 tablet daily", "0.5 tablet, once daily"),
        ("metoprolol 25 mg b.i.d.", "metoprolol: 25 mg, twice daily"),
        ("a 10 day course of doxycycline 100 mg twice a day", "doxycycline: 100 mg, twice daily, for 10 days"),
        ("2 sprays in each nostril once daily", "2 spray, Nasal, once daily"),
        (
            "hydrocodone/acetaminophen 5/325 mg 1 tablet every 6 hours as needed for severe pain",
            "hydrocodone-acetaminophen: 5/325 mg, 1 tablet, every 6 hours, as needed, [severe pain]",
        ),
        ("methotrexate 2.5 mg, take 4 tablets once a week on Mondays", "methotrexate: 2.5 mg, 4 tablet, once a week"),
        (
            "amoxicillin 250 mg/5 ml, give 5 ml 3 times a day for 10 days",
            "amoxicillin: 250 mg/5 ml, 5 ml, three times daily, for 10 days",
        ),
        ("take with meals", "three times daily with meals"),
        ("take 1 tablet by mouth at 8am and 8pm", "1 tablet, Oral, twice daily (in the morning and in the evening)"),
        (
            "ibuprofen eight hundred milligrams three times a day with food",
            "ibuprofen: eight hundred milligrams, three times daily",
        ),
        ("ii tabs po every other night x14", "2 tablet, Oral, every other day, for 14 days"),
        (
            "take 1 tablet (20 mg total) by mouth 2 (two) times daily. Max Daily Amount: 4 tablets",
            "20 mg, 1 tablet, Oral, twice daily",
        ),
        ("penicillin 500 mg twice a day, come back in 2 weeks", "penicillin: 500 mg, twice daily"),
        ("take one tablet by mouth two times a day with meals", "1 tablet, Oral, twice daily with meals"),
        ("ibuprofen 600 every eight hours for the next five days", "ibuprofen: 600, every 8 hours, for 5 days"),
        ("dispense 30 tablets, take 1 tablet daily", "1 tablet, once daily"),
        ("1 tablet daily, 30 tablets, refills 2", "1 tablet, once daily"),
        ("one drop in both eyes 4 times/day", "1 drop, Ophthalmic, four times daily"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn british_instructions() {
    let cases = [
        ("1 OD", "1 -, once daily"),
        ("2 BD", "2 -, twice daily"),
        ("TAKE ONE 3 TIMES/DAY", "1 -, three times daily"),
        ("5ML 3/DAY", "5 ml, three times daily"),
        ("ONE TO BE TAKEN EACH DAY", "1 -, once daily"),
        ("1 OR 2 FOUR TIMES A DAY WHEN REQUIRED", "1 to 2 -, four times daily, as needed"),
        ("TAKE ONE AT NIGHT", "1 -, once daily at bedtime"),
        ("2 MANE 1 NOCTE", "2 -, once daily in the morning | 1 -, once daily at bedtime"),
        ("1 tds pc", "1 -, three times daily with meals"),
        ("two 5ml spoonfuls 4-6 hourly", "2 teaspoon, every 4 to 6 hours"),
        ("1 daily", "1 -, once daily"),
        ("1 TAB ALT DAYS", "1 tablet, every other day"),
        ("1 EVERY 3RD DAY", "1 -, every 3 days"),
        ("2 STAT THEN 1 DAILY", "2 - | then, 1 -, once daily"),
        ("1-0-1 for 5 days", "1 -, twice daily, for 5 days"),
        ("2 puffs qds prn", "2 puff, four times daily, as needed"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn spanish_instructions() {
    let cases = [
        ("tome dos pastillas cada 8 horas por 10 días", "2 tablet, every 8 hours, for 10 days"),
        ("una tableta dos veces al día durante una semana", "1 tablet, twice daily, for 1 week"),
        ("paracetamol 1 g cada 6 horas si hay dolor", "acetaminophen: 1 g, every 6 hours, as needed, [dolor]"),
        ("media tableta por la noche", "0.5 tablet, once daily at bedtime"),
        ("1 comprimido después de cada comida", "1 tablet, three times daily with meals"),
        ("10 gotas en cada ojo tres veces al día", "10 drop, Ophthalmic, three times daily"),
        (
            "ibuprofeno 400 mg cada 8 horas según necesidad para el dolor",
            "ibuprofen: 400 mg, every 8 hours, as needed, [dolor]",
        ),
        ("una cápsula diaria en ayunas", "1 capsule, once daily in the morning"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn steps_follow_each_other_or_go_together() {
    let cases = [
        (
            "prednisone 40 mg daily for 3 days, then 20 mg daily for 3 days, then 10 mg daily for 3 days",
            "prednisone: 40 mg, once daily, for 3 days | then, 20 mg, once daily, for 3 days | then, 10 mg, once daily, for 3 days",
        ),
        (
            "take 1 tablet daily for a week and then 2 tablets daily",
            "1 tablet, once daily, for 1 week | then, 2 tablet, once daily",
        ),
        ("2 tablets in the morning and 1 at night", "2 tablet, once daily in the morning | 1 -, once daily at bedtime"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
    }
    assert_eq!(Sig::parse("2 tablets in the morning and 1 at night").units_per_day(), Some(3.0));
}

#[test]
fn what_is_not_said_stays_empty() {
    assert_eq!(Sig::parse("").steps, []);
    assert!(!Sig::parse("come back in two weeks").is_dosed());
    assert_eq!(Sig::parse("take 1 tablet").units_per_day(), None);
}

#[test]
fn times_per_day_are_numbers() {
    let cases = [
        ("every 12 days", 1.0 / 12.0),
        ("q7h", 24.0 / 7.0),
        ("q.4.d", 0.25),
        ("Q.I.W", 4.0 / 7.0),
        ("3 times every week", 3.0 / 7.0),
        ("once every 12 hours", 2.0),
        ("every 4 to 6 hours", 4.0),
        ("Monday, Wednesday and Friday", 3.0 / 7.0),
        ("cada tercer día", 0.5),
        ("twice daily (every 12 hours)", 2.0),
        ("before meals and at bedtime", 4.0),
        ("every morning and evening", 2.0),
    ];
    for (text, expected) in cases {
        let times = Sig::parse(text).first().and_then(|step| step.frequency.as_ref()).map(Frequency::times_per_day);
        assert!(times.is_some_and(|times| (times - expected).abs() < 1e-9), "{text}: {times:?}");
    }
    let every = Sig::parse("every 4 to 6 hours");
    assert_eq!(every.first().unwrap().frequency.as_ref().unwrap().most_per_day(), 6.0);
}

#[test]
fn slips_of_the_pen_are_read() {
    assert_eq!(shown("Tkae 2 tabelts 3 tmies a dya for 2 wekes"), shown("Take 2 tablets 3 times a day for 2 weeks"));
}
