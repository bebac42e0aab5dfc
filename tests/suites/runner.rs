//! The runner's own routes.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use serde_json::json;
use tests::{Answer, World};

#[tokio::test]
async fn accounts_and_tokens() {
    let world = World::start().await;
    let accounts = world.local_get("accounts").await;
    let keys: Vec<&str> = accounts.as_array().unwrap().iter().map(|account| account["key"].as_str().unwrap()).collect();
    insta::assert_snapshot!(keys.join(" "), @"dr_smith dr_jones dr_other staff_ama therapist_lee therapist_other subject_john subject_jane patient_123 patient_456 clinician_kim clinician_other service admin");
    let made = world
        .local_post(
            "token",
            json!({ "claims": { "sub": "x", "role": "doctor", "organization_id": 21, "provider_id": 9 } }),
        )
        .await;
    let answer =
        Answer::of(world.anonymous("GET", "/providermessages/").bearer_auth(made["token"].as_str().unwrap())).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_clock_moves_and_what_is_due_happens() {
    let world = World::start().await;
    let moved = world.local_post("clock", json!({ "set": "2031-05-01T12:00:00Z" })).await;
    assert!(moved["now"].as_str().unwrap().starts_with("2031-05-01T12:00:0"));
    for body in
        [json!({}), json!({ "advance": "soon" }), json!({ "set": "2020-01-01T00:00:00Z" }), json!({ "set": "x" })]
    {
        let answer = Answer::of(world.anonymous("POST", "/_local/clock").json(&body)).await;
        assert_eq!(answer.status, 400, "{body}");
    }
    assert_eq!(world.get("dr_smith", "/providermessages/").await.status, 200, "tokens outlast the move");
}

#[tokio::test]
async fn schedules_run_on_demand() {
    let world = World::start().await;
    assert_eq!(world.local_post("schedules/outbox-sweeper/run", json!({})).await["ran"], "outbox-sweeper");
    let unknown = Answer::of(world.anonymous("POST", "/_local/schedules/nothing/run")).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn webhooks_are_received_and_shown() {
    let world = World::start().await;
    let post = world.anonymous("POST", "/_local/webhooks/receive").header("webhook-id", "msg_1").body("{\"a\":1}");
    assert_eq!(Answer::of(post).await.status, 200);
    let received = world.local_get("webhooks").await;
    assert_eq!((&received[0]["body"], &received[0]["headers"]["webhook-id"]), (&json!("{\"a\":1}"), &json!("msg_1")));
}

#[tokio::test]
async fn queues_show_their_depth_and_dead_letters() {
    let world = World::start().await;
    let queues = world.local_get("queues").await;
    let names: Vec<&str> = queues.as_array().unwrap().iter().map(|queue| queue["name"].as_str().unwrap()).collect();
    let queues = ["Assistant", "Delivery", "Summary", "Transfer", "Webhook"]
        .map(|of| [format!("{of}DeadLetters"), format!("{of}Queue")]);
    assert_eq!(names, queues.concat());
}

#[tokio::test]
async fn a_hint_that_nobody_understands_ends_in_the_dead_letters() {
    let world = World::start().await;
    let url = world.stack.app.config.queues.delivery.clone();
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(format!("http://{}", world.stack.endpoints.aws))
        .build();
    let client = aws_sdk_sqs::Client::from_conf(config);
    client.send_message().queue_url(url).message_body("not a hint").send().await.unwrap();
    world.drain().await;
    // Five attempts, nine minutes apart.
    world.advance("50m").await;
    let queues = world.local_get("queues").await;
    assert_eq!((&queues[2]["visible"], &queues[3]["visible"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn people_reach_the_tables_on_one_port() {
    let world = World::start().await;
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(format!("http://{}", world.stack.endpoints.aws))
        .build();
    let tables = aws_sdk_dynamodb::Client::from_conf(config).list_tables().send().await.unwrap();
    assert_eq!(tables.table_names(), ["AuditTable", "GuardsTable", "MessagesTable", "RecordsTable", "ThreadsTable"]);
}

#[tokio::test]
async fn the_page_is_there() {
    let world = World::start().await;
    let page = Answer::of(world.anonymous("GET", "/")).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
}
