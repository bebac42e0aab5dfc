//! The assessment of symptoms with every fault at every one of its calls, and killed between every two steps: a turn is kept as a
//! whole or not at all, once, and what was answered is what is in the record.

use std::collections::BTreeSet;
use std::sync::Arc;

use platform::points::{Act, Point, Points, Script};
use serde_json::{Value, json};
use tests::InProcess;
use tests::in_process::Answered;

use crate::single_faults::{every_fault, settle};

const BOT: &str = "/api/symptomAssessmentBot";
const CRISIS: &str = "I want to kill myself";

fn body(message: &str, thread: &Value) -> Value {
    json!({ "message": message, "patientId": "patient-123", "threadId": thread })
}

/// As a client does that repeats its request with the same key while it is told to.
async fn until_answered(world: &InProcess, (key, body): (&str, &Value)) -> Answered {
    let mut last = world.post_once("patient_123", BOT, (key, body)).await;
    for _ in 0..5 {
        if last.status == 200 {
            break;
        }
        last = world.post_once("patient_123", BOT, (key, body)).await;
    }
    assert_eq!(last.status, 200, "{last:?}");
    last
}

/// What the care team and the record show of the only thread there is: its messages, alerts and risk assessments agree.
async fn assert_kept_once(world: &InProcess, thread: &Value, (turns, alerts): (usize, usize), case: &str) {
    settle(world).await;
    let queue = world.get("dr_smith", "/providermessages/organization-threads/").await.body;
    assert_eq!(queue.as_array().unwrap().len(), 1, "{case}");
    assert_eq!(queue[0]["messages"].as_array().unwrap().len(), turns * 2, "{case}");
    let number = thread.as_str().unwrap().trim_start_matches("thread_").to_owned();
    let raised = world.get("dr_smith", &format!("/patient-threads/{number}/alerts/")).await.body;
    assert_eq!(raised.as_array().unwrap().len(), alerts, "{case}");
    let record = world.get("patient_123", &format!("{BOT}/threads/thread_{number}")).await.body;
    let issued = record["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let risks: BTreeSet<&str> = issued
        .filter(|resource| resource["resourceType"] == "RiskAssessment")
        .map(|risk| risk["id"].as_str().unwrap())
        .collect();
    assert_eq!(risks.len(), turns, "{case}");
}

/// The first turn opens the thread, makes the patient, raises the alarm and writes the record, or nothing of it.
#[tokio::test(start_paused = true)]
async fn a_crisis_as_the_first_turn_is_kept_as_a_whole() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        world.faults.later_call(operation, skip, fault);
        let answer = until_answered(&world, ("key", &body(CRISIS, &Value::Null))).await.body;
        let case = format!("{operation} {skip} {fault:?}");
        assert_eq!(answer["assessment"]["crisis"], true, "{case}");
        assert_kept_once(&world, &answer["threadId"], (1, 1), &case).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_further_turn_is_kept_once() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        let thread =
            world.post("patient_123", BOT, &body("I have a cough", &Value::Null)).await.body["threadId"].clone();
        world.faults.later_call(operation, skip, fault);
        let answer = until_answered(&world, ("key", &body("and a headache", &thread))).await.body;
        let case = format!("{operation} {skip} {fault:?}");
        assert_eq!(answer["threadId"], thread, "{case}");
        assert_kept_once(&world, &thread, (2, 0), &case).await;
        let again = until_answered(&world, ("key", &body("and a headache", &thread))).await;
        assert_eq!(
            (&again.body, &again.headers["idempotency-replayed"]),
            (&answer, &"true".parse().unwrap()),
            "{case}"
        );
    }
}

/// Without a key a refused turn is not kept; only one that could not be confirmed may have been.
#[tokio::test(start_paused = true)]
async fn a_turn_that_was_refused_is_not_kept() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        let thread =
            world.post("patient_123", BOT, &body("I have a cough", &Value::Null)).await.body["threadId"].clone();
        world.faults.later_call(operation, skip, fault);
        let status = world.post("patient_123", BOT, &body("and a headache", &thread)).await.status;
        settle(&world).await;
        let path = format!("{BOT}/threads/{}", thread.as_str().unwrap());
        let record = world.get("patient_123", &path).await.body.to_string();
        let kept = record.matches("\"RiskAssessment\"").count() - 1;
        match status {
            200 => assert_eq!(kept, 1, "{operation} {skip} {fault:?}"),
            504 => assert!(kept <= 1, "{operation} {skip} {fault:?}"),
            _ => assert_eq!(kept, 0, "{operation} {skip} {fault:?} {status}"),
        }
    }
}

/// Killed before it is kept or after it, and asked again.
#[tokio::test(start_paused = true)]
async fn a_killed_turn_is_taken_once_when_it_is_asked_again() {
    for point in [Point::TurnAssessed, Point::TurnKept] {
        for message in ["I have a cough", CRISIS] {
            let mut world = InProcess::start(7).await;
            let script = Arc::new(Script::default());
            world.app.points = Points::Watched(Arc::clone(&script));
            script.set(point, Act::Crash);
            let request = body(message, &Value::Null);
            let killed = world.post_once("patient_123", BOT, ("key", &request)).await;
            assert_eq!((killed.status, &killed.body["code"]), (500, &json!("INTERNAL_ERROR")), "{point:?}");
            let answer = until_answered(&world, ("key", &request)).await.body;
            let alerts = usize::from(message == CRISIS);
            assert_kept_once(&world, &answer["threadId"], (1, alerts), &format!("{point:?} {message}")).await;
        }
    }
}

/// Another turn comes between the assessment of one and its keeping: it is assessed anew, with what the other said.
#[tokio::test(start_paused = true)]
async fn a_turn_that_was_overtaken_is_assessed_anew() {
    let mut world = InProcess::start(7).await;
    let thread = world.post("patient_123", BOT, &body("I have chest pain when I walk", &Value::Null)).await.body;
    let thread = thread["threadId"].clone();
    let beside = world.beside(8);
    let script = Arc::new(Script::default());
    world.app.points = Points::Watched(Arc::clone(&script));
    script.set(Point::TurnAssessed, Act::Hold);
    let slow = body("I have a headache", &thread);
    let (slow, fast) = tokio::join!(world.post("patient_123", BOT, &slow), async {
        script.wait_for(Point::TurnAssessed, 1).await;
        let fast = beside.post("patient_123", BOT, &body("I also have a rash", &thread)).await;
        script.release(Point::TurnAssessed);
        fast
    });
    assert_eq!((slow.status, fast.status), (200, 200));
    assert_eq!(script.reached(Point::TurnAssessed), 2);
    let basis = |answer: &Answered| answer.body["resources"]["RiskAssessment"]["basis"].as_array().unwrap().len();
    assert_eq!((basis(&fast), basis(&slow)), (2, 3), "the later turn rests on what the earlier one told");
}
