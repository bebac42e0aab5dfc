//! A human takes over at any moment of a generation, a thousand times: the assistant never speaks after a human, and never
//! twice to one burst.

use std::sync::Arc;
use std::time::Duration;

use domain::assistant::DEBOUNCE;
use futures_util::future::join3;
use platform::points::{Act, Point, Points, Script};
use platform::random::Random;
use serde_json::json;
use tests::InProcess;

const PHONE: &str = "2348012345678";
const LATENCY: Duration = Duration::from_millis(4);
/// Longer than a turn takes with its calls and its generation.
const TURN_MS: u64 = 120;

struct Race {
    world: InProcess,
    script: Arc<Script>,
    random: Random,
    thread: u64,
}

/// Who said something.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Said {
    Patient,
    Assistant,
    Human,
}

impl Race {
    async fn start(seed: u64) -> Self {
        let mut world = InProcess::start(seed).await;
        let script = Arc::new(Script::default());
        world.app.points = Points::Watched(Arc::clone(&script));
        let entry = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
        let patient = world.post("dr_smith", "/appointments/create-patient/", &entry).await.body["patient_id"].clone();
        let start = json!({ "patient_id": patient, "query": "Hello" });
        let started = world.post("dr_smith", "/patient-threads/send/", &start).await.body;
        let thread = started["thread_id"].as_u64().expect("a thread");
        world.inbound(PHONE, ("wamid.first", "Hi")).await;
        world.faults.each_takes(LATENCY);
        Self { world, script, random: Random::seeded(seed), thread }
    }

    fn up_to(&self, most: u64) -> Duration {
        Duration::from_millis(self.random.bits() % most)
    }

    fn path(&self, last: &str) -> String {
        format!("/patient-threads/{}/{last}", self.thread)
    }

    async fn take_over(&self, by_writing: bool) {
        tokio::time::sleep(self.up_to(TURN_MS)).await;
        let answer = match by_writing {
            true => self.world.post("dr_smith", &self.path("send-message/"), &json!({ "message": "I am here." })).await,
            false => {
                let body = json!({ "responder": "doctor", "provider_id": 9, "handoff_message": "I take over." });
                self.world.post("dr_smith", &self.path("switch-responder/"), &body).await
            }
        };
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// The patient may write once more while the assistant is at it, and two workers get the hint.
    async fn round(&self, number: usize) {
        let first = format!("wamid.{number}");
        self.world.inbound(PHONE, (&first, "I have a headache")).await;
        tokio::time::sleep(DEBOUNCE).await;
        self.script.set(Point::ReplyGenerated, Act::Delay(self.up_to(TURN_MS / 2)));
        let again = async {
            if self.random.bits().is_multiple_of(3) {
                tokio::time::sleep(self.up_to(TURN_MS)).await;
                self.world.inbound(PHONE, (&format!("wamid.{number}.again"), "and a fever")).await;
            }
        };
        let workers = async {
            tokio::join!(self.world.reply(self.thread), self.world.reply(self.thread));
        };
        join3(workers, self.take_over(self.random.bits().is_multiple_of(2)), again).await;
        // Whatever hint is repeated later finds nothing to do.
        tokio::time::sleep(Duration::from_secs(60)).await;
        self.world.reply(self.thread).await;
    }

    /// What was said behind the last round's messages, whose end is `seen`.
    async fn said(&self, seen: &mut String) -> Vec<Said> {
        let thread = self.world.get("dr_smith", &self.path(&format!("?after={seen}"))).await.body;
        let messages = thread["messages"].as_array().expect("messages");
        let last = messages.last().expect("the patient wrote");
        last["message_id"].as_str().expect("an id").clone_into(seen);
        let said = messages.iter().filter_map(|message| match message["author"].as_str() {
            Some("assistant") => Some(Said::Assistant),
            Some("doctor") => Some(Said::Human),
            Some("patient") => Some(Said::Patient),
            _ => None,
        });
        said.collect()
    }

    /// Gives the thread back with nothing to answer.
    async fn give_back(&self, seen: &mut String) {
        let last = json!({ "message": "Take care." });
        assert_eq!(self.world.post("dr_smith", &self.path("send-message/"), &last).await.status, 200);
        let back = json!({ "responder": "assistant" });
        assert_eq!(self.world.post("dr_smith", &self.path("switch-responder/"), &back).await.status, 200);
        self.said(seen).await;
    }
}

/// A quarter of the thousand, so that they run beside each other.
async fn takeovers(seed: u64) {
    let race = Race::start(seed).await;
    let mut seen = "0".to_owned();
    let mut spoke = 0;
    for number in 0..250 {
        race.give_back(&mut seen).await;
        race.round(number).await;
        let said = race.said(&mut seen).await;
        let assistant = said.iter().filter(|said| **said == Said::Assistant).count();
        let human = said.iter().position(|said| *said == Said::Human).expect("the human spoke");
        assert!(!said[human..].contains(&Said::Assistant), "after a human, round {number}: {said:?}");
        let twice = said.windows(2).any(|pair| pair == [Said::Assistant, Said::Assistant]);
        assert!(!twice, "twice to one burst, round {number}: {said:?}");
        spoke += usize::from(assistant > 0);
    }
    // Both sides must have won often, or the moments were not random.
    assert!((50..200).contains(&spoke), "the assistant was first in {spoke} of 250 rounds");
}

#[tokio::test(start_paused = true)]
async fn the_assistant_never_speaks_after_a_human_and_never_twice() {
    takeovers(1).await;
}

#[tokio::test(start_paused = true)]
async fn nor_with_other_moments() {
    takeovers(2).await;
}

#[tokio::test(start_paused = true)]
async fn nor_with_still_others() {
    takeovers(3).await;
}

#[tokio::test(start_paused = true)]
async fn nor_with_the_last() {
    takeovers(4).await;
}
