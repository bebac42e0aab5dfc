//! Queues by the protocol: creation, attributes, listing, purge.

use serde_json::{Value, json};

use super::super::{QueueSettings, Refusal};
use super::World;

async fn attributes(world: &World, names: &Value) -> Value {
    world.request("GetQueueAttributes", &json!({"QueueUrl": "q", "AttributeNames": names})).await.1["Attributes"].take()
}

#[tokio::test]
async fn a_queue_is_created_once_and_its_url_has_the_callers_host() {
    let world = World::in_memory();
    let url = json!({"QueueUrl": "http://127.0.0.1:4566/000000000000/q"});
    let create = json!({"QueueName": "q", "Attributes": {"VisibilityTimeout": "7"}});
    assert_eq!(world.request("CreateQueue", &create).await, (200, url.clone()));
    assert_eq!(world.request("CreateQueue", &create).await, (200, url.clone()));
    assert_eq!(world.request("CreateQueue", &json!({"QueueName": "q"})).await, (200, url.clone()));
    assert_eq!(world.request("GetQueueUrl", &json!({"QueueName": "q"})).await, (200, url));
    let other = json!({"QueueName": "q", "Attributes": {"VisibilityTimeout": "8"}});
    let (status, refused) = world.request("CreateQueue", &other).await;
    assert_eq!((status, &refused["__type"]), (400, &json!("com.amazonaws.sqs#QueueNameExists")));
    assert_eq!(
        refused["message"],
        "A queue already exists with the same name and a different value for attribute VisibilityTimeout"
    );
}

#[tokio::test]
async fn names_that_sqs_refuses_are_refused() {
    let world = World::in_memory();
    for name in ["", "a b", "a/b", "a.fifo", "é", &"x".repeat(81)] {
        assert_eq!(world.request("CreateQueue", &json!({"QueueName": name})).await.0, 400, "{name}");
        assert!(world.queues.create(&QueueSettings::new(name)).is_err(), "{name}");
    }
}

#[tokio::test]
async fn attributes_can_be_set_and_read_one_by_one_or_all() {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("dead")).unwrap();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world.advance(5_000);
    let policy = r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":"5"}"#;
    let set = json!({"VisibilityTimeout": "60", "RedrivePolicy": policy, "Policy": "{}"});
    let request = json!({"QueueUrl": "https://any.host/1/q", "Attributes": set});
    assert_eq!(world.request("SetQueueAttributes", &request).await, (200, json!({})));
    let all = attributes(&world, &json!(["All"])).await;
    assert_eq!(
        all,
        json!({
            "ApproximateNumberOfMessages": "0",
            "ApproximateNumberOfMessagesDelayed": "0",
            "ApproximateNumberOfMessagesNotVisible": "0",
            "CreatedTimestamp": "1767225600",
            "DelaySeconds": "0",
            "LastModifiedTimestamp": "1767225605",
            "MaximumMessageSize": "1048576",
            "MessageRetentionPeriod": "345600",
            "Policy": "{}",
            "QueueArn": "arn:aws:sqs:us-east-1:000000000000:q",
            "ReceiveMessageWaitTimeSeconds": "0",
            "RedrivePolicy": r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":5}"#,
            "SqsManagedSseEnabled": "false",
            "VisibilityTimeout": "60",
        })
    );
    let some = attributes(&world, &json!(["VisibilityTimeout", "KmsMasterKeyId"])).await;
    assert_eq!(some, json!({"VisibilityTimeout": "60"}));
    let removal = json!({"QueueUrl": "q", "Attributes": {"RedrivePolicy": "", "Policy": ""}});
    assert_eq!(world.request("SetQueueAttributes", &removal).await.0, 200);
    assert_eq!(attributes(&world, &json!(["RedrivePolicy", "Policy"])).await, Value::Null);
}

