//! Actions: found once, decided once.

use serde_json::{Value, json};

use super::{KIM, Visit, data, refused};

#[tokio::test]
async fn several_in_a_sentence_each_of_its_type() {
    let visit = Visit::start().await;
    let found =
        visit.detects("Let's order a CBC, I'm going to refer you to cardiology, and come back in two weeks.").await;
    let kinds: Vec<&str> =
        found["actions"].as_array().unwrap().iter().map(|action| action["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["lab_order", "referral", "follow_up"], "{found}");
    assert_eq!(found["stats"]["byType"], json!({ "lab_order": 1, "referral": 1, "follow_up": 1 }));
    for text in ["Stop taking lisinopril.", "Did you take amoxicillin before?", "The weather is fine."] {
        assert_eq!(visit.detects(text).await["actions"], json!([]), "{text}");
    }
}

#[tokio::test]
async fn the_same_text_of_an_utterance_is_looked_at_once() {
    let visit = Visit::start().await;
    let text = "I'll prescribe amoxicillin 500mg twice daily for 7 days";
    let said = visit.says("clinician", text).await;
    for name in [said["id"].clone(), json!("item_of_the_client")] {
        let body = visit.with(json!({ "text": text, "utteranceId": name }));
        let first = data(visit.world.post(KIM, "/api/actions/detect", body.clone()).await);
        let again = visit.world.post(KIM, "/api/actions/detect", body).await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(data(again), first);
    }
    assert_eq!(visit.conversation().await["stats"]["actionCount"], 2);
    let list = visit.world.get(KIM, &format!("/api/actions?conversationId={}&limit=1", visit.id)).await.ok();
    assert_eq!((&list["data"][0]["utteranceId"], &list["meta"]["hasMore"]), (&said["id"], &json!(true)));
    let cursor = list["meta"]["nextCursor"].as_str().unwrap();
    let rest = visit.world.get(KIM, &format!("/api/actions?conversationId={}&cursor={cursor}", visit.id)).await.ok();
    assert_eq!(
        (&rest["data"][0]["utteranceId"], &rest["meta"]["hasMore"]),
        (&json!("item_of_the_client"), &json!(false))
    );
    let other = visit.detects("I'm going to start you on Augmentin twice a day").await;
    let warnings = other["actions"][0]["warnings"].to_string();
    assert!(warnings.contains("amoxicillin"), "what was ordered before in the visit is held against it: {other}");
}

#[tokio::test]
async fn a_patients_words_are_no_orders() {
    let visit = Visit::start().await;
    let text = "I'll take amoxicillin 500mg twice daily";
    let said = visit.says("patient", text).await;
    let body = visit.with(json!({ "text": text, "utteranceId": said["id"] }));
    assert_eq!(data(visit.world.post(KIM, "/api/actions/detect", body).await)["actions"], json!([]));
}

#[tokio::test]
async fn an_action_is_decided_once() {
    let visit = Visit::start().await;
    let found = visit.detects("I'll prescribe amoxicillin 500mg twice daily and order a chest X-ray").await;
    let path = |place: usize| format!("/api/actions/{}/validate", found["actions"][place]["id"].as_str().unwrap());
    let decide = async |place: usize, body: Value| visit.world.post(KIM, &path(place), body).await;
    let approved = data(decide(0, json!({ "approved": true })).await);
    assert_eq!((&approved["validated"], &approved["validatedBy"]), (&json!(true), &json!("clinician_123")));
    assert_eq!(data(decide(0, json!({ "approved": true, "note": "again" })).await), approved);
    let otherwise = decide(0, json!({ "approved": false })).await;
    assert_eq!(refused(&otherwise), "409 CONFLICT The action has already been decided otherwise.");
    let rejected = data(decide(1, json!({ "approved": false, "note": "not needed" })).await);
    assert_eq!(
        (&rejected["validated"], &rejected["rejected"], &rejected["note"]),
        (&json!(false), &json!(true), &json!("not needed"))
    );
    assert_eq!(rejected.get("webhook"), None, "what is rejected goes nowhere");
    // Two detected, one validated; the rejection is nobody's affair.
    assert_eq!(visit.events().await, [json!(3)]);
}

#[tokio::test]
async fn a_long_transcript_and_a_hostile_one() {
    let visit = Visit::start().await;
    let filler = "We talked about the weather and the garden for a while. ".repeat(4_000);
    let text: String =
        format!("I'll prescribe amoxicillin 500mg twice daily. {filler}").chars().take(262_144).collect();
    assert_eq!(visit.detects(&text).await["stats"]["totalDetected"], 1);
    let nested = "((((\"'<prescribe>".repeat(2_000);
    assert_eq!(visit.detects(&nested).await["stats"]["totalDetected"], 0);
}
