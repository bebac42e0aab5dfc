//! One message through four functions, each in a process of its own: a patient writes, a doctor answers, the hint to the
//! worker is lost, the sweeper repeats it, and the worker delivers.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use local::sqs::queue_url;
use platform::whatsapp::signature::sign;
use serde_json::{Value, json};

use crate::child::Function;
use crate::deployed::Deployed;
use crate::events::event;
use crate::http::Answer;
use crate::vault::APP_SECRET;

const PATIENT: &str = "15550100102";
/// A queue of the template that no poller of the stack empties, so that the hints are ours.
const QUEUE: &str = "DeliveryDeadLetters";

async fn start(deployed: &Deployed, name: &str) -> Function {
    let mut environment = deployed.environment(name);
    let url = queue_url(&deployed.world.stack.endpoints.sqs.to_string(), QUEUE);
    environment.insert("DELIVERY_QUEUE_URL".to_owned(), url);
    Function::start(name, &environment).await.expect("the function starts")
}

fn credentials() -> Credentials {
    Credentials::new("test", "test", None, None, "test")
}

/// The hints in the queue, which are gone then.
async fn hints(deployed: &Deployed) -> Vec<String> {
    let address = deployed.world.stack.endpoints.sqs;
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(credentials())
        .endpoint_url(format!("http://{address}"));
    let (client, queue) = (aws_sdk_sqs::Client::from_conf(config.build()), queue_url(&address.to_string(), QUEUE));
    let received = client.receive_message().queue_url(&queue).max_number_of_messages(10).send().await.expect("hints");
    for message in received.messages() {
        let deleted = client.delete_message().queue_url(&queue).set_receipt_handle(message.receipt_handle.clone());
        deleted.send().await.expect("a deletion");
    }
    received.messages().iter().filter_map(|message| message.body.clone()).collect()
}

/// The patient writes now, so that the doctor may answer: the file's message is too old for that.
async fn write(webhook: &Function, now: i64) {
    let mut message = event("whatsapp-webhook/message");
    let mut body: Value = serde_json::from_str(message["body"].as_str().expect("a body")).expect("JSON");
    body["entry"][0]["changes"][0]["value"]["messages"][0]["timestamp"] = now.to_string().into();
    let body = body.to_string();
    message["headers"]["x-hub-signature-256"] = sign(APP_SECRET, body.as_bytes()).into();
    message["body"] = body.into();
    assert_eq!(Answer::to(webhook, &message).await.line(), "200 EVENT_RECEIVED");
}

/// The doctor answers; the thread's number and the message's.
async fn answer(deployed: &Deployed, messages: &Function) -> (u64, u64) {
    let mut list = deployed.event("provider-messages/list-threads", "dr_smith");
    list["rawPath"] = json!("/providermessages/organization-threads/");
    let threads = Answer::to(messages, &list).await.json();
    let texts: Vec<_> =
        threads[0]["messages"].as_array().expect("messages").iter().map(|m| &m["message_value"]).collect();
    assert_eq!(texts, ["Hello?", "Hello, may I ask something?"]);
    let mut send = deployed.event("provider-messages/send-message-without-text", "dr_smith");
    send["body"] = json!({ "public_id": threads[0]["public_id"], "message": "Yes, please." }).to_string().into();
    let sent = Answer::to(messages, &send).await.json();
    assert_eq!((&sent["success"], &sent["delivery"]["status"]), (&json!(true), &json!("queued")));
    let message = sent["message_id"].as_u64().expect("an id");
    (sent["thread_id"].as_u64().expect("an id"), message % (1 << 20))
}

/// Makes a message due, as time would.
async fn make_due(deployed: &Deployed, (thread, seq): (u64, u64)) {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(credentials())
        .endpoint_url(format!("http://{}", deployed.world.stack.endpoints.dynamodb));
    let update = aws_sdk_dynamodb::Client::from_conf(config.build())
        .update_item()
        .table_name("MessagesTable")
        .key("thread", AttributeValue::N(thread.to_string()))
        .key("seq", AttributeValue::N(seq.to_string()))
        .update_expression("SET due = :past")
        .condition_expression("attribute_exists(due)")
        .expression_attribute_values(":past", AttributeValue::N("1".to_owned()));
    update.send().await.expect("the message");
}

#[tokio::test]
async fn a_message_whose_hint_is_lost_arrives() {
    let deployed = Deployed::new().await;
    // The simulated Meta lets nothing through to a patient who never wrote, and it knows of its own webhooks only.
    assert_eq!(deployed.world.inbound(PATIENT, "Hello?").await, 200);
    let webhook = start(&deployed, "whatsapp-webhook").await;
    write(&webhook, deployed.world.stack.app.now().seconds()).await;
    let messages = start(&deployed, "provider-messages").await;
    let (thread, seq) = answer(&deployed, &messages).await;
    let hint = format!(r#"{{"thread":{thread}}}"#);
    assert_eq!(hints(&deployed).await, [hint.as_str()]);

    let sweeper = start(&deployed, "outbox-sweeper").await;
    let schedule = event("outbox-sweeper/schedule");
    assert!(sweeper.invoke(&schedule).await.ok);
    assert_eq!(hints(&deployed).await, [""; 0], "it is not due yet");
    make_due(&deployed, (thread, seq)).await;
    assert!(sweeper.invoke(&schedule).await.ok);
    assert_eq!(hints(&deployed).await, [hint.as_str()]);

    let worker = start(&deployed, "whatsapp-delivery").await;
    let mut batch = event("whatsapp-delivery/hints");
    batch["Records"][1]["body"] = hint.into();
    for _ in 0..2 {
        assert_eq!(worker.invoke(&batch).await.body, json!({ "batchItemFailures": [] }), "{}", worker.output());
    }
    let sent = deployed.world.outbox(PATIENT).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].to_string().contains("Yes, please."), "{sent:?}");
}
