//! What each operation costs: calls, how many wait for each other, and capacity. The table in ARCHITECTURE.md is this test's.

use std::time::Duration;

use domain::read::HOLE_AGE;
use serde_json::{Value, json};
use tests::InProcess;
use tests::in_process::Answered;
use tests::in_process::visits::{said, with};
use tokio::time::Instant;

mod webhooks;

const PHONE: &str = "2348012345678";
const LATENCY: Duration = Duration::from_millis(10);
const ARCHITECTURE: &str = include_str!("../../ARCHITECTURE.md");

/// A row of the table.
struct Cost {
    name: &'static str,
    calls: usize,
    depth: u128,
    read: f64,
    write: f64,
}

async fn cost(world: &InProcess, name: &'static str, act: impl Future<Output = Answered>) -> (Cost, Answered) {
    world.faults.take_calls();
    let started = Instant::now();
    let answer = act.await;
    let depth = started.elapsed().as_millis() / LATENCY.as_millis();
    assert!(matches!(answer.status, 200 | 201 | 304), "{name}: {answer:?}");
    let (calls, capacity) = world.faults.take_calls();
    (Cost { name, calls: calls.len(), depth, read: capacity.read, write: capacity.write }, answer)
}

fn table(costs: &[Cost]) -> String {
    let mut table =
        "| operation | AWS calls | one after the other | read units | write units |\n|---|---|---|---|---|\n"
            .to_owned();
    for Cost { name, calls, depth, read, write } in costs {
        table += &format!("| {name} | {calls} | {depth} | {read} | {write} |\n");
    }
    table
}

#[tokio::test(start_paused = true)]
async fn the_table_in_the_architecture_is_true() {
    let mut world = InProcess::start(1).await;
    let limits =
        platform::config::RateLimits { reads: Some(300), writes: Some(100), uploads: Some(20), replies: Some(20) };
    world.app.config =
        std::sync::Arc::new(platform::Config { rate_limits: limits, ..world.app.config.as_ref().clone() });
    world.faults.each_takes(LATENCY);
    let costs = measure(&world).await;
    let named = |name: &str| costs.iter().find(|cost| cost.name == name).unwrap();
    for poll in ["unchanged list", "unchanged thread", "unchanged patients"] {
        let Cost { calls, read, .. } = named(poll);
        assert!(*read <= 1.0 && *calls <= 2, "{poll}: {read} units, {calls} calls");
    }
    assert!(named("send-message").calls <= 4);
    let table = table(&costs);
    assert!(ARCHITECTURE.contains(&table), "ARCHITECTURE.md must contain:\n{table}");
}

