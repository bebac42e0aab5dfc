//! The list of shared threads: in pages, and unchanged for one small read.

use serde_json::{Value, json};
use tests::World;

/// Three threads, each a second after the one before.
async fn three_threads() -> (World, Vec<Value>) {
    let world = World::start().await;
    let mut ids = Vec::new();
    for number in 0..3 {
        let patient = world.patient("dr_smith", &format!("+234801234568{number}")).await;
        let body = json!({ "patient_id": patient, "query": "Hello" });
        let started = world.post("dr_smith", "/patient-threads/send/", body).await.ok();
        ids.push(started["public_id"].clone());
        world.drain().await;
        world.advance("2s").await;
    }
    (world, ids)
}

fn ids(list: &Value) -> Vec<Value> {
    list["threads"].as_array().unwrap().iter().map(|thread| thread["public_id"].clone()).collect()
}

#[tokio::test]
async fn pages_show_every_thread_once_the_last_moved_first() {
    let (world, mut expected) = three_threads().await;
    expected.reverse();
    let first = world.get("dr_smith", "/patient-threads/?limit=2").await;
    assert_eq!(ids(&first.body), expected[..2]);
    let cursor = first.header("x-next-cursor").to_owned();
    assert!(first.header("link").contains(&cursor));
    let second = world.get("dr_smith", &format!("/patient-threads/?limit=2&cursor={cursor}")).await;
    assert_eq!(ids(&second.body), expected[2..]);
    assert_eq!(second.body["doctor"]["name"], "Dr. Smith");
    assert!(!second.headers.contains_key("x-next-cursor"), "the end");
    for query in ["limit=0", "limit=26", "cursor=x"] {
        assert_eq!(world.get("dr_smith", &format!("/patient-threads/?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn an_unchanged_list_is_not_sent_again_and_a_new_name_is() {
    let (world, _) = three_threads().await;
    world.advance("1m").await;
    let tag = world.get("dr_smith", "/patient-threads/").await.header("etag").to_owned();
    let known = async || {
        let request = world.request("dr_smith", "GET", "/patient-threads/").header("if-none-match", &tag);
        tests::Answer::of(request).await
    };
    assert_eq!(known().await.status, 304);
    let provider = json!({ "organization_id": 21, "name": "Dr. John Smith", "role": "doctor" });
    world.put("service", "/providers/9/", provider).await.ok();
    let changed = known().await;
    assert_eq!((changed.status, &changed.body["doctor"]["name"]), (200, &json!("Dr. John Smith")));
}
