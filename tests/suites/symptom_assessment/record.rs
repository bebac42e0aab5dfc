//! The record of a thread: a bundle of what its turns issued.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::Answer;

use super::{BOT, Clinic, of_kind};

#[tokio::test]
async fn a_record_has_everything_that_was_told_once() {
    let clinic = Clinic::start().await;
    let first = clinic.tells("Headache for 2 days, no fever. BP 150/95, pulse 88, spo2 97%, temp 38.2, rr 18").await;
    let thread = &first["threadId"];
    let second = clinic.goes_on(thread, "I have a cough too").await;
    let record = clinic.record(thread).await;
    assert_eq!((&record["resourceType"], &record["type"]), (&json!("Bundle"), &json!("collection")));
    let risks = of_kind(&record, "RiskAssessment");
    assert_eq!(risks, [&first["resources"]["RiskAssessment"], &second["resources"]["RiskAssessment"]]);
    let observations = of_kind(&record, "Observation");
    let ids: BTreeSet<&str> = observations.iter().map(|observation| observation["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), observations.len(), "each has its own id");
    let told: Vec<&str> = observations.iter().filter_map(|observation| observation["valueString"].as_str()).collect();
    assert!(told.contains(&"headache") && told.contains(&"cough"), "{told:?}");
    let measured = |code: &str| {
        let found = observations.iter().find(|observation| observation["code"]["coding"][0]["code"] == code);
        (*found.unwrap_or_else(|| panic!("no {code}"))).clone()
    };
    assert_eq!(measured("8867-4")["valueQuantity"]["value"], 88);
    assert_eq!(measured("8310-5")["valueQuantity"]["code"], "Cel");
    let pressure = measured("85354-9");
    assert_eq!(pressure["component"][0]["valueQuantity"]["value"], 150);
    assert_eq!(pressure["component"][1]["valueQuantity"]["unit"], "mmHg");
    assert_eq!(pressure["note"][0]["text"], "150/95");
    for reference in risks[1]["basis"].as_array().unwrap() {
        let id = reference["reference"].as_str().unwrap().trim_start_matches("Observation/");
        assert!(ids.contains(id), "{id} is not in the record");
    }
    assert!(risks[1]["basis"].as_array().unwrap().len() > risks[0]["basis"].as_array().unwrap().len());
}

/// The resources are about the patient and the time of the request.
#[tokio::test]
async fn resources_are_of_the_patient_and_the_time_of_the_request() {
    let clinic = Clinic::start().await;
    clinic.world.local_post("clock", json!({ "set": "2030-01-01T09:00:00Z" })).await;
    let first = clinic.tells("I have a cough, my temperature is 38.4").await;
    clinic.world.advance("25h").await;
    clinic.goes_on(&first["threadId"], "Now I have a headache too").await;
    let record = clinic.record(&first["threadId"]).await;
    for entry in record["entry"].as_array().unwrap() {
        let resource = &entry["resource"];
        assert_eq!(resource["subject"]["reference"], "Patient/patient-123");
        let at = resource.get("effectiveDateTime").or_else(|| resource.get("occurrenceDateTime")).unwrap();
        let is_later = resource["valueString"] == "headache" || resource == of_kind(&record, "RiskAssessment")[1];
        let day = if is_later { "2030-01-02T10:" } else { "2030-01-01T09:" };
        assert!(at.as_str().unwrap().starts_with(day), "{resource:#}");
        let url = format!("{}/{}", resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
        assert!(entry["fullUrl"].as_str().unwrap().ends_with(&url));
    }
}

#[tokio::test]
async fn a_record_is_its_patients_and_their_care_teams() {
    let clinic = Clinic::start().await;
    let thread = clinic.tells("I have a cough").await["threadId"].clone();
    let path = format!("{BOT}/threads/{}", thread.as_str().unwrap());
    for (who, status) in [
        ("patient_123", 200),
        ("patient_456", 404),
        ("dr_smith", 200),
        ("staff_ama", 200),
        ("dr_other", 404),
        ("admin", 200),
        ("therapist_lee", 403),
        ("subject_john", 403),
        ("clinician_kim", 403),
        ("service", 403),
    ] {
        assert_eq!(clinic.world.get(who, &path).await.status, status, "{who}");
    }
    let audit = clinic.world.get("patient_123", "/patients/me/audit/").await.ok();
    assert!(audit.to_string().contains("read"), "who of the care team read it stands in the audit: {audit}");
}

#[tokio::test]
async fn an_unchanged_record_is_answered_with_304() {
    let clinic = Clinic::start().await;
    let thread = clinic.tells("I have a cough").await["threadId"].clone();
    clinic.world.advance("1m").await;
    let path = format!("{BOT}/threads/{}", thread.as_str().unwrap());
    let first = clinic.world.get("patient_123", &path).await;
    let tag = first.header("etag").to_owned();
    let unless = || clinic.world.request("patient_123", "GET", &path).header("if-none-match", &tag);
    assert_eq!(Answer::of(unless()).await.status, 304);
    clinic.goes_on(&thread, "and a headache").await;
    assert_eq!(Answer::of(unless()).await.status, 200);
}

/// A host that is none names nothing.
#[tokio::test]
async fn a_record_repeats_no_strange_host() {
    let clinic = Clinic::start().await;
    let thread = clinic.tells("I have a cough").await["threadId"].clone();
    let path = format!("{BOT}/threads/{}", thread.as_str().unwrap());
    let request = clinic.world.request("patient_123", "GET", &path).header("host", "evil\"><script>");
    let bundle: Value = Answer::of(request).await.body;
    assert!(!bundle.to_string().contains("script"), "{bundle}");
}
