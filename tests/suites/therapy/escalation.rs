//! Alerts that nobody reads go on.

use serde_json::{Value, json};

use super::Section;

#[tokio::test]
async fn to_the_next_therapist_and_at_last_to_the_operator() {
    let section = Section::start().await;
    let member = json!({ "organization_id": 21, "name": "Ann", "role": "therapist" });
    section.world.put("service", "/sections/7/members/22/", member).await.ok();
    section.says("I want to kill myself").await;
    section.world.advance("14m").await;
    assert_eq!(section.alerts().await[0]["escalations"], 0);
    section.world.advance("3m").await;
    let alert = section.alerts().await[0].clone();
    assert_eq!((&alert["escalations"], &alert["escalated_to"]), (&json!(1), &json!(22)));
    assert_eq!(section.world.count("AlertUnread").await, 0);
    section.world.advance("20m").await;
    let alert = section.alerts().await[0].clone();
    assert_eq!((&alert["escalations"], &alert["escalated_to"]), (&json!(2), &json!(null)));
    section.world.advance("2h").await;
    assert_eq!(section.world.count("AlertUnread").await, 1);
}

#[tokio::test]
async fn not_once_it_is_read() {
    let section = Section::start().await;
    section.says("I want to kill myself").await;
    section.world.advance("5m").await;
    let alert = section.alerts().await[0]["id"].clone();
    section.does("mark-alert-read", json!({ "alert_id": alert })).await.ok();
    section.world.advance("2h").await;
    let alert = section.dashboard("alerts").await["alerts"][0].clone();
    assert_eq!(alert["escalations"], 0);
    assert!((300..310).contains(&alert["seconds_to_acknowledge"].as_u64().unwrap()));
    assert_eq!(section.world.count("AlertUnread").await, 0);
}

#[tokio::test]
async fn at_once_to_the_operator_where_there_is_no_therapist() {
    let section = Section::start().await;
    section.of_nine("send", json!({ "content": "I want to kill myself" }), json!(21)).await.ok();
    section.world.advance("2m").await;
    assert_eq!(section.world.count("AlertUnread").await, 1);
}

/// What the minutes were when the alert was raised does not matter.
#[tokio::test]
async fn also_when_it_was_switched_off_meanwhile() {
    let section = Section::start().await;
    section.sets(json!({ "escalation_minutes": 0 })).await;
    section.says("I want to kill myself").await;
    section.world.advance("2h").await;
    assert_eq!(section.world.count("AlertUnread").await, 0);
    section.sets(json!({ "escalation_minutes": 15 })).await;
    section.world.advance("2h").await;
    assert_eq!(section.world.count("AlertUnread").await, 1);
}

/// A new danger is looked at now, however late the look at an older one is due.
#[tokio::test]
async fn by_the_minutes_of_today() {
    let section = Section::start().await;
    section.sets(json!({ "escalation_minutes": 1440 })).await;
    section.says("I want to kill myself").await;
    section.world.advance("10m").await;
    section.sets(json!({ "escalation_minutes": 5 })).await;
    section.says("I want to kill myself").await;
    section.world.advance("7m").await;
    assert_eq!(section.world.count("AlertUnread").await, 2);
}

#[tokio::test]
async fn every_one_of_a_flood() {
    let section = Section::start().await;
    for _ in 0..55 {
        section.says("I want to kill myself").await;
    }
    section.world.advance("20m").await;
    section.world.drain().await;
    assert!(section.alerts().await.iter().all(|alert| alert["escalations"] == 1));
    assert_eq!(section.world.count("AlertUnread").await, 55);
}

/// Nobody of the care team says how long: the operator hears of it after a quarter of an hour.
#[tokio::test]
async fn a_danger_on_whatsapp_too() {
    let world = tests::World::start().await;
    world.patient("dr_smith", "+2348012345678").await;
    world.inbound("+2348012345678", "I want to kill myself").await;
    world.drain().await;
    world.advance("14m").await;
    assert_eq!(world.count("AlertUnread").await, 0);
    world.advance("3m").await;
    assert_eq!(world.count("AlertUnread").await, 1);
}

/// Every step is told to whoever subscribed for it, by ids and kinds.
#[tokio::test]
async fn other_systems_hear_of_it() {
    let section = Section::start().await;
    let url = section.world.url("/_local/webhooks/receive");
    let endpoint = json!({ "url": url, "organizationId": 21, "events": ["alert.escalated"] });
    section.world.post("service", "/api/webhooks", endpoint).await.ok();
    section.says("I want to kill myself").await;
    section.world.advance("20m").await;
    section.world.drain().await;
    let received = section.world.local_get("webhooks").await;
    let bodies: Vec<Value> = received
        .as_array()
        .unwrap()
        .iter()
        .map(|one| serde_json::from_str(one["body"].as_str().unwrap()).unwrap())
        .collect();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    let told = (&bodies[0]["event"], &bodies[0]["alert"]["severity"], &bodies[0]["alert"]["escalatedTo"]);
    assert_eq!(told, (&json!("alert.escalated"), &json!("emergency"), &json!(null)));
    assert!(!received.to_string().contains("kill myself"));
}
