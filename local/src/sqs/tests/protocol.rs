//! Messages by the protocol: digests, what is returned, limits, refusals and batches.

use serde_json::{Value, json};

use super::super::QueueSettings;
use super::World;

fn world() -> World {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world
}

fn text(value: &str) -> Value {
    json!({"DataType": "String", "StringValue": value})
}

/// The digests are those that AWS itself gave for the same messages.
#[tokio::test]
async fn digests_are_those_of_aws_and_cover_what_is_returned() {
    let world = world();
    let attributes = json!({"General": text("Kenobi"), "Hello": text("There"), "Help.Me": text("Me")});
    let send = json!({"QueueUrl": "q", "MessageBody": "msg", "MessageAttributes": attributes});
    let (_, sent) = world.request("SendMessage", &send).await;
    assert_eq!(sent["MD5OfMessageBody"], "6e2baaf3b97dbeef01c0043275f9a0e7");
    assert_eq!(sent["MD5OfMessageAttributes"], "4c360f3fdafd970e05fae2f149d997f5");
    let cases = [
        (json!([]), Value::Null),
        (json!(["All"]), json!("4c360f3fdafd970e05fae2f149d997f5")),
        (json!([".*"]), json!("4c360f3fdafd970e05fae2f149d997f5")),
        (json!(["Hello", "General"]), json!("fca026605781cb4126a1e9044df24232")),
        (json!(["Hello", "Nothing"]), json!("a311262e065454b75da111d535b8dacd")),
        (json!(["Hel.*"]), json!("83fee93c1bcd8b9a5a923ffacdc636c7")),
        (json!(["Nothing"]), Value::Null),
    ];
    for (names, digest) in cases {
        let receive = json!({"QueueUrl": "q", "VisibilityTimeout": 0, "MessageAttributeNames": names});
        let (_, answer) = world.request("ReceiveMessage", &receive).await;
        assert_eq!(answer["Messages"][0]["MD5OfMessageAttributes"], digest, "{names}");
        assert_eq!(answer["Messages"][0]["MD5OfBody"], "6e2baaf3b97dbeef01c0043275f9a0e7");
    }
}

#[tokio::test]
async fn binary_attributes_are_digested_as_their_bytes() {
    let encoded = "dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlkYS0wMQ==";
    let attributes = json!({"attr1": {"DataType": "Binary", "BinaryValue": encoded}});
    let send = json!({"QueueUrl": "q", "MessageBody": "test", "MessageAttributes": attributes});
    let (_, sent) = world().request("SendMessage", &send).await;
    assert_eq!(sent["MD5OfMessageAttributes"], "8cbe4db156db8a94db8b801b7addb984");
}

#[tokio::test]
async fn system_attributes_are_returned_when_asked_for() {
    let world = world();
    let trace = json!({"AWSTraceHeader": text("Root=1-5e3d83c1-e6a0db584850d61342823d4c")});
    let send = json!({
        "QueueUrl": "q", "MessageBody": "hi", "MessageGroupId": "tenant", "MessageSystemAttributes": trace
    });
    let (_, sent) = world.request("SendMessage", &send).await;
    assert!(sent["MD5OfMessageSystemAttributes"].is_string());
    world.advance(250);
    let receive = json!({"QueueUrl": "q", "MessageSystemAttributeNames": ["All"]});
    let (_, answer) = world.request("ReceiveMessage", &receive).await;
    let expected = json!({
        "ApproximateFirstReceiveTimestamp": "1767225600250",
        "ApproximateReceiveCount": "1",
        "AWSTraceHeader": "Root=1-5e3d83c1-e6a0db584850d61342823d4c",
        "MessageGroupId": "tenant",
        "SenderId": "000000000000",
        "SentTimestamp": "1767225600000",
    });
    assert_eq!(answer["Messages"][0]["Attributes"], expected);
    world.advance(30_000);
    let receive = json!({"QueueUrl": "q", "AttributeNames": ["ApproximateReceiveCount"]});
    let (_, answer) = world.request("ReceiveMessage", &receive).await;
    assert_eq!(answer["Messages"][0]["Attributes"], json!({"ApproximateReceiveCount": "2"}));
}

