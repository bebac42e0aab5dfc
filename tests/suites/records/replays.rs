//! A repeated request is answered as it was the first time, whatever became of the message since.

use serde_json::json;

use super::{Record, one};

#[tokio::test]
async fn whatever_became_of_the_message() {
    let record = Record::start().await;
    let body = json!({ "message_type": "user", "content": "Hello" });
    let created = record.world.post_once("patient_123", &record.messages(), ("c", &body)).await;
    let message = created.body.clone();
    record.world.advance("1m").await;
    let first = record.once("PUT", &message, ("p", "Good morning")).await;
    let same = record.once("PUT", &message, ("s", "Good morning")).await;
    record.world.advance("1m").await;
    record.puts(&message, "Good evening").await;
    for deleted in [false, true] {
        if deleted {
            assert_eq!(record.once("DELETE", &message, ("d", "")).await.status, 204);
        }
        let again = record.once("PUT", &message, ("p", "Good morning")).await;
        assert_eq!((again.status, &again.body), (200, &first.body), "deleted: {deleted}");
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(record.once("PUT", &message, ("s", "Good morning")).await.body, same.body);
        let again = record.world.post_once("patient_123", &record.messages(), ("c", &body)).await;
        assert_eq!((again.status, &again.body), (201, &message), "deleted: {deleted}");
    }
    let again = record.once("DELETE", &message, ("d", "")).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (204, "true"));
    assert_eq!(record.once("PUT", &message, ("p", "Good night")).await.status, 422, "another body");
    assert_eq!(record.once("PUT", &message, ("other", "Good morning")).await.status, 404);
    assert_eq!(record.world.get("patient_123", &one(&message)).await.status, 404);
}
