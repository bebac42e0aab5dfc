use super::*;

fn patient() -> Patient {
    Patient {
        patient_id: PatientId::from_random(1),
        user_id: UserId::from_random(2),
        organization_id: OrganizationId::from_random(3),
        phone_number: PhoneNumber::dummy(4),
        first_name: PersonName::received("Ada").unwrap(),
        last_name: PersonName::received("Lovelace"),
        chronic_conditions: vec!["Hypertension".into()],
        notes: Some("Prefers mornings".into()),
        contact: None,
        time_zone: None,
        added_by: Some(smith()),
        subscription: None,
        demo: false,
        of_section: false,
        open_threads: Vec::new(),
        version: 1,
        created: Timestamp::from_seconds(0),
    }
}

fn smith() -> ProviderId {
    ProviderId::new(9).unwrap()
}

#[test]
fn who_only_wrote_is_completed_by_the_doctor_who_enters_them() {
    let wrote = Patient {
        first_name: PersonName::received("Ada Lovelace").unwrap(),
        last_name: None,
        added_by: None,
        ..patient()
    };
    let completed = with_entry(&wrote, &entry(&[], None), smith()).unwrap();
    assert_eq!((completed.first_name.as_str(), completed.full_name().as_str()), ("ADA", "ADA Lovelace"));
    assert_eq!((completed.name_key(), completed.added_by), (wrote.name_key(), Some(smith())));
}

fn entry(conditions: &[&str], notes: Option<&str>) -> PatientEntry {
    PatientEntry {
        phone_number: None,
        first_name: PersonName::received("ADA").unwrap(),
        last_name: PersonName::received("Lovelace").unwrap(),
        chronic_conditions: conditions.iter().map(ToString::to_string).collect(),
        notes: notes.map(ToOwned::to_owned),
        time_zone: None,
    }
}

#[test]
fn a_second_entry_adds_and_never_takes_away() {
    let merged =
        with_entry(&patient(), &entry(&["hypertension", "Diabetes"], Some("Hard of hearing")), smith()).unwrap();
    assert_eq!(merged.chronic_conditions, ["Hypertension", "Diabetes"]);
    assert_eq!(merged.notes.as_deref(), Some("Prefers mornings\nHard of hearing"));
    assert_eq!(merged.version, 2);
    assert_eq!(with_entry(&merged, &entry(&["DIABETES"], Some("Hard of hearing")), smith()), None);
}

#[test]
fn both_names_are_required_in_the_documents_words() {
    for (first, last) in [(None, Some("Doe")), (Some("John"), None), (Some(" \u{200B}"), Some("Doe")), (None, None)] {
        let error = PatientEntry::names(first, last).unwrap_err();
        assert_eq!(error, Error::Documented("first_name and last_name are required."));
    }
}

#[test]
fn a_provider_has_one_open_thread_with_a_patient() {
    let (smith, jones) = (ProviderId::new(9).unwrap(), ProviderId::new(10).unwrap());
    let (old, new) = (ThreadNo::from_random(1), ThreadNo::from_random(2));
    let patient = patient().with_open_thread(smith, old).with_open_thread(jones, new).with_open_thread(smith, new);
    assert_eq!(patient.thread_with(smith), Some(new));
    assert_eq!(patient.thread_with(jones), None, "a thread that was taken over is no longer the colleague's");
}

#[test]
fn conditions_lose_blanks_and_doubles() {
    let raw = ["  ", "Type 2\ndiabetes", "type 2 Diabetes", "HIV"].map(String::from);
    assert_eq!(conditions(&raw).unwrap(), ["Type 2 diabetes", "HIV"]);
    assert!(conditions(&["x".repeat(201)]).is_err());
}

#[test]
fn the_day_of_a_patient_is_told_by_them_or_by_their_phone() {
    let lagos = PhoneNumber::parse("+2348012345678", None).unwrap();
    let (utc, tokyo) = (Zone::utc(), time_zone("Asia/Tokyo").unwrap());
    assert_eq!(patient().zone(&utc), utc, "a dummy number is from nowhere");
    let known = Patient { phone_number: lagos, ..patient() };
    assert_eq!(known.zone(&utc).as_str(), "Africa/Lagos");
    let told = PatientEntry { time_zone: Some(tokyo.clone()), ..entry(&[], None) };
    assert_eq!(with_entry(&known, &told, smith()).unwrap().zone(&utc), tokyo);
    assert!(time_zone("Lagos").is_err());
}