#[tokio::test]
async fn a_message_may_be_one_mebibyte_long_with_its_attributes() {
    let world = world();
    let body = |length: usize| json!({"QueueUrl": "q", "MessageBody": "x".repeat(length)});
    assert_eq!(world.request("SendMessage", &body(1_048_576)).await.0, 200);
    let (status, refused) = world.request("SendMessage", &body(1_048_577)).await;
    assert_eq!((status, &refused["__type"]), (400, &json!("com.amazonaws.sqs#InvalidParameterValueException")));
    assert_eq!(
        refused["message"],
        "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."
    );
    let mut with_attribute = body(1_048_576 - 10);
    with_attribute["MessageAttributes"] = json!({"four": text("x")});
    assert_eq!(world.request("SendMessage", &with_attribute).await.0, 400);
}

const INVALID: &str = "InvalidParameterValue;Sender";
const MISSING: &str = "MissingParameter;Sender";
const NO_QUEUE: &str = "AWS.SimpleQueueService.NonExistentQueue;Sender";
const CONTENTS: &str = "InvalidMessageContents;Sender";

/// Sends each request, which differs from a good one by a change, and expects the code.
async fn expect_refusals(action: &str, good: &Value, cases: &[(Value, &str)]) {
    let world = world();
    for (change, code) in cases {
        let mut request = good.clone();
        request.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = world.answer(action, &request).await;
        assert_eq!((answer.status, answer.error_type.as_deref()), (400, Some(*code)), "{action} {change}");
    }
    assert_eq!(world.depth("q"), (0, 0, 0));
}

#[tokio::test]
async fn bad_messages_get_the_documented_code() {
    let attribute = |name: &str, value: Value| json!({"MessageAttributes": {name: value}});
    let eleven: serde_json::Map<_, _> = (0..11).map(|number| (format!("a{number}"), text("v"))).collect();
    let cases = [
        (json!({"QueueUrl": "none"}), NO_QUEUE),
        (json!({"QueueUrl": ""}), MISSING),
        (json!({"MessageBody": ""}), MISSING),
        (json!({"MessageBody": "a\u{0}b"}), CONTENTS),
        (json!({"MessageBody": "a\u{FFFE}b"}), CONTENTS),
        (json!({"DelaySeconds": 901}), INVALID),
        (json!({"DelaySeconds": -1}), INVALID),
        (json!({"MessageDeduplicationId": "1"}), INVALID),
        (json!({"MessageSystemAttributes": {"Other": text("v")}}), INVALID),
        (json!({"MessageAttributes": eleven}), INVALID),
        (attribute("AWS.x", text("v")), INVALID),
        (attribute("a..b", text("v")), INVALID),
        (attribute("empty", text("")), INVALID),
        (attribute("kind", json!({"DataType": "Text", "StringValue": "v"})), INVALID),
        (attribute("number", json!({"DataType": "Number", "StringValue": "v"})), INVALID),
        (attribute("binary", json!({"DataType": "Binary", "BinaryValue": "?"})), INVALID),
    ];
    expect_refusals("SendMessage", &json!({"QueueUrl": "q", "MessageBody": "x"}), &cases).await;
}

#[tokio::test]
async fn bad_receives_and_receipts_get_the_documented_code() {
    let cases = [
        (json!({"QueueUrl": "none"}), NO_QUEUE),
        (json!({"QueueUrl": null}), MISSING),
        (json!({"MaxNumberOfMessages": 0}), INVALID),
        (json!({"MaxNumberOfMessages": 11}), INVALID),
        (json!({"WaitTimeSeconds": 21}), INVALID),
        (json!({"VisibilityTimeout": 43_201}), INVALID),
        (json!({"AttributeNames": ["Nonsense"]}), "InvalidAttributeName;Sender"),
    ];
    expect_refusals("ReceiveMessage", &json!({"QueueUrl": "q"}), &cases).await;
    let cases = [
        (json!({}), "ReceiptHandleIsInvalid;Sender"),
        (json!({"ReceiptHandle": null}), MISSING),
        (json!({"QueueUrl": "none"}), NO_QUEUE),
    ];
    let request = json!({"QueueUrl": "q", "ReceiptHandle": "x", "VisibilityTimeout": 1});
    expect_refusals("DeleteMessage", &request, &cases).await;
    expect_refusals("ChangeMessageVisibility", &request, &cases).await;
}

