use super::*;
use crate::append::{Append, append};
use crate::assessment::{Danger, DangerCategory};
use crate::thread::tests::thread;

fn text(text: &str) -> MessageText {
    MessageText::received(text).unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn turn(read: &Thread, level: Level, assessment: &Assessment) -> Append {
    let (said, reply) = (text("It hurts"), text("Where?"));
    let change = told(read, Told { text: &said, assessment, reply: &reply, level }, at(200)).unwrap();
    append(read, change, at(200)).unwrap()
}

fn with(triage: Option<Triage>) -> Thread {
    Thread { care: Care { triage, ..begun() }, ..thread() }
}

fn crisis() -> Assessment {
    let category = DangerCategory::SelfHarm;
    let danger = Danger { category, severity: Severity::Emergency, rule: "rule".into(), words: vec!["x".into()] };
    Assessment { dangers: vec![danger], ..Assessment::default() }
}

#[test]
fn a_turn_is_two_messages_and_a_level() {
    let kept = turn(&with(None), Level::Routine, &Assessment::default());
    let authors: Vec<Author> = kept.messages.iter().map(|message| message.author).collect();
    assert_eq!(authors, [Author::Patient, Author::Assistant]);
    assert_eq!(kept.thread.care.triage, Some(Triage { level: Level::Routine, turns: 1 }));
    assert!(kept.alerts.is_empty() && !kept.thread.awaits_answer());
}

#[test]
fn an_emergency_alarms_when_the_level_rises_to_it() {
    let quiet = Assessment::default();
    for (before, level, alerts) in [
        (None, Level::EmergencyNow, 1),
        (Some(Level::Routine), Level::Emergency, 1),
        (Some(Level::Emergency), Level::Emergency, 0),
        (Some(Level::Emergency), Level::EmergencyNow, 0),
        (Some(Level::Emergency), Level::WithinADay, 0),
        (None, Level::WithinADay, 0),
    ] {
        let read = with(before.map(|level| Triage { level, turns: 3 }));
        let kept = turn(&read, level, &quiet);
        assert_eq!(kept.alerts.len(), alerts, "{before:?} {level:?}");
        assert!(kept.alerts.iter().all(|alert| alert.message == Some(kept.messages[0].id())));
    }
}

#[test]
fn a_danger_alarms_in_every_turn_that_speaks_of_it_and_once() {
    for before in [None, Some(Triage { level: Level::EmergencyNow, turns: 3 })] {
        let kept = turn(&with(before), Level::EmergencyNow, &crisis());
        assert_eq!((kept.alerts.len(), kept.messages.len()), (1, 2), "{before:?}");
        assert_eq!(kept.alerts[0].severity, Severity::Emergency);
        assert_eq!(kept.thread.care.risk, crate::care::Risk::Critical);
        assert_eq!(kept.messages[0].dangers.len(), 1);
        assert_eq!(kept.messages[1].text, Some(text("Where?")), "the reply is what the patient is told");
    }
}

#[test]
fn there_is_no_turn_after_the_last() {
    let last = with(Some(Triage { level: Level::Routine, turns: TURN_LIMIT - 1 }));
    let kept = turn(&last, Level::Routine, &Assessment::default());
    assert_eq!(kept.thread.care.triage.map(|triage| triage.turns), Some(50));
    let (said, reply) = (text("It hurts"), text("Where?"));
    let told_now = Told { text: &said, assessment: &Assessment::default(), reply: &reply, level: Level::Routine };
    let refused = told(&kept.thread, told_now, at(300)).unwrap_err();
    assert_eq!(refused.to_string(), "This thread has had its 50 turns. Leave threadId out to begin a new one.");
}

#[test]
fn a_message_is_counted_in_characters_after_trimming() {
    for fits in ["🙂".repeat(1_000), format!("  {}\n", "e\u{301}".repeat(500)), "x".repeat(1_000)] {
        assert!(message(Some(&fits)).is_ok());
    }
    let refused = message(Some(&"🙂".repeat(1_001))).unwrap_err();
    assert_eq!(refused.to_string(), "message must have at most 1000 characters; it has 1001.");
    for blank in [None, Some(""), Some(" \n\u{200B} ")] {
        assert_eq!(message(blank).unwrap_err().to_string(), "message is required.");
    }
}
