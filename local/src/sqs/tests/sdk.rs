//! The real AWS SDK over a loopback socket.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_sqs::operation::delete_message::DeleteMessageError;
use aws_sdk_sqs::primitives::Blob;
use aws_sdk_sqs::types::{
    Message, MessageAttributeValue, MessageSystemAttributeName as SystemName, QueueAttributeName,
    SendMessageBatchRequestEntry,
};
use axum::body::Body;
use axum::http::Request;
use tokio::net::TcpListener;
use tower::ServiceExt;

use super::super::{QueueSettings, router};
use super::World;

async fn serve() -> (World, Client, String) {
    let world = World::in_memory();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let app = router(world.queues.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(format!("http://{host}"))
        .build();
    (world, Client::from_conf(config), host)
}

/// One attribute of each kind, with values that a careless server would change.
fn attributes() -> HashMap<String, MessageAttributeValue> {
    let attribute = |data_type: &str| MessageAttributeValue::builder().data_type(data_type);
    let key = Blob::new([0_u8, 255, 7]);
    let built = [
        ("who", attribute("String").string_value("Zoë").build()),
        ("priority", attribute("Number.label").string_value("-1.50e3").build()),
        ("key", attribute("Binary").binary_value(key).build()),
    ];
    built.into_iter().map(|(name, value)| (name.to_owned(), value.unwrap())).collect()
}

async fn receive_one(client: &Client, url: &str) -> Message {
    let receive = client.receive_message().queue_url(url).max_number_of_messages(10);
    let receive = receive.message_attribute_names("All");
    let receive = receive.message_system_attribute_names(SystemName::All);
    receive.send().await.unwrap().messages.unwrap().remove(0)
}

#[tokio::test]
async fn attributes_go_out_and_come_back() {
    let (_world, client, host) = serve().await;
    let created = client.create_queue().queue_name("q").send().await.unwrap();
    let url = created.queue_url.unwrap();
    assert_eq!(url, format!("http://{host}/000000000000/q"));
    let body = "{\"note\": \"¿qué?\"}\n";
    let send = client.send_message().queue_url(&url).message_body(body);
    let sent = send.set_message_attributes(Some(attributes())).send().await.unwrap();
    let received = receive_one(&client, &url).await;
    assert_eq!((received.message_id, received.body.as_deref()), (sent.message_id, Some(body)));
    assert_eq!(received.md5_of_body, sent.md5_of_message_body);
    assert_eq!(received.md5_of_message_attributes, sent.md5_of_message_attributes);
    assert_eq!(received.message_attributes.unwrap(), attributes());
    let system = received.attributes.unwrap();
    assert_eq!(system[&SystemName::SentTimestamp], super::START_MS.to_string());
}

#[tokio::test]
async fn a_receipt_extends_and_deletes() {
    let (world, client, host) = serve().await;
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world.queues.send("q", "hello", None).unwrap();
    let url = format!("http://{host}/000000000000/q");
    let receipt = receive_one(&client, &url).await.receipt_handle.unwrap();
    let change = client.change_message_visibility().queue_url(&url).receipt_handle(&receipt);
    change.visibility_timeout(99).send().await.unwrap();
    assert_eq!(world.queues.next_visible_at("q").unwrap(), Some(super::START_MS + 99_000));
    let delete = client.delete_message().queue_url(&url).receipt_handle(&receipt);
    delete.send().await.unwrap();
    assert_eq!(world.depth("q"), (0, 0, 0));
}

#[tokio::test]
async fn refusals_arrive_as_typed_errors() {
    let (world, client, host) = serve().await;
    world.queues.create(&QueueSettings::new("q")).unwrap();
    let missing = client.get_queue_url().queue_name("none").send().await.unwrap_err().into_service_error();
    assert!(missing.is_queue_does_not_exist());
    assert_eq!(missing.meta().code(), Some("AWS.SimpleQueueService.NonExistentQueue"));
    assert_eq!(missing.meta().message(), Some("The specified queue does not exist."));
    let url = format!("http://{host}/000000000000/q");
    let invalid = client.delete_message().queue_url(&url).receipt_handle("x").send().await.unwrap_err();
    assert!(matches!(invalid.into_service_error(), DeleteMessageError::ReceiptHandleIsInvalid(_)));
    let unknown = client.list_queue_tags().queue_url(&url).send().await.unwrap_err().into_service_error();
    assert_eq!(unknown.meta().code(), Some("UnknownOperationException"));
}

/// What the SDKs for other languages do, which post to the URL of the queue.
#[tokio::test]
async fn the_path_of_a_queue_url_answers_with_the_headers_of_the_protocol() {
    let world = World::in_memory();
    let request = Request::post("/000000000000/none").header("x-amz-target", "AmazonSQS.PurgeQueue");
    let request = request.body(Body::from(r#"{"QueueUrl": "http://any/000000000000/none"}"#)).unwrap();
    let response = router(world.queues).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 400);
    let headers = response.headers();
    assert_eq!(headers["content-type"], "application/x-amz-json-1.0");
    assert_eq!(headers["x-amzn-query-error"], "AWS.SimpleQueueService.NonExistentQueue;Sender");
    assert_eq!(headers["x-amzn-requestid"].len(), 36);
}

#[tokio::test]
async fn batches_report_each_entry() {
    let (world, client, host) = serve().await;
    world.queues.create(&QueueSettings::new("q")).unwrap();
    let url = format!("http://{host}/000000000000/q");
    let entry = |id: &str, delay: i32| {
        SendMessageBatchRequestEntry::builder().id(id).message_body(id).delay_seconds(delay).build().unwrap()
    };
    let batch = client.send_message_batch().queue_url(&url).entries(entry("now", 0)).entries(entry("never", 901));
    let answer = batch.send().await.unwrap();
    assert_eq!((answer.successful[0].id.as_str(), answer.failed[0].id.as_str()), ("now", "never"));
    assert!(answer.failed[0].sender_fault);
    let attributes =
        client.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::All).send().await.unwrap();
    let attributes = attributes.attributes.unwrap();
    assert_eq!(attributes[&QueueAttributeName::ApproximateNumberOfMessages], "1");
    assert_eq!(attributes[&QueueAttributeName::QueueArn], "arn:aws:sqs:us-east-1:000000000000:q");
    let listed = client.list_queues().send().await.unwrap();
    assert_eq!(listed.queue_urls.unwrap(), [url]);
}

#[tokio::test]
async fn a_long_poll_over_http_is_woken_by_a_send() {
    let (world, client, host) = serve().await;
    world.queues.create(&QueueSettings::new("q")).unwrap();
    let url = format!("http://{host}/000000000000/q");
    let poll = tokio::spawn(client.receive_message().queue_url(&url).wait_time_seconds(20).send());
    client.send_message().queue_url(&url).message_body("hello").send().await.unwrap();
    assert_eq!(poll.await.unwrap().unwrap().messages.unwrap()[0].body.as_deref(), Some("hello"));
}
