//! Whose record it is: how tokens name patients and subjects.

use serde_json::{Value, json};
use tests::{Answer, World};

use super::CONVERSATIONS;

/// A token for any claims.
pub(super) async fn token(world: &World, claims: Value) -> String {
    let answer = world.local_post("token", json!({ "claims": claims })).await;
    answer["token"].as_str().unwrap().to_owned()
}

/// A conversation of whoever has the token.
pub(super) async fn begin(world: &World, token: &str) -> String {
    let created = Answer::of(world.anonymous("POST", CONVERSATIONS).bearer_auth(token).json(&json!({}))).await;
    assert_eq!((created.status, &created.body["title"]), (201, &json!(null)), "{}", created.text);
    created.body["unique_id"].as_str().unwrap().to_owned()
}

async fn patient_of(world: &World, conversation: &str) -> Value {
    world.get("dr_smith", &format!("/patient-threads/{conversation}/")).await.ok()["patient_id"].clone()
}

#[tokio::test]
async fn a_patient_whom_a_doctor_entered_is_found_by_number() {
    let world = World::start().await;
    let patient = world.patient("dr_smith", "+2348012345678").await;
    let claims = json!({ "sub": "p", "role": "patient", "organization_id": 21, "patient_id": patient });
    let token = token(&world, claims).await;
    assert_eq!(patient_of(&world, &begin(&world, &token).await).await, patient);
}

/// A number without an organization may be anybody's: it is no key to a record.
#[tokio::test]
async fn a_token_without_an_organization_is_nobody_whom_a_doctor_entered() {
    let world = World::start().await;
    let patient = world.patient("dr_smith", "+2348012345678").await;
    let known = json!({ "sub": "p", "role": "patient", "organization_id": 21, "patient_id": patient });
    let known = token(&world, known).await;
    let unknown = token(&world, json!({ "sub": "q", "role": "patient", "patient_id": patient })).await;
    let (own, other) = (begin(&world, &known).await, begin(&world, &unknown).await);
    assert_eq!(patient_of(&world, &own).await, patient);
    assert_ne!(patient_of(&world, &other).await, patient);
    for (token, seen, hidden) in [(&known, &own, &other), (&unknown, &other, &own)] {
        let get = |path: String| Answer::of(world.anonymous("GET", &path).bearer_auth(token));
        let listed = get(CONVERSATIONS.to_owned()).await.ok();
        let listed: Vec<&Value> = listed.as_array().unwrap().iter().map(|one| &one["unique_id"]).collect();
        assert_eq!(json!(listed), json!([seen]));
        assert_eq!(get(format!("{CONVERSATIONS}{hidden}/")).await.status, 404);
    }
    for path in [&own, &own, &other] {
        world.get("dr_smith", &format!("{CONVERSATIONS}{path}/messages/")).await.ok();
    }
    for token in [&known, &unknown] {
        let audit = Answer::of(world.anonymous("GET", "/patients/me/audit/").bearer_auth(token)).await.ok();
        assert!(!audit.as_array().unwrap().is_empty());
    }
}

/// A section may belong to another organization than the operator's own.
#[tokio::test]
async fn a_subject_reads_their_record_wherever_their_sections_are() {
    let world = World::start().await;
    for (section, organization) in [(9, 22), (10, 21)] {
        let member = json!({ "organization_id": organization, "name": "Ann", "role": "therapist" });
        world.put("service", &format!("/sections/{section}/members/5/"), member).await.ok();
    }
    let subject = token(&world, json!({ "sub": "s", "role": "subject", "user_id": 50, "section_ids": [9, 10] })).await;
    let therapist = json!({ "sub": "t", "role": "therapist", "user_id": 5, "section_ids": [9, 10] });
    let therapist = token(&world, therapist).await;
    for section in [9, 10, 9] {
        let of = |path: &str| format!("/request/{section}/{path}");
        let send = world.anonymous("POST", &of("therapy-chat/send")).bearer_auth(&subject);
        let sent = Answer::of(send.json(&json!({ "content": "Hello" }))).await.ok();
        let read = of(&format!("therapist-dashboard/messages?conversation_id={}", sent["conversation_id"]));
        Answer::of(world.anonymous("GET", &read).bearer_auth(&therapist)).await.ok();
        world.advance("1m").await;
    }
    let get = |path: String| Answer::of(world.anonymous("GET", &path).bearer_auth(&subject));
    let all = get("/patients/me/audit/".to_owned()).await.ok();
    let moments: Vec<&str> = all.as_array().unwrap().iter().map(|entry| entry["at"].as_str().unwrap()).collect();
    assert!(moments.len() == 3 && moments.is_sorted_by(|newer, older| newer >= older), "{moments:?}");
    assert_ne!(all[0]["thread_id"], all[1]["thread_id"]);
    let mut paged = Vec::new();
    let mut page = get("/patients/me/audit/?limit=1".to_owned()).await;
    loop {
        paged.extend(page.body.as_array().unwrap().clone());
        let cursor = page.header("x-next-cursor").to_owned();
        if cursor.is_empty() {
            break;
        }
        page = get(format!("/patients/me/audit/?limit=1&cursor={}", cursor.replace('#', "%23"))).await;
    }
    assert_eq!(json!(paged), all);
}
