//! Memory: files pass through the functions in parts.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use local::sqs::queue_url;
use serde_json::{Value, json};
use tests::files::{jpeg, pdf};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::child::Function;
use crate::deployed::Deployed;
use crate::events::event;
use crate::http::Answer;

const MEGABYTE: u64 = 1 << 20;
const DOCUMENT: usize = 100 << 20;
const PATIENT: &str = "+15550100104";
/// A queue of the template that no poller of the stack empties, so that the hints are ours.
const QUEUE: &str = "DeliveryDeadLetters";
/// How long a worker is given hints.
const PATIENCE: Duration = Duration::from_secs(100);
/// One large file at a time: side by side they would only wait for each other.
static LARGE: Mutex<()> = Mutex::const_new(());

/// A hint as it reaches a worker.
fn hint(body: &Value) -> Value {
    let mut batch = event("whatsapp-delivery/hints");
    batch["Records"].as_array_mut().expect("records").truncate(1);
    batch["Records"][0]["body"] = body.to_string().into();
    batch
}

/// Gives a worker a hint until what it is about is done. A busy machine may need more than one try; none may take too much.
async fn until(done: impl AsyncFn() -> bool, worker: &Function, body: &Value) {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let (_, memory) = worker.memory_of(&hint(body)).await;
        assert_below(memory, 64);
        if done().await {
            return;
        }
    }
    panic!("it does not come to an end: {}", worker.output());
}

#[track_caller]
fn assert_below(memory: u64, megabytes: u64) {
    assert!(memory < megabytes * MEGABYTE, "{} kB", memory / 1024);
}

#[tokio::test]
async fn an_upload_of_4_megabytes_takes_less_than_32() {
    let deployed = Deployed::new().await;
    let function = deployed.start("uploads").await;
    let mut upload = deployed.event("uploads/upload-file", "dr_smith");
    Answer::to(&function, &upload).await.json();
    let head = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
    let body = [&head[..], &jpeg(4 << 20), b"\r\n--b--\r\n"].concat();
    upload["headers"]["content-type"] = "multipart/form-data; boundary=b".into();
    upload["headers"]["content-length"] = body.len().to_string().into();
    upload["body"] = STANDARD.encode(body).into();
    let (reply, memory) = function.memory_of(&upload).await;
    assert_eq!(reply.body["statusCode"], 200, "{}", function.output());
    assert_below(memory, 32);
}

/// From a browser into the bucket, through the completion, and on to WhatsApp.
#[tokio::test]
async fn a_document_of_100_megabytes_takes_less_than_64_on_its_way_to_a_patient() {
    let _alone = LARGE.lock().await;
    let deployed = Deployed::new().await;
    let world = &deployed.world;
    let thread = world.converse("dr_smith", PATIENT).await;
    // The stack's own workers must not be told, so that ours is the one that works.
    world.local_post("hold", json!({ "point": "sweep-found" })).await;
    let form = world.form("dr_smith", "application/pdf", DOCUMENT).await;
    assert_eq!(world.put_by_form(&form, pdf(DOCUMENT)).await, 204);

    let uploads = deployed.start("uploads").await;
    Answer::to(&uploads, &deployed.event("uploads/upload-file", "dr_smith")).await.json();
    let mut complete = deployed.event("uploads/upload-url", "dr_smith");
    let path = format!("/ai-processing/upload-url/{}/complete/", form["unique_id"].as_str().expect("an id"));
    complete["rawPath"] = path.into();
    let (reply, memory) = uploads.memory_of(&complete).await;
    assert_eq!(reply.body["statusCode"], 200, "{}", uploads.output());
    assert_below(memory, 64);

    let mut environment = deployed.environment("provider-messages");
    let url = queue_url(&world.stack.endpoints.sqs.to_string(), QUEUE);
    environment.insert("DELIVERY_QUEUE_URL".to_owned(), url);
    let messages = Function::start("provider-messages", &environment).await.expect("the function starts");
    let mut send = deployed.event("provider-messages/send-message-without-text", "dr_smith");
    let body = json!({ "public_id": thread.public_id, "media_url": form["s3_url"], "media_type": "document" });
    send["body"] = body.to_string().into();
    Answer::to(&messages, &send).await.json();

    let worker = deployed.start("whatsapp-delivery").await;
    let sent = async || world.outbox(PATIENT).await.last().expect("a message")["document"]["id"].is_string();
    until(sent, &worker, &json!({ "thread": thread.thread_id })).await;
}

#[tokio::test]
async fn a_document_of_100_megabytes_takes_less_than_64_on_its_way_from_a_patient() {
    let _alone = LARGE.lock().await;
    let deployed = Deployed::new().await;
    let world = &deployed.world;
    let thread = world.converse("dr_smith", PATIENT).await;
    world.local_post("hold", json!({ "point": "sweep-found" })).await;
    // The hint is lost, so that the stack's own worker does not fetch it.
    world.local_post("crash", json!({ "point": "inbound-kept" })).await;
    world.inbound_file(PATIENT, ("document", json!({})), &pdf(DOCUMENT)).await;
    let shown = world.messages("dr_smith", &thread.public_id).await.pop().expect("a message");
    assert_eq!(shown["media_status"], "pending");

    let worker = deployed.start("media-transfers").await;
    let messages = async || world.messages("dr_smith", &thread.public_id).await;
    let ready = async || messages().await.pop().expect("a message")["media_status"] == "ready";
    until(ready, &worker, &json!({ "message": shown["message_id"] })).await;
}
