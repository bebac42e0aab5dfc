//! Functions behind a queue and a schedule.

use serde_json::{Value, json};

use crate::child::Function;
use crate::deployed::Deployed;
use crate::events::event;

#[tokio::test]
async fn a_batch_names_exactly_the_records_that_failed() {
    let deployed = Deployed::new().await;
    for worker in
        ["whatsapp-delivery", "assistant-replies", "media-transfers", "summary-generation", "webhook-delivery"]
    {
        names_what_failed(&deployed.start(worker).await, &event(&format!("{worker}/hints"))).await;
    }
}

async fn names_what_failed(function: &Function, hints: &Value) {
    let failed = json!({ "batchItemFailures": [{ "itemIdentifier": "19dd0b57-b21e-4ac1-bd88-01bbb068cb79" }] });
    for _ in 0..2 {
        let reply = function.invoke(hints).await;
        assert!(reply.ok, "{reply:?}");
        assert_eq!(reply.body, failed);
    }
    assert_eq!(
        function.invoke(&json!({ "Records": [hints["Records"][0]] })).await.body,
        json!({ "batchItemFailures": [] })
    );
}

#[tokio::test]
async fn a_schedule_is_answered_with_nothing() {
    let deployed = Deployed::new().await;
    for name in ["outbox-sweeper", "check-ins"] {
        let function = deployed.start(name).await;
        for _ in 0..2 {
            let reply = function.invoke(&event(&format!("{name}/schedule"))).await;
            assert!(reply.ok, "{reply:?}");
            assert_eq!(reply.body, Value::Null);
        }
    }
}
