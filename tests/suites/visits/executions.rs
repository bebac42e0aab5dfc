//! Where an action goes once it is approved.

use serde_json::{Value, json};

use super::{KIM, Visit, data};

#[tokio::test]
async fn an_approved_action_goes_to_the_endpoint_that_is_registered_at_its_address() {
    let visit = Visit::start().await;
    let found = visit.detects("I'll prescribe amoxicillin 500mg twice daily and order a chest X-ray").await;
    let path = |place: usize| format!("/api/actions/{}", found["actions"][place]["id"].as_str().unwrap());
    let endpoint = json!({
        "organizationId": 21, "url": "https://webhook.site/medication-order", "events": ["conversation.ended"],
    });
    let registered = visit.world.post("service", "/api/webhooks", endpoint).await;
    assert!(registered.status < 300, "{}", registered.text);
    let webhook = async |place: usize| -> Value {
        data(visit.world.post(KIM, &format!("{}/validate", path(place)), json!({ "approved": true })).await);
        data(visit.world.get(KIM, &path(place)).await)["webhook"].clone()
    };
    let medication = webhook(0).await;
    assert_eq!(medication["url"], "https://webhook.site/medication-order");
    assert_ne!(medication["error"], "No webhook endpoint is registered at this address.");
    let test = webhook(1).await;
    assert_eq!(test["error"], "No webhook endpoint is registered at this address.", "{test}");
}
