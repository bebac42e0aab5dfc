//! Every operation with every fault at every one of its calls: acknowledged means kept once, refused means not kept.

use std::time::Duration;

use local::connector::Fault;
use serde_json::{Value, json};
use tests::InProcess;

pub(crate) const FAULTS: [Fault; 7] = [
    Fault::FailBefore,
    Fault::LoseAnswer,
    Fault::ExecuteLate(Duration::from_millis(50)),
    Fault::ExecuteLate(Duration::from_secs(4)),
    Fault::Throttle,
    Fault::Conflict,
    Fault::Torn,
];
const CALLS: [(&str, usize); 5] =
    [("GetItem", 5), ("Query", 2), ("UpdateItem", 1), ("TransactWriteItems", 1), ("SendMessage", 1)];
const PHONE: &str = "2348012345678";

/// A world with a conversation whose window is open.
struct Conversation {
    world: InProcess,
    public_id: String,
    patient: Value,
}

async fn conversation(seed: u64) -> Conversation {
    let world = InProcess::start(seed).await;
    let body = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
    let patient = world.post("dr_smith", "/appointments/create-patient/", &body).await.body["patient_id"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
    let sent = world.post("dr_smith", "/providermessages/send-template-message/", &body).await;
    world.inbound(PHONE, ("wamid.first", "Hi")).await;
    Conversation { world, public_id: sent.body["public_id"].as_str().unwrap().to_owned(), patient }
}

/// The texts of the thread, after checking that its numbers have no gap and that the list shows the same.
async fn texts(conversation: &Conversation) -> Vec<String> {
    let path = format!("/providermessages/{}/", conversation.public_id);
    let thread = conversation.world.get("dr_smith", &path).await;
    assert_eq!(thread.status, 200);
    let messages = thread.body["messages"].as_array().unwrap().clone();
    let ids: Vec<u64> = messages.iter().map(|message| message["message_id"].as_u64().unwrap()).collect();
    assert!(ids.windows(2).all(|pair| pair[1] == pair[0] + 1), "a gap in {ids:?}");
    let list = conversation.world.get("dr_smith", "/providermessages/organization-threads/").await.body;
    let listed: Vec<&Value> =
        list.as_array().unwrap().iter().filter(|t| t["public_id"] == conversation.public_id.as_str()).collect();
    assert_eq!(listed.len(), 1, "a thread stands in its list once");
    assert_eq!((&listed[0]["messages"], &listed[0]["updated"]), (&thread.body["messages"], &thread.body["updated"]));
    messages.iter().map(|message| message["message_value"].as_str().unwrap().to_owned()).collect()
}

fn count(texts: &[String], text: &str) -> usize {
    texts.iter().filter(|candidate| candidate.contains(text)).count()
}

/// Ends the faults, and lets everything happen that is still on its way.
pub(crate) async fn settle(world: &InProcess) {
    world.faults.clear();
    tokio::time::sleep(Duration::from_secs(60)).await;
}

fn every_fault() -> Vec<(&'static str, usize, Fault)> {
    let positions = CALLS.iter().flat_map(|(operation, most)| (0..*most).map(move |skip| (*operation, skip)));
    positions.flat_map(|(operation, skip)| FAULTS.map(|fault| (operation, skip, fault))).collect()
}

/// Sends a message, as a client does that repeats its request with the same key while it is told to.
async fn send_until_answered(conversation: &Conversation, key: Option<&str>, text: &str) -> Vec<u16> {
    let body = json!({ "public_id": conversation.public_id, "message": text });
    let path = "/providermessages/send-message/";
    let mut statuses = Vec::new();
    loop {
        let answer = match key {
            Some(key) => conversation.world.post_once("dr_smith", path, (key, &body)).await,
            None => conversation.world.post("dr_smith", path, &body).await,
        };
        statuses.push(answer.status);
        if answer.status == 200 || key.is_none() || statuses.len() > 5 {
            return statuses;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_is_kept_once_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let conversation = conversation(index as u64).await;
        conversation.world.faults.later_call(operation, skip, fault);
        let statuses = send_until_answered(&conversation, Some("key"), "hello there").await;
        assert_eq!(statuses.last(), Some(&200), "{operation} {skip} {fault:?}: {statuses:?}");
        settle(&conversation.world).await;
        assert_eq!(count(&texts(&conversation).await, "hello there"), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_message_without_a_key_is_not_kept() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let conversation = conversation(index as u64).await;
        conversation.world.faults.later_call(operation, skip, fault);
        let statuses = send_until_answered(&conversation, None, "hello there").await;
        settle(&conversation.world).await;
        let kept = count(&texts(&conversation).await, "hello there");
        match statuses[0] {
            200 => assert_eq!(kept, 1, "{operation} {skip} {fault:?}"),
            // Only an answer that could not be confirmed may have been kept.
            504 => assert!(kept <= 1, "{operation} {skip} {fault:?}"),
            _ => assert_eq!(kept, 0, "{operation} {skip} {fault:?} {statuses:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_the_table_is_said_and_then_over() {
    let conversation = conversation(1).await;
    for _ in 0..30 {
        conversation.world.faults.next_call("TransactWriteItems", Fault::FailBefore);
    }
    let refused = send_until_answered(&conversation, None, "hello there").await;
    assert_eq!(refused, [504]);
    let late = send_until_answered(&conversation, Some("key"), "hello again").await;
    assert_eq!(late.last(), Some(&200), "{late:?}");
    settle(&conversation.world).await;
    let texts = texts(&conversation).await;
    assert_eq!((count(&texts, "hello there"), count(&texts, "hello again")), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn conflicts_without_end_are_busy_and_nothing_is_kept() {
    let conversation = conversation(1).await;
    for _ in 0..10 {
        conversation.world.faults.next_call("TransactWriteItems", Fault::Conflict);
    }
    let body = json!({ "public_id": conversation.public_id, "message": "hello there" });
    let answer = conversation.world.post("dr_smith", "/providermessages/send-message/", &body).await;
    assert_eq!((answer.status, answer.headers["retry-after"].to_str().unwrap()), (503, "1"));
    settle(&conversation.world).await;
    assert_eq!(count(&texts(&conversation).await, "hello there"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_inbound_message_is_kept_once_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let conversation = conversation(index as u64).await;
        conversation.world.faults.later_call(operation, skip, fault);
        conversation.world.inbound(PHONE, ("wamid.second", "good morning")).await;
        conversation.world.inbound(PHONE, ("wamid.second", "good morning")).await;
        settle(&conversation.world).await;
        assert_eq!(count(&texts(&conversation).await, "good morning"), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stranger_gets_one_patient_and_one_thread_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        world.faults.later_call(operation, skip, fault);
        world.inbound("2348099999999", ("wamid.a", "first")).await;
        world.inbound("2348099999999", ("wamid.b", "second")).await;
        settle(&world).await;
        let threads = world.get("dr_smith", "/providermessages/organization-threads/").await.body;
        assert_eq!(threads.as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
        let texts: Vec<&Value> =
            threads[0]["messages"].as_array().unwrap().iter().map(|m| &m["message_value"]).collect();
        assert_eq!(texts, ["first", "second"], "{operation} {skip} {fault:?}");
        let patients = world.get("dr_smith", "/providermessages/all-patients/").await.body;
        assert_eq!(patients.as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_patient_and_a_thread_are_opened_once_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        let until_answered = async |path: &str, key: &str, body: &Value| {
            let mut last = world.post_once("dr_smith", path, (key, body)).await;
            for _ in 0..5 {
                if last.status == 200 {
                    break;
                }
                last = world.post_once("dr_smith", path, (key, body)).await;
            }
            last
        };
        let create = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
        world.faults.later_call(operation, skip, fault);
        let patient = until_answered("/appointments/create-patient/", "k1", &create).await;
        assert_eq!(patient.body["created"], true, "{operation} {skip} {fault:?}");
        world.faults.later_call(operation, skip, fault);
        let template = json!({ "patient_id": patient.body["patient_id"], "custom_snippet": "Hello" });
        let sent = until_answered("/providermessages/send-template-message/", "k2", &template).await;
        assert_eq!(sent.body["conversation_type"], "new", "{operation} {skip} {fault:?}");
        settle(&world).await;
        let patients = world.get("dr_smith", "/providermessages/all-patients/").await.body;
        let threads = world.get("dr_smith", "/providermessages/?all=1").await.body;
        assert_eq!(
            (patients.as_array().unwrap().len(), threads.as_array().unwrap().len()),
            (1, 1),
            "{operation} {skip} {fault:?}"
        );
        assert_eq!(threads[0]["messages"].as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_torn_query_shows_a_prefix_and_promises_nothing() {
    let conversation = conversation(1).await;
    let Conversation { world, public_id, patient } = &conversation;
    assert!(patient.is_u64());
    let path = format!("/providermessages/{public_id}/");
    let before = world.get("dr_smith", &path).await;
    world.inbound(PHONE, ("wamid.2", "one")).await;
    world.inbound(PHONE, ("wamid.3", "two")).await;
    world.faults.next_call("Query", Fault::Torn);
    let torn = world.get("dr_smith", &path).await;
    let seen = |answer: &tests::in_process::Answered| answer.body["messages"].as_array().unwrap().len();
    assert_eq!((seen(&before), seen(&torn)), (2, 2), "nothing behind the gap");
    let tag = |answer: &tests::in_process::Answered| answer.headers["etag"].to_str().unwrap().to_owned();
    let again = world.get_unless("dr_smith", &path, &tag(&torn)).await;
    assert_eq!((again.status, seen(&again)), (200, 4), "and no tag that would hide it for ever");
    // Of the two halves of the inbox, the version and the messages, the messages are the fourth query of a list.
    world.faults.later_call("Query", 3, Fault::Torn);
    let list = world.get("dr_smith", "/providermessages/").await;
    assert_eq!(list.body[0]["messages"].as_array().unwrap().len(), 2);
    assert_eq!(world.get_unless("dr_smith", "/providermessages/", &tag(&list)).await.status, 200);
    assert_eq!(seen(&world.get("dr_smith", &path).await), 4);
    settle(&conversation.world).await;
    world.faults.next_call("Query", Fault::Torn);
    let old = world.get("dr_smith", &path).await;
    assert_eq!(seen(&old), 4, "an old gap is looked up row by row");
}

#[tokio::test(start_paused = true)]
async fn contention_after_silence_does_not_hide_what_is_still_on_its_way() {
    let conversation = conversation(1).await;
    conversation.world.faults.next_call("TransactWriteItems", Fault::ExecuteLate(Duration::from_millis(1)));
    for _ in 0..2 {
        conversation.world.faults.next_call("TransactWriteItems", Fault::Conflict);
    }
    let body = json!({ "public_id": conversation.public_id, "message": "hello there" });
    let answer = conversation.world.post("dr_smith", "/providermessages/send-message/", &body).await;
    assert_eq!(answer.status, 200);
    settle(&conversation.world).await;
    let thread = conversation.world.get("dr_smith", &format!("/providermessages/{}/", conversation.public_id)).await;
    let kept: Vec<&Value> = thread.body["messages"].as_array().unwrap().iter().skip(2).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0]["message_id"], answer.body["message_id"], "the answer names the message that is there");
}

#[tokio::test(start_paused = true)]
async fn a_repeated_request_waits_until_what_it_repeats_can_be_seen() {
    let conversation = conversation(1).await;
    let Conversation { world, public_id, patient } = &conversation;
    let message = json!({ "public_id": public_id, "message": "hello there" });
    let template = json!({ "patient_id": patient, "custom_snippet": "Hello again" });
    let create = json!({ "first_name": "Ada", "last_name": "Lovelace" });
    // Which read of the repetition is the one of the row that the guard points to.
    for (path, body, skip) in [
        ("/providermessages/send-message/", &message, 1),
        ("/providermessages/send-template-message/", &template, 5),
        ("/appointments/create-patient/", &create, 1),
    ] {
        let first = world.post_once("dr_smith", path, ("key", body)).await;
        world.faults.take_calls();
        world.faults.later_call("GetItem", skip, Fault::Stale);
        let again = world.post_once("dr_smith", path, ("key", body)).await;
        assert_eq!((again.status, &again.body), (200, &first.body), "{path}");
        assert_eq!(again.headers["idempotency-replayed"], "true");
        let (calls, _) = world.faults.take_calls();
        let reads = calls.iter().filter(|call| call.operation == "GetItem").count();
        assert!(reads > skip + 1, "{path}: the row was looked for again: {reads}");
    }
}
