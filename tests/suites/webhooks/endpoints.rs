//! Making, reading, changing and removing endpoints, their secrets and attempts.

use tests::Answer;

use super::*;

#[tokio::test]
async fn an_endpoint_from_its_making_to_its_end() {
    let world = World::start().await;
    let body = json!({
        "url": "https://webhook.site/medication-order", "events": ["medical.action.detected"], "description": " Pharmacy ",
        "organizationId": 21,
    });
    let made = world.post("service", "/api/webhooks", body).await.ok()["data"].clone();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    let mut shown = world.get("service", &path(&made, "")).await.ok();
    assert_eq!(shown["data"]["id"], made["id"]);
    for field in ["id", "createdAt", "updatedAt"] {
        shown["data"][field] = json!("…");
    }
    insta::assert_json_snapshot!(shown, @r#"
    {
      "data": {
        "createdAt": "…",
        "description": "Pharmacy",
        "events": [
          "medical.action.detected"
        ],
        "failingSince": null,
        "id": "…",
        "organizationId": 21,
        "status": "enabled",
        "updatedAt": "…",
        "url": "https://webhook.site/medication-order"
      },
      "success": true
    }
    "#);
    let changed =
        change(&world, &made, json!({ "events": ["conversation.ended"], "description": null, "enabled": false })).await;
    assert_eq!((&changed["events"], &changed["description"]), (&json!(["conversation.ended"]), &Value::Null));
    assert_eq!((&changed["status"], &changed["disabledReason"]), (&json!("disabled"), &json!("by_owner")));
    let list = world.get("admin", "/api/webhooks?organizationId=21").await.ok();
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert!(!list.to_string().contains("whsec_"), "a secret is shown once");
    let gone = Answer::of(world.request("service", "DELETE", &path(&made, ""))).await.ok();
    assert_eq!(gone["data"]["deleted"], true);
    assert_eq!(world.get("service", &path(&made, "")).await.status, 404);
    assert_eq!(world.get("service", "/api/webhooks?organizationId=21").await.ok()["data"], json!([]));
}

#[tokio::test]
async fn a_repeated_request_makes_one_endpoint_and_rotates_once() {
    let world = World::start().await;
    let body = json!({ "url": "https://hooks.example.com/a", "organizationId": 21 });
    let first = world.post_once("service", "/api/webhooks", ("k", &body)).await.ok();
    let again = world.post_once("service", "/api/webhooks", ("k", &body)).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.ok(), first);
    let rotate = path(&first["data"], "/rotate-secret");
    let rotated = world.post_once("service", &rotate, ("r", &Value::Null)).await.ok();
    let again = world.post_once("service", &rotate, ("r", &Value::Null)).await.ok();
    assert_eq!(again["data"]["secret"], rotated["data"]["secret"]);
    assert_ne!(first["data"]["secret"], rotated["data"]["secret"]);
    assert!(rotated["data"]["previousSecretExpiresAt"].is_string());
    assert_eq!(world.get("service", "/api/webhooks?organizationId=21").await.ok()["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_organization_has_twenty_endpoints_at_most() {
    let world = World::start().await;
    for index in 0..20 {
        subscribe(&world, &format!("https://hooks.example.com/{index}")).await;
    }
    let body = json!({ "url": "https://hooks.example.com/20", "organizationId": 21 });
    let refused = world.post("service", "/api/webhooks", body.clone()).await;
    assert_eq!((refused.status, refused.body["error"]["code"].clone()), (400, json!("WEBHOOK_LIMIT_REACHED")));
    let elsewhere = json!({ "url": "https://hooks.example.com/20", "organizationId": 22 });
    assert_eq!(world.post("service", "/api/webhooks", elsewhere).await.status, 200);
}

/// Signed with both secrets, heard by the receiver that knows the first one, and listed attempt by attempt.
#[tokio::test]
async fn an_endpoint_is_told_and_can_check_who_tells() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let endpoint = subscribe_receiver(&world).await;
    happens(&world, thread.thread_id, 1).await;
    world.drain().await;
    world.post("service", &path(&endpoint, "/rotate-secret"), Value::Null).await.ok();
    happens(&world, thread.thread_id, 2).await;
    world.drain().await;
    let received = received(&world).await;
    assert_eq!(received.iter().map(number).collect::<Vec<_>>(), [1, 2]);
    assert!(received.iter().all(|one| one["verified"] == true), "{received:?}");
    let headers = &received[1]["headers"];
    assert_eq!(headers["webhook-signature"].as_str().unwrap().split(' ').count(), 2);
    assert_eq!(
        (&headers["user-agent"], &headers["content-type"]),
        (&json!("Careline-Webhooks/1.0"), &json!("application/json"))
    );
    let list = path(&endpoint, "/attempts?limit=1");
    let first = world.get("service", &list).await;
    let cursor = first.header("x-next-cursor").replace('#', "%23");
    let first = first.ok();
    assert_eq!((&first["meta"]["hasMore"], &first["data"][0]["result"]), (&json!(true), &json!("delivered")));
    assert_eq!(first["data"][0]["eventId"], headers["webhook-id"]);
    let rest = world.get("service", &format!("{list}&cursor={cursor}")).await.ok();
    assert_eq!((&rest["meta"]["hasMore"], &rest["data"][0]["attempt"]), (&json!(false), &json!(1)));
    assert_eq!(rest["data"][0]["eventId"], received[0]["headers"]["webhook-id"]);
}

#[tokio::test]
async fn what_happened_is_told_again_when_it_is_asked_for() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let endpoint = subscribe_receiver(&world).await;
    let now = world.local_get("clock").await["now"].clone();
    for number in 1..=3 {
        happens(&world, thread.thread_id, number).await;
    }
    world.drain().await;
    let replay = world.post("service", &path(&endpoint, "/replay"), json!({ "since": now })).await.ok();
    assert_eq!(replay["data"]["status"], "queued");
    world.drain().await;
    assert_eq!(received(&world).await.iter().map(number).collect::<Vec<_>>(), [1, 2, 3, 1, 2, 3]);
    change(&world, &endpoint, json!({ "enabled": false })).await;
    let refused = world.post("service", &path(&endpoint, "/replay"), json!({ "since": now })).await;
    assert_eq!((refused.status, refused.body["error"]["code"].clone()), (409, json!("CONFLICT")));
}
