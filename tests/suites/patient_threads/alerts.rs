//! Alerts: listed, acknowledged once, and what they do to lists.

use serde_json::json;
use tests::World;

use super::Shared;

#[tokio::test]
async fn an_alert_is_acknowledged_by_somebody() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("My blood pressure is 190/125").await;
    let alert = shared.alerts().await.remove(0);
    assert_eq!((&alert["alert_type"], &alert["severity"]), (&json!("abnormal_reading"), &json!("emergency")));
    assert_eq!(shared.thread().await["open_alerts"], 1);
    let path = shared.path(&format!("alerts/{}/acknowledge/", alert["alert_id"].as_str().unwrap()));
    let done = shared.world.post("dr_jones", &path, json!(null)).await.ok();
    assert_eq!((&done["acknowledged"], &done["acknowledged_by"]), (&json!(true), &json!(10)));
    let again = shared.world.post("dr_smith", &path, json!(null)).await.ok();
    assert_eq!(again["acknowledged_by"], 10, "the first who says so counts");
    assert_eq!(shared.thread().await["open_alerts"], 0);
    assert!(shared.open_alerts().await.is_empty());
}

#[tokio::test]
async fn alerts_of_nowhere_and_of_others() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("My blood pressure is 190/125").await;
    let alert = shared.alerts().await.remove(0)["alert_id"].as_str().unwrap().to_owned();
    let other = shared.world.converse("dr_smith", "+2348012345679").await;
    let elsewhere = format!("/patient-threads/{}/alerts/{alert}/acknowledge/", other.public_id);
    for path in [elsewhere, shared.path("alerts/alert_1/acknowledge/"), shared.path("alerts/x/acknowledge/")] {
        assert_eq!(shared.world.post("dr_smith", &path, json!(null)).await.status, 404, "{path}");
    }
    let path = shared.path(&format!("alerts/{alert}/acknowledge/"));
    assert_eq!(shared.world.post("dr_other", &path, json!(null)).await.status, 404);
    assert_eq!(shared.open_alerts().await.len(), 1);
}

/// A thread that somebody must look at is never hidden by the window of the list.
#[tokio::test]
async fn a_thread_with_an_open_alert_stays_in_the_list() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("My blood pressure is 190/125").await;
    shared.world.say("dr_smith", &shared.id, "Please call me.").await.ok();
    shared.world.advance("30d").await;
    let listed = async || shared.world.get("dr_smith", "/providermessages/").await.ok().as_array().unwrap().len();
    assert_eq!(listed().await, 1);
    for alert in shared.alerts().await {
        let path = shared.path(&format!("alerts/{}/acknowledge/", alert["alert_id"].as_str().unwrap()));
        shared.world.post("dr_smith", &path, json!(null)).await.ok();
    }
    shared.world.advance("8d").await;
    assert_eq!(listed().await, 0, "dealing with it was the last that happened");
}
