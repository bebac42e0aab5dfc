use super::*;
use crate::alert::{AlertKind, Severity};
use crate::append::append;
use crate::assessment::DangerCategory;
use crate::message::Author;
use crate::observation::{Measurement, Reading};
use crate::thread::tests::thread;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn text(text: &str) -> MessageText {
    MessageText::received(text).unwrap()
}

fn message() -> Message {
    let drafts = vec![Draft::text(Author::Patient, text("Hello"))];
    append(&thread(), Change { drafts, ..Change::default() }, at(200)).unwrap().messages.remove(0)
}

#[test]
fn a_changed_message_counts_its_changes_and_keeps_its_place() {
    let read = message();
    let (changed, change) = changed(&Care::default(), (&read, &text("Hi")), &Assessment::default(), at(300));
    assert_eq!((changed.id(), changed.edits, changed.edited), (read.id(), 1, Some(at(300))));
    assert_eq!((changed.text, change), (Some(text("Hi")), Change::default()));
}

fn danger(rule: &str, severity: Severity, word: &str) -> Danger {
    Danger { category: DangerCategory::SelfHarm, severity, rule: rule.into(), words: vec![word.into()] }
}

fn speaks_of(danger: Danger) -> Assessment {
    Assessment { dangers: vec![danger], ..Assessment::default() }
}

#[test]
fn a_danger_written_into_an_earlier_message_alarms() {
    let assessment = speaks_of(danger("rule", Severity::Emergency, "x"));
    let read = message();
    let (message, change) = changed(&Care::default(), (&read, &text("x")), &assessment, at(300));
    assert_eq!((message.dangers.len(), change.alerts.len(), change.alerts[0].about), (1, 1, Some(read.seq)));
    assert!(change.drafts.iter().all(|draft| draft.author == Author::System), "the message is not written twice");
    let append = append(&thread(), change, at(300)).unwrap();
    assert_eq!(append.alerts[0].message, Some(read.id()));
}

#[test]
fn no_change_takes_a_danger_away() {
    let read = message();
    let change_to = |read: &Message, words: &str, assessment: &Assessment| {
        changed(&Care::default(), (read, &text(words)), assessment, at(300)).0
    };
    let one = change_to(&read, "x", &speaks_of(danger("one", Severity::Critical, "x")));
    let nothing = change_to(&one, "Hello", &Assessment::default());
    assert_eq!(nothing.dangers, one.dangers);
    let other = change_to(&nothing, "z", &speaks_of(danger("other", Severity::Emergency, "z")));
    let rules = |message: &Message| message.dangers.iter().map(|danger| danger.rule.clone()).collect::<Vec<_>>();
    assert_eq!(rules(&other), ["other", "one"], "the worst first");
    let again = change_to(&other, "y", &speaks_of(danger("one", Severity::Critical, "y")));
    assert_eq!((rules(&again), &again.dangers[1].words), (rules(&other), &vec!["y".to_owned()]));
    assert_eq!(deleted(&again, at(400)).dangers, again.dangers);
}

#[test]
fn a_reading_alarms_and_is_not_kept_once_more() {
    let reading = Reading {
        measurement: Measurement::BloodPressure { systolic: 190.0, diastolic: Some(120.0) },
        words: "190/120".into(),
        severity: Some(Severity::Critical),
    };
    let assessment = Assessment { readings: vec![reading], ..Assessment::default() };
    let read = message();
    let (_, change) = changed(&Care::default(), (&read, &text("190/120")), &assessment, at(300));
    assert_eq!((change.alerts[0].kind, change.alerts[0].about), (AlertKind::AbnormalReading, Some(read.seq)));
    assert_eq!(change, Change { alerts: change.alerts.clone(), ..Change::default() });
    let known = assessment.clone().without_readings_of(&assessment);
    assert_eq!(known.readings, [], "it alarmed when it was written");
}

#[test]
fn the_words_of_a_text_are_found_in_it() {
    let dangers = vec![danger("one", Severity::Emergency, "x"), danger("other", Severity::Emergency, "z")];
    let earlier = EarlierText { message: message().id(), text: Some(text("x and x")), dangers, until: at(300) };
    assert_eq!(earlier.detected_words(), ["x"]);
}

#[test]
fn a_tombstone_says_nothing() {
    let gone = deleted(&message(), at(300));
    assert_eq!((gone.text, gone.deleted, gone.edits, gone.edited), (None, true, 1, Some(at(300))));
}
