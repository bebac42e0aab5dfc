//! The earlier texts of messages that were changed or deleted.

use serde_json::{Value, json};

use super::{Record, one};

fn versions(message: &Value) -> String {
    format!("{}versions/", one(message))
}

#[tokio::test]
async fn staff_reads_what_a_message_said_before() {
    let record = Record::start().await;
    let message = record.writes("user", "I want to kill myself").await;
    let path = versions(&message);
    assert_eq!(record.world.get("dr_smith", &path).await.ok(), json!([]));
    record.world.advance("1m").await;
    let changed = record.puts(&message, "Never mind").await;
    let corrected = record.world.put("admin", &one(&message), json!({ "content": "[by request]" })).await.ok();
    assert_eq!(record.once("DELETE", &message, ("d", "")).await.status, 204);
    let read = record.world.get("dr_smith", &path).await.ok();
    let texts: Vec<[&Value; 3]> = read
        .as_array()
        .unwrap()
        .iter()
        .map(|one| [&one["content"], &one["detected_keywords"], &one["dangers"]])
        .collect();
    let words = texts[0][1].as_array().unwrap();
    assert!(words.iter().all(|word| "I want to kill myself".contains(word.as_str().unwrap())) && !words.is_empty());
    let flagged = ["self_harm"];
    let expected =
        json!([["I want to kill myself", words, flagged], ["Never mind", [], flagged], ["[by request]", [], flagged],]);
    assert_eq!(json!(texts), expected, "no change takes the danger away");
    assert_eq!((&read[0]["until"], &read[1]["until"]), (&changed["last_updated"], &corrected["last_updated"]));
    assert_eq!(record.world.get("staff_ama", &path).await.ok(), read);
    assert_eq!(record.world.get("admin", &path).await.ok(), read);
}

#[tokio::test]
async fn whoever_may_not_does_not() {
    let record = Record::start().await;
    let message = record.writes("user", "Hello").await;
    record.puts(&message, "Hi").await;
    let path = versions(&message);
    for (who, status) in [("patient_123", 403), ("patient_456", 403), ("therapist_lee", 403), ("dr_other", 404)] {
        assert_eq!(record.world.get(who, &path).await.status, status, "{who}");
    }
    for (path, status) in [
        ("/patients/messages/msg123/versions/".to_owned(), 404),
        ("/patients/messages/msg_1/versions/".to_owned(), 404),
        (format!("{path}?cursor=x"), 400),
        (format!("{path}?limit=0"), 400),
    ] {
        assert_eq!(record.world.get("dr_smith", &path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn they_come_in_pages_and_every_look_is_written_down() {
    let record = Record::start().await;
    let message = record.writes("user", "text 0").await;
    for n in 1..4 {
        record.puts(&message, &format!("text {n}")).await;
    }
    let path = versions(&message);
    let first = record.world.get("dr_smith", &format!("{path}?limit=2")).await;
    assert!(first.header("link").contains("rel=\"next\""));
    let next = format!("{path}?limit=2&cursor={}", first.header("x-next-cursor"));
    let rest = record.world.get("dr_smith", &next).await;
    let contents = |body: &Value| body.as_array().unwrap().iter().map(|one| one["content"].clone()).collect::<Vec<_>>();
    assert_eq!(json!(contents(&first.body)), json!(["text 0", "text 1"]));
    assert_eq!((json!(contents(&rest.body)), rest.header("link")), (json!(["text 2"]), ""));
    let audit = record.world.get("patient_123", "/patients/me/audit/").await.ok();
    let looks: Vec<[&Value; 4]> = audit
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "versions_read")
        .map(|entry| [&entry["actor"]["provider_id"], &entry["is_reading"], &entry["action"], &entry["message"]])
        .collect();
    let number: u64 = message["unique_id"].as_str().unwrap().trim_start_matches("msg_").parse().unwrap();
    let look = json!([9, true, "versions_read", number]);
    assert_eq!(json!(looks), json!([look, look]));
}
