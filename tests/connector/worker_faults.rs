//! The delivery worker and the status webhook with every fault at every one of their calls: a message is sent once, and what
//! WhatsApp says of it is kept.

use std::time::Duration;

use domain::delivery::HOLD;
use futures_util::future::join;
use local::connector::Fault;
use serde_json::{Value, json};
use tests::InProcess;
use tests::meta::Turn;

const FAULTS: [Fault; 7] = [
    Fault::FailBefore,
    Fault::LoseAnswer,
    Fault::ExecuteLate(Duration::from_millis(50)),
    Fault::ExecuteLate(Duration::from_secs(4)),
    Fault::Throttle,
    Fault::Conflict,
    Fault::Torn,
];
const CALLS: [(&str, usize); 3] = [("GetItem", 6), ("Query", 3), ("TransactWriteItems", 3)];
const PHONE: &str = "2348012345678";
const SEND: &str = "/providermessages/send-message/";

fn every_fault() -> Vec<(&'static str, usize, Fault)> {
    let positions = CALLS.iter().flat_map(|(operation, most)| (0..*most).map(move |skip| (*operation, skip)));
    positions.flat_map(|(operation, skip)| FAULTS.map(|fault| (operation, skip, fault))).collect()
}

/// A thread with a patient who wrote, and its numbers.
struct Conversation {
    world: InProcess,
    public_id: String,
    thread: u64,
}

async fn opened(world: &InProcess, name: &str) -> (String, u64) {
    let entry = json!({ "phone_number": format!("+{PHONE}"), "first_name": name, "last_name": "Doe" });
    let patient = world.post("dr_smith", "/appointments/create-patient/", &entry).await.body["patient_id"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
    let opened = world.post("dr_smith", "/providermessages/send-template-message/", &body).await.body;
    (opened["public_id"].as_str().unwrap().to_owned(), opened["thread_id"].as_u64().unwrap())
}

impl Conversation {
    async fn new(seed: u64) -> Self {
        let world = InProcess::start(seed).await;
        let (public_id, thread) = opened(&world, "John").await;
        assert!(world.deliver(thread).await);
        world.inbound(PHONE, ("wamid.first", "Hi")).await;
        Self { world, public_id, thread }
    }

    async fn send(&self, text: &str) -> u64 {
        let body = json!({ "public_id": self.public_id, "message": text });
        let sent = self.world.post("dr_smith", SEND, &body).await;
        assert_eq!(sent.status, 200, "{sent:?}");
        sent.body["message_id"].as_u64().unwrap()
    }

    /// The hold passes twice; SQS brings the hint again each time, as the sweeper does.
    async fn time_passes(&self) {
        for _ in 0..2 {
            tokio::time::sleep(HOLD).await;
            self.world.deliver(self.thread).await;
        }
    }

    async fn states(&self) -> Vec<(String, Value)> {
        let thread = self.world.get("dr_smith", &format!("/providermessages/{}/", self.public_id)).await.body;
        let messages = thread["messages"].as_array().unwrap().clone();
        let state = |message: &Value| {
            (message["message_value"].as_str().unwrap().to_owned(), message["delivery"]["status"].clone())
        };
        messages.iter().map(state).collect()
    }
}

fn times(texts: &[String], text: &str) -> usize {
    texts.iter().filter(|taken| *taken == text).count()
}

#[tokio::test(start_paused = true)]
async fn a_message_is_sent_once_and_its_outcome_kept() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let conversation = Conversation::new(index as u64).await;
        conversation.send("one").await;
        conversation.send("two").await;
        conversation.world.faults.later_call(operation, skip, fault);
        conversation.world.deliver(conversation.thread).await;
        conversation.world.faults.clear();
        conversation.time_passes().await;
        let texts = conversation.world.meta.texts();
        assert_eq!(texts[1..], ["one", "two"], "{operation} {skip} {fault:?}");
        let states = conversation.states().await;
        assert!(states[2..].iter().all(|(_, status)| *status == "sent"), "{operation} {skip} {fault:?}: {states:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_kept_and_holds_nobody_up() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let conversation = Conversation::new(index as u64).await;
        conversation.send("refused").await;
        conversation.send("taken").await;
        conversation.world.meta.then([Turn::Refuse(131_026)]);
        conversation.world.faults.later_call(operation, skip, fault);
        conversation.world.deliver(conversation.thread).await;
        conversation.world.faults.clear();
        conversation.time_passes().await;
        let texts = conversation.world.meta.texts();
        assert_eq!((times(&texts, "refused"), times(&texts, "taken")), (0, 1), "{operation} {skip} {fault:?}");
        let states = conversation.states().await;
        assert_eq!(states[2..], [("refused".into(), json!("failed")), ("taken".into(), json!("sent"))]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_leaves_a_message_in_doubt_until_a_status_names_it() {
    let conversation = Conversation::new(1).await;
    let message = conversation.send("once").await;
    conversation.world.meta.then([Turn::Lose]);
    conversation.world.deliver(conversation.thread).await;
    assert_eq!(conversation.states().await[2].1, "queued");
    let status = json!({ "statuses": [{ "id": "wamid.taken2", "status": "delivered", "biz_opaque_callback_data": format!("{message}.1") }] });
    assert_eq!(conversation.world.webhook(&status).await, 200);
    conversation.time_passes().await;
    assert_eq!(times(&conversation.world.meta.texts(), "once"), 1);
    assert_eq!(conversation.states().await[2].1, "delivered");
}

#[tokio::test(start_paused = true)]
async fn a_status_is_kept_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let conversation = Conversation::new(index as u64).await;
        conversation.send("one").await;
        conversation.world.deliver(conversation.thread).await;
        conversation.world.faults.later_call(operation, skip, fault);
        let status = json!({ "statuses": [{ "id": "wamid.taken2", "status": "read" }] });
        // Meta delivers a webhook again until it is taken.
        while conversation.world.webhook(&status).await != 200 {}
        conversation.world.faults.clear();
        conversation.time_passes().await;
        assert_eq!(conversation.states().await[2].1, "read", "{operation} {skip} {fault:?}");
    }
}

/// Two patients share a phone, and so the phone's allowance: whoever loses the race for it goes next, and waits for nobody.
#[tokio::test(start_paused = true)]
async fn two_threads_of_one_phone_are_delivered_without_the_sweeper() {
    for seed in 0..20 {
        let world = InProcess::start(seed).await;
        let (_, first) = opened(&world, "John").await;
        let (_, second) = opened(&world, "Mary").await;
        world.faults.each_takes(Duration::from_millis(5));
        let other = world.beside(seed + 100);
        let (one, two) = join(world.deliver(first), other.deliver(second)).await;
        assert!(one && two);
        assert_eq!(world.meta.taken().len(), 2, "seed {seed}");
    }
}

/// While others write into the thread all the time, the outcome of a sending is kept all the same.
#[tokio::test(start_paused = true)]
async fn an_outcome_outlasts_a_busy_thread() {
    let conversation = Conversation::new(1).await;
    conversation.send("once").await;
    for skip in 1..8 {
        conversation.world.faults.later_call("TransactWriteItems", skip, Fault::Conflict);
    }
    assert!(conversation.world.deliver(conversation.thread).await);
    assert_eq!(conversation.states().await[2].1, "sent");
    conversation.time_passes().await;
    assert_eq!(times(&conversation.world.meta.texts(), "once"), 1);
}
