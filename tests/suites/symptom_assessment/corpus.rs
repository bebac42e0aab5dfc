//! A corpus of records: each resource is checked here by the rules of the schema, and written down for the validators of CI.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tests::fhir::faults;

use super::{BOT, Clinic};

/// Messages of every level and in both languages, one a line, some of them behind a level.
const MESSAGES: [&str; 5] = [
    include_str!("../../../shared/clinical/tests/triage/emergency.txt"),
    include_str!("../../../shared/clinical/tests/triage/day.txt"),
    include_str!("../../../shared/clinical/tests/triage/low.txt"),
    include_str!("../../../shared/clinical/tests/triage/spanish.txt"),
    include_str!("../../../shared/clinical/tests/triage/shorthand.txt"),
];

/// Messages of other kinds.
const OTHERS: [&str; 12] = [
    "I have severe chest pain and shortness of breath",
    "Headache for 2 days, no fever. BP 150/95, pulse 88, spo2 97%, temp 38.2, rr 18, glucose 180, weight 82.5 kg, pain 7/10",
    "BP 150/95 at noon, BP 160/100 at night, pulse 88 and then pulse 92",
    "My systolic is 170",
    "Ich habe seit gestern furchtbare Schmerzen im Bauch und mir ist schlecht",
    "I want to kill myself",
    "🙂",
    "fever \"38.5\" & <cough> \\ 'pain'\nsecond\tline",
    "no fever, no cough, no pain, no vomiting, no rash",
    "I need a refill of my pills, thank you",
    "yes",
    "e\u{301}\u{200D}tos y dolor de cabeza ☹",
];

fn messages() -> Vec<&'static str> {
    let lines = MESSAGES.iter().flat_map(|table| table.lines());
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once('|').map_or(line, |(_, text)| text)).chain(OTHERS).collect()
}

/// A record of every message, with a second turn in each; the patient and the day are those of the request.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_resource_is_valid() {
    let clinic = Clinic::start().await;
    clinic.world.local_post("clock", json!({ "set": "2030-01-01T00:00:00Z" })).await;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fhir-corpus");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut resources = 0;
    for (number, message) in messages().into_iter().enumerate() {
        let body = json!({ "message": message, "patientId": "patient-123" });
        let answer = clinic.world.post("patient_123", BOT, body).await;
        assert_eq!(answer.status, 200, "{message}: {}", answer.text);
        clinic.goes_on(&answer.body["threadId"], "yes, and since yesterday my temperature is 38.4").await;
        let record = clinic.record(&answer.body["threadId"]).await;
        for issued in answer.body["resources"].as_object().unwrap().values().chain([&record]) {
            assert_eq!(faults(issued), Vec::<String>::new(), "{message}: {issued:#}");
            assert_of_request(issued);
        }
        resources += record["entry"].as_array().unwrap().len();
        fs::write(folder.join(format!("{number:04}.json")), record.to_string()).unwrap();
    }
    assert!(resources > 500, "{resources} resources");
}

fn assert_of_request(issued: &Value) {
    if let Some(entries) = issued["entry"].as_array() {
        entries.iter().for_each(|entry| assert_of_request(&entry["resource"]));
        return;
    }
    assert_eq!(issued["subject"]["reference"], "Patient/patient-123");
    let at = issued.get("effectiveDateTime").or_else(|| issued.get("occurrenceDateTime")).unwrap();
    assert!(at.as_str().unwrap().starts_with("2030-01-01T00:"), "{issued:#}");
}