async fn measure(world: &InProcess) -> Vec<Cost> {
    let mut costs = Vec::new();
    let mut add = |(cost, answer): (Cost, Answered)| {
        costs.push(cost);
        answer
    };
    let entry = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
    let create = "/appointments/create-patient/";
    let patient =
        add(cost(world, "create-patient, new", world.post("dr_smith", create, &entry)).await).body["patient_id"]
            .clone();
    add(cost(world, "create-patient, known", world.post("dr_smith", create, &entry)).await);
    let template = json!({ "patient_id": patient, "custom_snippet": "Hello" });
    add(cost(
        world,
        "preview-template-message",
        world.post("dr_smith", "/providermessages/preview-template-message/", &template),
    )
    .await);
    let send = "/providermessages/send-template-message/";
    let opened = add(cost(world, "send-template-message, new thread", world.post("dr_smith", send, &template)).await);
    add(cost(world, "send-template-message, known thread", world.post("dr_smith", send, &template)).await);
    let answered = async || {
        world.inbound(PHONE, ("wamid.1", "Hi")).await;
        world.get("dr_smith", "/providermessages/all-patients/").await
    };
    answered().await;
    let public_id = opened.body["public_id"].as_str().unwrap();
    let message = json!({ "public_id": public_id, "message": "Please take another reading tomorrow." });
    add(cost(world, "send-message", world.post("dr_smith", "/providermessages/send-message/", &message)).await);
    // Until a change has settled, an unchanged answer is one that was made again and found to be the same.
    tokio::time::sleep(HOLE_AGE).await;
    for (name, unchanged, path) in [
        ("list of one thread", "unchanged list", "/providermessages/".to_owned()),
        ("queue of one thread", "unchanged queue", "/providermessages/organization-threads/".to_owned()),
        ("one thread", "unchanged thread", format!("/providermessages/{public_id}/")),
        ("all-patients", "unchanged patients", "/providermessages/all-patients/".to_owned()),
    ] {
        let tag =
            add(cost(world, name, world.get("dr_smith", &path)).await).headers["etag"].to_str().unwrap().to_owned();
        let again = add(cost(world, unchanged, world.get_unless("dr_smith", &path, &tag)).await);
        assert_eq!(again.status, 304);
    }
    files(world, &mut costs).await;
    costs.push(webhook(world, "inbound message", "wamid.2").await);
    costs.push(webhook(world, "inbound message again", "wamid.2").await);
    costs.extend(second_half(world, &patient).await);
    costs.extend(therapy(world).await);
    costs.extend(visits(world).await);
    costs.extend(webhooks::measure(world, opened.body["thread_id"].as_u64().unwrap()).await);
    costs
}

async fn files(world: &InProcess, costs: &mut Vec<Cost>) {
    let file = tests::files::jpeg(1000);
    let (row, upload) = cost(world, "upload-file", world.upload_once("dr_smith", ("k", &file))).await;
    costs.push(row);
    let path = format!("/ai-processing/files/{}/", upload.body["unique_id"].as_str().unwrap());
    costs.push(cost(world, "address of a file", world.get("dr_smith", &path)).await.0);
    let body = json!({ "mime_type": "image/jpeg", "size": 1000 });
    let (row, form) = cost(world, "upload-url", world.post("dr_smith", "/ai-processing/upload-url/", &body)).await;
    costs.push(row);
    let key = form.body["fields"]["key"].as_str().unwrap();
    let jpeg = domain::media::content::FileType::of_extension("jpg").unwrap();
    world.app.files.put(key, jpeg, file.clone().into()).await.unwrap();
    let path = format!("/ai-processing/upload-url/{}/complete/", form.body["unique_id"].as_str().unwrap());
    costs.push(cost(world, "complete", world.post("dr_smith", &path, &json!({}))).await.0);
    world.meta.holds(file);
    world.inbound_picture(PHONE, "wamid.picture").await;
    let list = world.get("dr_smith", "/providermessages/organization-threads/").await.body;
    let message = list[0]["messages"].as_array().unwrap().last().unwrap()["message_id"].as_u64().unwrap();
    let fetched = cost(world, "fetching a picture", async {
        let status = if world.fetch(message).await { 200 } else { 500 };
        Answered { status, headers: Default::default(), body: json!(null) }
    });
    costs.push(fetched.await.0);
}

async fn webhook(world: &InProcess, name: &'static str, wamid: &str) -> Cost {
    let message = json!({ "id": wamid, "from": PHONE, "type": "text", "text": { "body": "Thank you" } });
    let value = json!({ "messages": [message] });
    let (cost, _) = cost(world, name, async {
        let status = world.webhook(&value).await;
        Answered { status, headers: Default::default(), body: json!(null) }
    })
    .await;
    cost
}

