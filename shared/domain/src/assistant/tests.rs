use super::*;
use crate::thread::tests::thread;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// A thread that the assistant answers, with so many messages of the patient.
fn waiting(last_in: u32) -> Thread {
    let mut thread = thread();
    thread.care.responder = Responder::Assistant;
    thread.last_in = Seq::new(last_in).unwrap();
    thread.care = thread.care.owing_reply(at(100));
    thread
}

#[test]
fn a_turn_waits_for_quiet_is_taken_once_and_answers_all() {
    let mut thread = waiting(5);
    assert_eq!(thread.turn(at(102)), Turn::Wait { until: at(103) });
    assert_eq!(thread.turn(at(103)), Turn::Take(Means::Model));
    thread.care = thread.with_turn_taken(at(103));
    assert_eq!(thread.turn(at(104)), Turn::Taken { until: at(133) });
    assert!(thread.care.assistant.is_responding(at(132)) && !thread.care.assistant.is_responding(at(133)));
    assert_eq!(thread.turn(at(133)), Turn::Take(Means::Model), "a worker that died is succeeded");
    thread.care = thread.with_turn_done();
    assert_eq!((thread.turn(at(200)), thread.care.assistant.answered), (Turn::None, thread.last_in));
    assert_eq!(thread.care.assistant.job_due(), None);
}

#[test]
fn a_further_message_takes_the_turn_back() {
    let mut thread = waiting(5);
    thread.care = thread.with_turn_taken(at(103));
    thread.care = thread.care.clone().owing_reply(at(104));
    assert_eq!(thread.turn(at(104)), Turn::Wait { until: at(107) });
    assert_eq!(thread.turn(at(107)), Turn::Take(Means::Model));
    assert_eq!(thread.care.assistant.generations, 1, "it is still the same burst");
}

#[test]
fn a_burst_begins_the_model_three_times_at_most() {
    let mut thread = waiting(5);
    for _ in 0..GENERATIONS {
        assert_eq!(thread.turn(at(200)), Turn::Take(Means::Model));
        thread.care = thread.with_turn_taken(at(200));
        thread.care = thread.care.clone().owing_reply(at(150));
    }
    assert_eq!(thread.turn(at(200)), Turn::Take(Means::Rules));
    thread.care = thread.with_turn_done();
    thread.last_in = thread.last_in.next();
    thread.care = thread.care.clone().owing_reply(at(300));
    assert_eq!(thread.turn(at(400)), Turn::Take(Means::Model), "another burst");
}

#[test]
fn nothing_is_owed_by_an_assistant_that_does_not_answer() {
    let mut off = waiting(5);
    off.care.assistant.enabled = false;
    let mut human = waiting(5);
    human.care = human.care.without_assistant();
    let mut doctor = waiting(5);
    doctor.care.responder = Responder::Doctor;
    for thread in [off, human, doctor] {
        assert_eq!(thread.turn(at(1_000)), Turn::None);
    }
    let mut thread = thread();
    thread.care = thread.care.owing_reply(at(1));
    assert_eq!(thread.care.assistant.due, None, "a human answers");
}
