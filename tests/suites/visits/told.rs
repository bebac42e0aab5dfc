//! From the end of a visit over its summary to whoever is told: whoever dies on the way, everything is told, in its order.

use std::collections::BTreeSet;

use local::stack::{Assistant, Options};
use serde_json::{Value, json};
use tests::World;

use super::{KIM, Visit, data};

/// What the receiver was told, each event once, in the order in which it came first.
async fn told(world: &World) -> Vec<Value> {
    let received = world.local_get("webhooks").await;
    let mut seen = BTreeSet::new();
    let first = received.as_array().unwrap().iter().filter(|received| {
        let id = received["headers"]["webhook-id"].as_str().unwrap();
        seen.insert(id.to_owned())
    });
    first.map(|received| serde_json::from_str(received["body"].as_str().unwrap()).unwrap()).collect()
}

/// A visit with an action and an end, while a receiver is told and the model is to write the summary.
async fn visit(point: Option<&str>) -> Visit {
    let options = Options { rate_limit: Some(0), assistant: Assistant::Simulated, ..Options::default() };
    let visit = Visit::on(World::with(options).await).await;
    let url = visit.world.url("/_local/webhooks/receive");
    let endpoint = visit.world.post("service", "/api/webhooks", json!({ "organizationId": 21, "url": url })).await;
    assert!(endpoint.status < 300, "{}", endpoint.text);
    let note = json!({
        "chiefComplaint": "Headache, by a model.", "historyOfPresentIllness": "", "assessmentAndPlan": "",
        "medicationsDiscussed": [], "testsOrdered": [], "followUpInstructions": "",
    });
    let turns: Vec<Value> = (0..3).map(|_| json!({ "content": note.to_string() })).collect();
    visit.says("clinician", "I'll prescribe ibuprofen 400 mg for your headache. Come back in two weeks.").await;
    visit.world.local_post("model/script", json!({ "next": turns })).await;
    if let Some(point) = point {
        visit.world.local_post("crash", json!({ "point": point })).await;
    }
    let body = visit.with(json!({ "text": "I'll prescribe ibuprofen 400 mg.", "utteranceId": "item_1" }));
    while visit.world.post(KIM, "/api/actions/detect", body.clone()).await.status != 200 {}
    while visit.ends().await.status != 200 {}
    visit.world.drain().await;
    visit.world.advance("10m").await;
    visit.world.drain().await;
    visit
}

#[tokio::test]
async fn everything_is_told_in_its_order() {
    let points = ["actions-kept", "visit-ended", "summary-written", "summary-kept", "events-spread", "webhook-sent"];
    for point in std::iter::once(None).chain(points.map(Some)) {
        let visit = visit(point).await;
        let told = told(&visit.world).await;
        let kinds: Vec<&str> = told.iter().map(|event| event["event"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["medical.action.detected", "conversation.ended", "summary.updated"], "{point:?}");
        let ended = data(visit.ends().await);
        let summary = ended["summary"]["id"].as_str().unwrap();
        assert_eq!(told[0]["action"]["type"], "prescription");
        assert_eq!(told[0]["conversation"]["metadata"]["patientId"], "patient_123");
        assert_eq!(
            told[1]["conversation"],
            json!({
                "id": visit.id, "duration": ended["duration"], "utteranceCount": 1, "actionCount": 1,
            })
        );
        assert_eq!(told[1]["summary"], json!({ "available": true, "url": format!("/api/summaries/{summary}") }));
        assert_eq!((&told[2]["summary"]["id"], &told[2]["summary"]["version"]), (&json!(summary), &json!(2)));
    }
}