/// The operations on shared threads.
async fn second_half(world: &InProcess, patient: &Value) -> Vec<Cost> {
    let mut costs = Vec::new();
    let start = json!({ "patient_id": patient, "query": "Hello", "daily_report": true });
    let started = world.post("dr_smith", "/patient-threads/send/", &start);
    let (row, started) = cost(world, "start a conversation", started).await;
    costs.push(row);
    world.inbound(PHONE, ("wamid.3", "My blood pressure is 190/125")).await;
    tokio::time::sleep(HOLE_AGE).await;
    let path = |rest: &str| format!("/patient-threads/{}/{rest}", started.body["thread_id"]);
    for (name, unchanged, path) in [
        ("list of shared threads", "unchanged list of shared threads", "/patient-threads/".to_owned()),
        ("one shared thread", "unchanged shared thread", path("")),
    ] {
        let (row, shown) = cost(world, name, world.get("dr_smith", &path)).await;
        let tag = shown.headers["etag"].to_str().unwrap().to_owned();
        let (again, _) = cost(world, unchanged, world.get_unless("dr_smith", &path, &tag)).await;
        costs.extend([row, again]);
    }
    let task = json!({ "title": "T", "objective": "O" });
    costs.push(cost(world, "put a task", world.put("dr_smith", &path("task/"), &task)).await.0);
    let (row, alerts) = cost(world, "alerts", world.get("dr_smith", &path("alerts/"))).await;
    costs.push(row);
    let alert = path(&format!("alerts/{}/acknowledge/", alerts.body[0]["alert_id"].as_str().unwrap()));
    costs.push(cost(world, "acknowledge an alert", world.post("dr_smith", &alert, &Value::Null)).await.0);
    let switch = json!({ "responder": "doctor", "provider_id": 10, "handoff_message": "Dr. Jones takes over." });
    costs.push(cost(world, "switch-responder", world.post("dr_smith", &path("switch-responder/"), &switch)).await.0);
    costs
}

/// The therapy chat, its dashboard, and patients' own conversations.
async fn therapy(world: &InProcess) -> Vec<Cost> {
    let (chat, board) = ("/request/7/therapy-chat", "/request/7/therapist-dashboard");
    let mut costs = Vec::new();
    let send = format!("{chat}/send");
    for (name, text) in [
        ("therapy send, new conversation", "Hello"),
        ("therapy send", "I slept badly"),
        ("therapy send, danger", "I want to kill myself"),
    ] {
        costs.push(cost(world, name, world.post("subject_john", &send, &json!({ "content": text }))).await.0);
    }
    costs.push(cost(world, "therapy tag", world.post("subject_john", &format!("{chat}/tag"), &json!({}))).await.0);
    tokio::time::sleep(HOLE_AGE).await;
    let (row, listed) =
        cost(world, "dashboard conversations", world.get("therapist_lee", &format!("{board}/conversations"))).await;
    costs.push(row);
    let id = &listed.body["conversations"][0]["id"];
    let polls = [
        (
            "subject messages",
            "unchanged subject messages",
            "subject_john",
            format!("{chat}/messages?conversation_id={id}"),
        ),
        (
            "dashboard messages",
            "unchanged dashboard messages",
            "therapist_lee",
            format!("{board}/messages?conversation_id={id}"),
        ),
        ("dashboard updates", "unchanged dashboard updates", "therapist_lee", format!("{board}/updates")),
    ];
    for (name, unchanged, who, path) in polls {
        let (row, shown) = cost(world, name, world.get(who, &path)).await;
        let tag = shown.headers["etag"].to_str().unwrap().to_owned();
        costs.extend([row, cost(world, unchanged, world.get_unless(who, &path, &tag)).await.0]);
    }
    let text = json!({ "conversation_id": id, "content": "I am here." });
    costs.push(cost(world, "dashboard send", world.post("therapist_lee", &format!("{board}/send"), &text)).await.0);
    costs.extend(records(world).await);
    costs.extend(symptoms(world).await);
    costs
}

