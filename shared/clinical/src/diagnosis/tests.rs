use super::*;
use crate::dictionary::{assert_table, rows};

fn code(phrase: &str) -> &'static str {
    Diagnosis::named(phrase).map_or("", |coded| coded.diagnosis.code)
}

/// ICD-10-CM: a letter, a digit, a digit or letter, and up to four more behind a point.
fn is_well_formed(code: &str) -> bool {
    let (category, rest) = code.split_once('.').unwrap_or((code, "0"));
    let bytes = category.as_bytes();
    let upper = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    bytes.len() == 3
        && bytes[0].is_ascii_uppercase()
        && bytes[1].is_ascii_digit()
        && upper(category)
        && upper(rest)
        && (1..=4).contains(&rest.len())
}

#[test]
fn the_tables_are_sorted_and_every_code_well_formed() {
    for table in [table::ICD10CM_NAME, table::COMMON, table::ICD10CM_CODE] {
        let keys: Vec<_> = rows(table).map(|(key, _)| key).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }
    assert_table(table::ICD10CM_NAME);
    let mut names: Vec<_> = table::common().chain(table::icd10cm()).collect();
    assert!(names.len() > 10_000 && u16::try_from(names.len()).is_ok());
    for named in &names {
        assert!(is_well_formed(named.code()), "{}", named.code());
        assert_eq!(spell_phrase(named.name), named.name);
    }
    names.sort_by_key(|named| named.name);
    for pair in names.windows(2) {
        assert_ne!(pair[0].name, pair[1].name);
    }
    for name in wording::ONLY_ALONE {
        assert!(exact(name).is_some(), "{name}");
    }
}

#[test]
fn the_documented_code_is_given_and_marked_as_retired() {
    let reflux = Diagnosis::named("Gastroesophageal reflux disease").unwrap().diagnosis;
    assert_eq!(
        (reflux.code, reflux.description.as_str(), reflux.successor()),
        ("K21.0", "Gastroesophageal reflux disease", Some("K21.00"))
    );
    let plain = Diagnosis::named("GERD without esophagitis").unwrap().diagnosis;
    assert_eq!((plain.code, plain.successor()), ("K21.9", None));
}

#[test]
fn names_of_every_kind_are_coded() {
    let cases = [
        ("High blood pressure", "I10"),
        ("heart attack", "I21.9"),
        ("Type II diabetes", "E11.9"),
        ("presión alta", "I10"),
        ("infección urinaria", "N39.0"),
        ("neumonía", "J18.9"),
        ("pink eye", "H10.9"),
        ("Crohn's disease", "K50.90"),
        ("kidney stones", "N20.0"),
        ("dolores de cabeza", "R51.9"),
        ("severe migraine", "G43.909"),
        ("left ankle sprain", "S93.4"),
        ("Oroya fever", "A44.0"),
    ];
    for (phrase, expected) in cases {
        assert_eq!(code(phrase), expected, "{phrase}");
    }
}

#[test]
fn what_is_no_name_is_coded_by_likeness() {
    let cases = [
        ("carcinoma of the prostate gland", "C61"),
        ("stones in the gallbladder", "K80"),
        ("esclerosis sistémica", "M34"),
        ("broken bone in the wrist", "S52"),
        ("obstrucción del intestino", "K56"),
    ];
    for (phrase, expected) in cases {
        let coded = Diagnosis::named(phrase).unwrap_or_else(|| panic!("{phrase}"));
        assert_eq!((coded.diagnosis.category(), coded.recognised), (expected, Recognised::ByLikeness), "{phrase}");
        assert!(coded.confidence < 0.85);
    }
    assert_eq!(Diagnosis::named("the weather in spring"), None);
    assert_eq!(Diagnosis::named(""), None);
}

#[test]
fn conditions_are_found_where_they_stand() {
    let text = "I have asthma and high blood pressure; my MS is stable, add some cold water. Tiene cálculos renales.";
    let found: Vec<_> = Diagnosis::find(&Text::read(text))
        .iter()
        .map(|found| format!("{} {}", found.span.of(text), found.diagnosis.code))
        .collect();
    assert_eq!(found, ["asthma J45.909", "high blood pressure I10", "MS G35", "cálculos renales N20.0"]);
}
