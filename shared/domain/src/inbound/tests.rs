use super::*;
use crate::assessment::{Danger, Language};
use crate::observation::{Measurement, Reading};
use crate::responder::Responder;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn inbound() -> Inbound {
    Inbound {
        wamid: Wamid::parse("wamid.1").unwrap(),
        sender: Sender::default(),
        text: MessageText::received("hello"),
        media: None,
        sent_at: at(10_000),
    }
}

fn danger(category: DangerCategory) -> Danger {
    Danger { category, severity: Severity::Emergency, rule: "rule".into(), words: vec!["words".into()] }
}

fn dangerous(category: DangerCategory) -> Assessment {
    Assessment { dangers: vec![danger(category)], ..Assessment::default() }
}

fn with_assistant() -> Care {
    Care { responder: Responder::Assistant, ..Care::default() }
}

fn texts(change: &Change) -> Vec<&str> {
    change.drafts.iter().skip(1).map(|draft| draft.text.as_ref().unwrap().as_str()).collect()
}

#[test]
fn a_danger_is_told_to_people_and_answered_at_once_by_no_model() {
    let change = inbound().change(&with_assistant(), &dangerous(DangerCategory::SelfHarm), (false, at(10_000)));
    let care = change.care.clone().unwrap();
    assert_eq!((care.responder, care.assistant.enabled, care.assistant.due), (Responder::Doctor, false, None));
    assert_eq!(texts(&change), [wording::crisis(Language::English).unwrap().as_str()]);
    assert_eq!(change.drafts[0].dangers, [danger(DangerCategory::SelfHarm)]);
    assert_eq!((change.alerts[0].kind, change.alerts[0].severity), (AlertKind::DangerDetected, Severity::Emergency));
    assert_eq!(change.audit[0].action, Action::DangerDetected);
    let medical = inbound().change(&Care::default(), &dangerous(DangerCategory::Medical), (false, at(10_000)));
    assert_eq!(texts(&medical), [wording::medical_emergency(Language::English).unwrap().as_str()]);
    assert!(!medical.care.unwrap().assistant.enabled, "also while a human answers");
}

#[test]
fn every_danger_raises_an_alert_and_the_crisis_text_comes_once_an_hour() {
    let first =
        inbound().change(&with_assistant(), &dangerous(DangerCategory::Abuse), (false, at(10_000))).care.unwrap();
    let soon = inbound().change(&first, &dangerous(DangerCategory::Abuse), (false, at(13_599)));
    assert_eq!((soon.alerts.len(), texts(&soon).len()), (1, 0));
    let later = inbound().change(&first, &dangerous(DangerCategory::Abuse), (false, at(13_600)));
    assert_eq!((later.alerts.len(), texts(&later).len()), (1, 1));
}

#[test]
fn a_reading_outside_its_limits_raises_an_alert_and_is_still_answered() {
    let measurement = Measurement::BloodPressure { systolic: 150.0, diastolic: Some(95.0) };
    let reading = |severity| Reading { measurement, words: "150/95".into(), severity };
    let high = Assessment { readings: vec![reading(Some(Severity::Warning)), reading(None)], ..Assessment::default() };
    let change = inbound().change(&with_assistant(), &high, (false, at(10_000)));
    assert_eq!(change.alerts.len(), 1);
    assert_eq!(change.alerts[0].text, "Outside the limits: blood pressure 150/95 mmHg.");
    assert_eq!(change.readings.len(), 2);
    assert_eq!(change.care.unwrap().assistant.due, Some(at(10_003)));
}

#[test]
fn a_stop_word_is_confirmed_and_nobody_answers_it() {
    let spanish =
        Assessment { command: Some(Command::Stop), language: Some(Language::Spanish), ..Assessment::default() };
    let change = inbound().change(&with_assistant(), &spanish, (false, at(10_000)));
    assert_eq!(texts(&change), [wording::stopped(Language::Spanish).unwrap().as_str()]);
    assert_eq!(change.care.unwrap().assistant.due, None);
    assert_eq!((change.alerts[0].kind, change.alerts[0].severity), (AlertKind::CheckInsStopped, Severity::Info));
    let start = Assessment { command: Some(Command::Start), ..Assessment::default() };
    let change = inbound().change(&with_assistant(), &start, (false, at(10_000)));
    assert_eq!(texts(&change), [wording::started(Language::English).unwrap().as_str()]);
}

#[test]
fn the_time_of_a_message_is_never_ahead_and_never_older_than_meta_delivers() {
    let sent_at = |sent_at, now| {
        let change = Inbound { sent_at, ..inbound() }.change(&Care::default(), &Assessment::default(), (false, now));
        change.drafts[0].received.as_ref().unwrap().sent_at
    };
    let now = at(10_000_000);
    assert_eq!(sent_at(at(10_000_001), now), now);
    assert_eq!(sent_at(now.minus(LONGEST_DELAY), now), now.minus(LONGEST_DELAY));
    assert_eq!(sent_at(now.minus(LONGEST_DELAY + Duration::from_secs(1)), now), now);
}