#[tokio::test]
async fn what_is_no_request_is_refused_too() {
    let world = world();
    let (status, refused) = world.request("StartMessageMoveTask", &json!({})).await;
    assert_eq!((status, &refused["__type"]), (400, &json!("com.amazon.coral.service#UnknownOperationException")));
    let broken = world.queues.handle("AmazonSQS.SendMessage", b"{", super::HOST).await;
    let refused: Value = serde_json::from_slice(&broken.body).unwrap();
    assert_eq!(refused["__type"], "com.amazon.coral.service#SerializationException");
}

fn ids(entries: &Value) -> Vec<&str> {
    entries.as_array().unwrap().iter().map(|entry| entry["Id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_batch_of_messages_fails_entry_by_entry() {
    let world = world();
    let entries = json!([
        {"Id": "good", "MessageBody": "one"},
        {"Id": "long-delay", "MessageBody": "two", "DelaySeconds": 901},
        {"Id": "bad-text", "MessageBody": "\u{1}"},
        {"Id": "delayed", "MessageBody": "three", "DelaySeconds": 5},
    ]);
    let batch = json!({"QueueUrl": "q", "Entries": entries});
    let (status, answer) = world.request("SendMessageBatch", &batch).await;
    assert_eq!((status, ids(&answer["Successful"])), (200, vec!["good", "delayed"]));
    assert_eq!(ids(&answer["Failed"]), ["long-delay", "bad-text"]);
    assert_eq!(answer["Failed"][1]["Code"], "InvalidMessageContents");
    assert_eq!(answer["Failed"][1]["SenderFault"], true);
    assert_eq!(world.depth("q"), (1, 0, 1));
}

#[tokio::test]
async fn a_batch_of_receipts_fails_entry_by_entry() {
    let world = world();
    world.queues.send("q", "hello", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    let entries = json!([
        {"Id": "a", "ReceiptHandle": receipt, "VisibilityTimeout": 99},
        {"Id": "b", "ReceiptHandle": "nonsense", "VisibilityTimeout": 99},
        {"Id": "c", "ReceiptHandle": receipt},
    ]);
    let batch = json!({"QueueUrl": "q", "Entries": entries});
    let (_, answer) = world.request("ChangeMessageVisibilityBatch", &batch).await;
    assert_eq!((ids(&answer["Successful"]), ids(&answer["Failed"])), (vec!["a"], vec!["b", "c"]));
    let (_, answer) = world.request("DeleteMessageBatch", &batch).await;
    assert_eq!(answer["Successful"], json!([{"Id": "a"}, {"Id": "c"}]));
    assert_eq!(answer["Failed"][0]["Code"], "ReceiptHandleIsInvalid");
    assert_eq!(world.depth("q"), (0, 0, 0));
}

#[tokio::test]
async fn a_malformed_batch_fails_as_a_whole() {
    let world = world();
    let entry = |id: &str, length: usize| json!({"Id": id, "MessageBody": "x".repeat(length)});
    let many: Vec<_> = (0..11).map(|number| entry(&number.to_string(), 1)).collect();
    let cases = [
        (json!([]), "EmptyBatchRequest"),
        (json!(many), "TooManyEntriesInBatchRequest"),
        (json!([entry("a", 1), entry("a", 1)]), "BatchEntryIdsNotDistinct"),
        (json!([entry("a b", 1)]), "InvalidBatchEntryId"),
        (json!([entry("", 1)]), "InvalidBatchEntryId"),
        (json!([entry("a", 524_288), entry("b", 524_289)]), "BatchRequestTooLong"),
    ];
    for (entries, shape) in cases {
        let answer = world.answer("SendMessageBatch", &json!({"QueueUrl": "q", "Entries": entries})).await;
        let code = format!("AWS.SimpleQueueService.{shape};Sender");
        assert_eq!((answer.status, answer.error_type), (400, Some(code)));
    }
    assert_eq!(world.depth("q"), (0, 0, 0));
}

#[tokio::test]
async fn a_batch_may_have_ten_entries_and_one_mebibyte() {
    let world = world();
    let entry = |id: usize, length: usize| json!({"Id": id.to_string(), "MessageBody": "x".repeat(length)});
    let ten: Vec<_> = (0..10).map(|id| entry(id, 1)).collect();
    for entries in [json!(ten), json!([entry(0, 524_288), entry(1, 524_288)])] {
        let batch = json!({"QueueUrl": "q", "Entries": entries});
        assert_eq!(world.request("SendMessageBatch", &batch).await.1["Failed"], json!([]));
    }
    assert_eq!(world.depth("q"), (12, 0, 0));
}