#[tokio::test]
async fn bad_attributes_are_refused_and_change_nothing() {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    let bad = [
        ("VisibilityTimeout", "43201", "InvalidAttributeValue"),
        ("VisibilityTimeout", "-1", "InvalidAttributeValue"),
        ("DelaySeconds", "901", "InvalidAttributeValue"),
        ("MessageRetentionPeriod", "59", "InvalidAttributeValue"),
        ("ReceiveMessageWaitTimeSeconds", "21", "InvalidAttributeValue"),
        ("MaximumMessageSize", "1048577", "InvalidAttributeValue"),
        ("FifoQueue", "true", "InvalidAttributeName"),
        ("Nonsense", "1", "InvalidAttributeName"),
        ("RedrivePolicy", "[]", "InvalidParameterValueException"),
        ("RedrivePolicy", r#"{"maxReceiveCount":1}"#, "InvalidParameterValueException"),
        ("RedrivePolicy", r#"{"deadLetterTargetArn":"dummy","maxReceiveCount":1}"#, "InvalidParameterValueException"),
    ];
    let before = attributes(&world, &json!(["All"])).await;
    for (name, value, shape) in bad {
        let request = json!({"QueueUrl": "q", "Attributes": {"DelaySeconds": "3", name: value}});
        let (status, refused) = world.request("SetQueueAttributes", &request).await;
        assert_eq!((status, refused["__type"].as_str().unwrap()), (400, format!("com.amazonaws.sqs#{shape}").as_str()));
    }
    assert_eq!(attributes(&world, &json!(["All"])).await, before);
}

#[tokio::test]
async fn creating_again_in_process_changes_the_settings_and_keeps_the_messages() {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world.queues.send("q", "kept", None).unwrap();
    world.advance(1_000);
    world.queues.create(&QueueSettings::new("q")).unwrap();
    let modified = json!(["LastModifiedTimestamp"]);
    assert_eq!(attributes(&world, &modified).await, json!({"LastModifiedTimestamp": "1767225600"}));
    world.queues.create(&QueueSettings { visibility_timeout_s: 5, ..QueueSettings::new("q") }).unwrap();
    assert_eq!(attributes(&world, &modified).await, json!({"LastModifiedTimestamp": "1767225601"}));
    assert_eq!(world.queues.receive("q", 1).unwrap().len(), 1);
    assert_eq!(world.queues.next_visible_at("q").unwrap(), Some(super::START_MS + 6_000));
    let refused = world.queues.create(&QueueSettings { delay_s: 901, ..QueueSettings::new("q") }).unwrap_err();
    assert_eq!(refused.refusal(), Some(Refusal::InvalidAttributeValue));
}

#[tokio::test]
async fn queues_are_listed_by_prefix_and_in_pages() {
    let world = World::in_memory();
    assert_eq!(world.request("ListQueues", &json!({})).await, (200, json!({})));
    for name in ["b", "a_1", "a-1", "a-2", "a%"].iter().filter(|name| !name.contains('%')) {
        world.queues.create(&QueueSettings::new(*name)).unwrap();
    }
    let url = |name: &str| format!("http://127.0.0.1:4566/000000000000/{name}");
    let (_, all) = world.request("ListQueues", &json!({})).await;
    assert_eq!(all, json!({"QueueUrls": [url("a-1"), url("a-2"), url("a_1"), url("b")]}));
    let (_, first) = world.request("ListQueues", &json!({"QueueNamePrefix": "a", "MaxResults": 2})).await;
    assert_eq!(first["QueueUrls"], json!([url("a-1"), url("a-2")]));
    let next = json!({"QueueNamePrefix": "a", "MaxResults": 2, "NextToken": first["NextToken"]});
    assert_eq!(world.request("ListQueues", &next).await.1, json!({"QueueUrls": [url("a_1")]}));
}

#[tokio::test]
async fn a_purge_empties_the_queue_at_most_once_a_minute() {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world.queues.send("q", "one", None).unwrap();
    world.queues.send("q", "two", Some(10)).unwrap();
    let purge = json!({"QueueUrl": "q"});
    assert_eq!(world.request("PurgeQueue", &purge).await, (200, json!({})));
    assert_eq!(world.depth("q"), (0, 0, 0));
    let (status, refused) = world.request("PurgeQueue", &purge).await;
    assert_eq!((status, &refused["__type"]), (403, &json!("com.amazonaws.sqs#PurgeQueueInProgress")));
    world.advance(60_000);
    assert_eq!(world.request("PurgeQueue", &purge).await.0, 200);
}

#[tokio::test]
async fn a_deleted_queue_takes_its_messages_with_it() {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world.queues.send("q", "gone", None).unwrap();
    assert_eq!(world.request("DeleteQueue", &json!({"QueueUrl": "q"})).await, (200, json!({})));
    assert_eq!(world.request("DeleteQueue", &json!({"QueueUrl": "q"})).await.0, 400);
    world.queues.create(&QueueSettings::new("q")).unwrap();
    assert_eq!(world.depth("q"), (0, 0, 0));
}