async fn symptoms(world: &InProcess) -> Vec<Cost> {
    let bot = "/api/symptomAssessmentBot";
    let body =
        |message: &str, thread: &Value| json!({ "message": message, "patientId": "patient-123", "threadId": thread });
    let none = Value::Null;
    let (first, began) =
        cost(world, "first turn of symptoms", world.post("patient_123", bot, &body("I have a cough", &none))).await;
    let thread = &began.body["threadId"];
    let (further, _) =
        cost(world, "further turn of symptoms", world.post("patient_123", bot, &body("and a headache", thread))).await;
    tokio::time::sleep(HOLE_AGE).await;
    let path = format!("{bot}/threads/{}", thread.as_str().unwrap());
    let (record, shown) = cost(world, "record of symptoms", world.get("patient_123", &path)).await;
    let tag = shown.headers["etag"].to_str().unwrap().to_owned();
    let (again, _) = cost(world, "unchanged record of symptoms", world.get_unless("patient_123", &path, &tag)).await;
    vec![first, further, record, again]
}

async fn records(world: &InProcess) -> Vec<Cost> {
    let none = json!({});
    let create = world.post("patient_123", "/patients/conversations/", &none);
    let (created, conversation) = cost(world, "create an own conversation", create).await;
    let path = format!("/patients/conversations/{}/messages/", conversation.body["unique_id"].as_str().unwrap());
    let body = json!({ "message_type": "user", "content": "Hello" });
    let (written, message) = cost(world, "create an own message", world.post("patient_123", &path, &body)).await;
    let (listed, _) = cost(world, "list own messages", world.get("patient_123", &path)).await;
    let one = format!("/patients/messages/{}/", message.body["unique_id"].as_str().unwrap());
    world.put("patient_123", &one, &json!({ "content": "Hi" })).await;
    let (versions, _) =
        cost(world, "earlier texts of a message", world.get("dr_smith", &format!("{one}versions/"))).await;
    vec![created, written, listed, versions]
}
/// The operations of interpreter visits.
async fn visits(world: &InProcess) -> Vec<Cost> {
    const KIM: &str = "clinician_kim";
    let (mut costs, session) = (Vec::new(), json!({}));
    let (row, session) = cost(world, "start a session", world.post(KIM, "/api/session", &session)).await;
    costs.push(row);
    let session = &session.body["data"]["sessionId"];
    let body = json!({ "sessionId": session, "language": { "primary": "en", "secondary": "es" } });
    let (row, visit) = cost(world, "start a visit", world.post(KIM, "/api/conversations", &body)).await;
    costs.push(row);
    let visit = visit.body["data"]["id"].as_str().unwrap();
    let text = "I'll prescribe amoxicillin 500mg twice daily and order a chest X-ray";
    costs.push(cost(world, "utterance", world.post(KIM, "/api/utterances", &said(visit, text))).await.0);
    let detect = with(visit, json!({ "text": text }));
    let (row, found) = cost(world, "two actions detected", world.post(KIM, "/api/actions/detect", &detect)).await;
    costs.push(row);
    let action = format!("/api/actions/{}", found.body["data"]["actions"][0]["id"].as_str().unwrap());
    let approve = json!({ "approved": true });
    costs.push(cost(world, "validate an action", world.post(KIM, &format!("{action}/validate"), &approve)).await.0);
    let path = format!("/api/conversations/{visit}");
    let (row, ended) = cost(world, "end a visit", world.post(KIM, &format!("{path}/end"), &json!({}))).await;
    costs.push(row);
    let summary = ended.body["data"]["summary"]["id"].as_str().unwrap();
    for (name, path) in [
        ("one visit", path),
        ("list of one visit", "/api/conversations".to_owned()),
        ("utterances of a visit", format!("/api/utterances?conversationId={visit}")),
        ("one action", action),
        ("one summary", format!("/api/summaries/{summary}")),
    ] {
        costs.push(cost(world, name, world.get(KIM, &path)).await.0);
    }
    let written = cost(world, "a model's summary", async {
        let status = if world.write_summary(summary).await { 200 } else { 500 };
        Answered { status, headers: Default::default(), body: json!(null) }
    });
    costs.push(written.await.0);
    costs
}
