use clinical::triage::Level;
use domain::ids::{Seq, ThreadNo};
use domain::text::MessageText;
use serde_json::{Value, json};

use super::*;

fn message(seq: u32) -> MessageId {
    MessageId { thread: ThreadNo::from_random(5), seq: Seq::new(seq).unwrap() }
}

/// What a first turn issues.
fn issued(text: &str, known: &[String]) -> Resources {
    let said = MessageText::received(text).unwrap();
    let conversation = Conversation::of(&[], (&said, message(1)));
    let found = conversation.assess("", None);
    let patient = ResourceId::patient(Some("patient-123")).unwrap();
    let request = Request { patient: &patient, message: message(1), at: Timestamp::from_seconds(1_900_000_000), known };
    resources(&conversation, &found, request)
}

fn observations(text: &str) -> Vec<Value> {
    issued(text, &[]).observations.iter().map(|observation| serde_json::to_value(observation).unwrap()).collect()
}

#[test]
fn a_risk_has_the_documented_coding_and_the_code_systems_own_words() {
    let risk = issued("I have severe chest pain and shortness of breath", &[]).risk_assessment;
    let risk = serde_json::to_value(risk).unwrap();
    assert_eq!((&risk["id"], &risk["status"]), (&json!("risk-1099516870657"), &json!("final")));
    assert_eq!(risk["occurrenceDateTime"], "2030-03-17T17:46:40Z");
    let expected = json!({
        "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/risk-probability", "code": "high", "display": "High Risk",
        }],
        "text": "High likelihood",
    });
    assert_eq!(risk["prediction"][0]["qualitativeRisk"], expected);
    assert!(risk["prediction"][0]["rationale"].as_str().unwrap().contains("chest_pain.heart_attack"));
    let basis = risk["basis"].to_string();
    assert!(basis.contains("chest-pain") && basis.contains("shortness-of-breath"), "{basis}");
}

#[test]
fn what_is_told_and_what_is_denied_are_told_apart() {
    let told = observations("I have a headache, no fever");
    let said: Vec<_> = told
        .iter()
        .map(|it| (it["valueString"].as_str().unwrap(), &it["interpretation"][0]["coding"][0]["code"]))
        .collect();
    assert_eq!(said, [("headache", &json!("POS")), ("no fever", &json!("NEG"))], "the complaint comes first");
    assert_eq!(told[0]["note"][0]["text"], "headache");
}

#[test]
fn a_blood_pressure_has_two_parts_also_when_one_was_not_told() {
    let both = observations("BP 150/95");
    assert_eq!(
        both[0]["component"][1]["valueQuantity"],
        json!({
            "value": 95, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]",
        })
    );
    let one = observations("My systolic is 170");
    assert_eq!(one[0]["component"][0]["valueQuantity"]["value"], 170);
    assert_eq!(one[0]["component"][1]["dataAbsentReason"]["coding"][0]["code"], "unknown");
    assert!(one[0].get("valueQuantity").is_none());
}

#[test]
fn two_measurements_of_a_kind_have_two_ids() {
    let ids: Vec<Value> = observations("pulse 88 and later pulse 92").iter().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, ["obs-1099516870657-heart-rate", "obs-1099516870657-heart-rate-2"]);
}

#[test]
fn numbers_are_written_as_exact_as_they_were_told() {
    let told = observations("temp 38.2, pulse 88");
    let values: Vec<&Value> = told.iter().map(|it| &it["valueQuantity"]["value"]).filter(|it| !it.is_null()).collect();
    assert_eq!(values, [&json!(38.2), &json!(88)]);
}

/// Of an earlier turn only what was issued then is named.
#[test]
fn an_assessment_rests_on_what_the_record_has() {
    let (first, second) =
        (MessageText::received("I have a cough").unwrap(), MessageText::received("and a headache").unwrap());
    let thread = domain::message::Message { text: Some(first), ..earlier() };
    let conversation = Conversation::of(&[thread], (&second, message(3)));
    let found = conversation.assess("", Some(Level::SelfCare));
    let patient = ResourceId::patient(Some("patient-123")).unwrap();
    let of = |known: &[String]| {
        let request = Request { patient: &patient, message: message(3), at: Timestamp::from_seconds(0), known };
        resources(&conversation, &found, request).basis
    };
    let cough = "obs-1099516870657-cough".to_owned();
    let headache = "obs-1099516870659-headache".to_owned();
    assert_eq!(of(&[]), std::slice::from_ref(&headache));
    assert_eq!(of(std::slice::from_ref(&cough)), [cough, headache]);
}

fn earlier() -> domain::message::Message {
    use domain::append::{Change, Draft, open};
    use domain::delivery::Channel;
    use domain::ids::OrganizationId;
    use domain::patient::{Patient, PatientIds};
    use domain::phone::PhoneNumber;
    use domain::text::PersonName;
    use domain::thread::{Opening, Thread};
    let now = Timestamp::from_seconds(0);
    let ids = PatientIds::random(OrganizationId::new(21).unwrap(), (1, 2));
    let patient = Patient::new(ids, PhoneNumber::dummy(1), (PersonName::unknown(), None), now);
    let opening = Opening { patient: &patient, contact: None, channel: Channel::InApp };
    let text = MessageText::received("x").unwrap();
    let drafts = vec![Draft::text(domain::message::Author::Patient, text)];
    let change = Change { drafts, ..Change::default() };
    open(Thread::open(opening, (5, 6), now), change, now).unwrap().messages.remove(0)
}
