//! ETag and 304.

use serde_json::json;
use tests::{Answer, World};

const PHONE: &str = "+2348012345678";
const LISTS: [&str; 3] =
    ["/providermessages/", "/providermessages/organization-threads/", "/providermessages/all-patients/"];

async fn tag(world: &World, path: &str) -> String {
    let answer = world.get("dr_smith", path).await;
    assert_eq!(answer.status, 200);
    answer.header("etag").to_owned()
}

async fn status(world: &World, path: &str, tag: &str) -> u16 {
    let answer = Answer::of(world.request("dr_smith", "GET", path).header("if-none-match", tag)).await;
    if answer.status == 304 {
        assert!(answer.text.is_empty() && !answer.header("etag").is_empty());
    }
    answer.status
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let one = format!("/providermessages/{}/", thread.public_id);
    for path in LISTS.iter().copied().chain([one.as_str()]) {
        let tag = tag(&world, path).await;
        assert!(tag.starts_with("W/\""), "{path}");
        assert_eq!(status(&world, path, &tag).await, 304, "{path}");
        assert_eq!(status(&world, path, &format!("\"x\", {tag}")).await, 304, "{path}");
        assert_eq!(status(&world, path, "*").await, 304, "{path}");
        assert_eq!(status(&world, path, "W/\"x\"").await, 200, "{path}");
    }
}

#[tokio::test]
async fn a_young_tag_gives_way_to_one_that_lasts() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let one = format!("/providermessages/{}/", thread.public_id);
    let mut young = Vec::new();
    for path in LISTS.iter().copied().chain([one.as_str()]) {
        young.push((path, tag(&world, path).await));
    }
    world.advance("1m").await;
    for (path, young) in young {
        let lasting = tag(&world, path).await;
        assert!(lasting.len() < young.len(), "{path}: {young} {lasting}");
        assert_eq!((status(&world, path, &lasting).await, status(&world, path, &young).await), (304, 200), "{path}");
    }
}

#[tokio::test]
async fn every_change_that_shows_changes_the_tag() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let one = format!("/providermessages/{}/", thread.public_id);
    let paths = [LISTS[0], LISTS[1], one.as_str()];
    let tags = async || [tag(&world, paths[0]).await, tag(&world, paths[1]).await, tag(&world, paths[2]).await];
    let assert_moved = async |before: &[String; 3], what: &str| {
        for (path, tag) in paths.iter().zip(before) {
            assert_eq!(status(&world, path, tag).await, 200, "{what}: {path}");
        }
    };
    world.local_post("whatsapp/faults", json!({ "statuses": { "mode": "none" } })).await;
    let before = tags().await;
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    assert_moved(&before, "a message").await;
    world.drain().await;
    let before = tags().await;
    world.inbound(PHONE, "Hi").await;
    assert_moved(&before, "an answer").await;
    let (before, wamid) = (tags().await, world.outbox(PHONE).await.last().unwrap()["wamid"].clone());
    let value = json!({ "statuses": [{ "id": wamid, "status": "delivered" }] });
    let change = json!({ "field": "messages", "value": value });
    let envelope = json!({ "object": "whatsapp_business_account", "entry": [{ "changes": [change] }] });
    world.local_post("whatsapp/inbound", json!({ "payload": envelope })).await;
    assert_moved(&before, "a delivery").await;
}

#[tokio::test]
async fn patients_have_a_tag_of_their_own() {
    let world = World::start().await;
    let before = tag(&world, LISTS[2]).await;
    let patient = world.patient("dr_smith", PHONE).await;
    assert_eq!(status(&world, LISTS[2], &before).await, 200);
    let before = tag(&world, LISTS[2]).await;
    let body = json!({ "subscription_status": "pending", "subscription_id": 5 });
    world.put("service", &format!("/patients/{patient}/subscription/"), body).await.ok();
    assert_eq!(status(&world, LISTS[2], &before).await, 200);
}

#[tokio::test]
async fn a_tag_belongs_to_its_caller() {
    let world = World::start().await;
    world.converse("dr_smith", PHONE).await;
    let smith = tag(&world, LISTS[0]).await;
    let jones = Answer::of(world.request("dr_jones", "GET", LISTS[0]).header("if-none-match", smith)).await;
    assert_eq!((jones.status, jones.body), (200, json!([])));
}

#[tokio::test]
async fn a_window_that_moved_is_noticed() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    world.say("dr_smith", &thread.public_id, "Goodbye").await.ok();
    world.drain().await;
    let before = tag(&world, LISTS[0]).await;
    world.advance("8d").await;
    let later = Answer::of(world.request("dr_smith", "GET", LISTS[0]).header("if-none-match", before)).await;
    assert_eq!((later.status, later.body), (200, json!([])));
}
