use super::*;
use crate::alert::{AlertKind, Severity};
use crate::audit::{Action, Actor};
use crate::caller::ProviderRole;
use crate::care::Risk;
use crate::ids::ProviderId;
use crate::observation::Measurement;
use crate::thread::Assignee;

fn thread() -> Thread {
    Thread { last_seq: Seq::new(7).unwrap(), last_in: Seq::new(7).unwrap(), ..crate::thread::tests::thread() }
}

fn draft(author: Author) -> Draft {
    Draft { text: MessageText::received("hello"), ..Draft::of(author) }
}

fn doctor() -> Assignee {
    Assignee { provider_id: ProviderId::new(9).unwrap(), name: "Dr. Smith".into(), role: ProviderRole::Doctor }
}

#[test]
fn numbers_follow_without_gap() {
    let author = doctor().author();
    let change = Change { drafts: vec![draft(author), draft(author)], ..Change::default() };
    let done = append(&thread(), change, Timestamp::from_seconds(200)).unwrap();
    assert_eq!(done.messages.iter().map(|m| m.seq.get()).collect::<Vec<_>>(), [8, 9]);
    assert_eq!((done.thread.last_seq.get(), done.thread.last_out.get(), done.thread.last_in.get()), (9, 9, 7));
    assert!(!done.thread.awaits_answer() && thread().awaits_answer());
    assert!(done.messages.iter().all(Message::is_undecided));
}

#[test]
fn an_inbound_message_is_not_delivered_to_anybody() {
    let received = Received {
        wamid: Wamid::parse("wamid.1").unwrap(),
        sent_at: Timestamp::from_seconds(150),
        shared_phone: false,
    };
    let inbound = Draft { received: Some(received), ..draft(Author::Patient) };
    let change = Change { drafts: vec![inbound], ..Change::default() };
    let done = append(&thread(), change, Timestamp::from_seconds(200)).unwrap();
    assert_eq!(done.messages[0].delivery, None);
    assert_eq!(done.thread.last_inbound_at, Some(Timestamp::from_seconds(150)));
}

#[test]
fn updated_moves_with_every_message_also_within_a_second_and_under_a_slow_clock() {
    let change = || Change { drafts: vec![draft(Author::Patient)], ..Change::default() };
    let first = append(&thread(), change(), Timestamp::from_millis(100_400)).unwrap().thread;
    assert_eq!(first.updated, Timestamp::from_seconds(101));
    let second = append(&first, change(), Timestamp::from_millis(100_500)).unwrap().thread;
    assert_eq!(second.updated, Timestamp::from_seconds(102));
    let slow = append(&second, change(), Timestamp::from_seconds(50)).unwrap().thread;
    assert_eq!(slow.updated, Timestamp::from_seconds(103));
}

#[test]
fn every_change_of_the_care_moves_the_revision_and_only_acts_of_people_the_thread() {
    let care = Some(thread().care.answered_by(&doctor()));
    let taken = Change { care, activate: true, ..Change::default() };
    let done = append(&thread(), taken.clone(), Timestamp::from_seconds(200)).unwrap();
    assert_eq!((done.thread.revision, done.thread.active, done.thread.updated), (1, true, thread().updated));
    let Expected::Thread(read) = done.expected else { panic!("it was read") };
    assert_eq!(read.revision, 0);
    let action = Action::TaskSet;
    let audit = vec![AuditDraft { actor: Actor::System, action }];
    let done = append(&thread(), Change { audit, ..taken }, Timestamp::from_seconds(200)).unwrap();
    assert_eq!(done.thread.updated, Timestamp::from_seconds(200));
    assert_eq!((done.audit[0].action, done.audit[0].patient_id), (action, thread().patient_id));
    let lease = append(&thread(), Change::default(), Timestamp::from_seconds(200)).unwrap();
    assert_eq!(lease.thread.revision, 1, "a write without messages moves it too");
    let message = Change { drafts: vec![draft(Author::Patient)], ..Change::default() };
    assert_eq!(append(&thread(), message, Timestamp::from_seconds(200)).unwrap().thread.revision, 0);
}

#[test]
fn alerts_and_observations_are_numbered_and_point_to_their_message() {
    let alert = AlertDraft::of(AlertKind::AbnormalReading, Severity::Warning, "High");
    let measurement = Measurement::Pain { value: 7.0 };
    let reading = Reading { measurement, words: "pain is 7".into(), severity: Some(Severity::Warning) };
    let change = Change {
        drafts: vec![draft(Author::Patient)],
        alerts: vec![alert.clone(), alert],
        readings: vec![reading],
        ..Change::default()
    };
    let done = append(&thread(), change, Timestamp::from_seconds(200)).unwrap();
    let first = done.messages[0].id();
    assert_eq!(
        done.alerts.iter().map(|alert| (alert.id.seq.get(), alert.message)).collect::<Vec<_>>(),
        [(1, Some(first)), (2, Some(first))]
    );
    assert_eq!((done.observations[0].id.seq.get(), done.observations[0].message), (1, first));
    let care = &done.thread.care;
    assert_eq!((care.risk, care.alerts.open, done.thread.revision), (Risk::Medium, 2, 1));
}

#[test]
fn what_the_product_says_by_itself_is_no_answer_and_what_staff_alone_may_see_goes_nowhere() {
    let change = |draft| Change { drafts: vec![draft], ..Change::default() };
    let done = append(&thread(), change(draft(Author::System)), Timestamp::from_seconds(200)).unwrap();
    assert!(done.thread.awaits_answer() && done.messages[0].is_undecided());
    let report = Draft { audience: Audience::Staff, ..draft(Author::System) };
    let done = append(&thread(), change(report), Timestamp::from_seconds(200)).unwrap();
    assert_eq!(done.messages[0].delivery, None);
    let in_app = Thread { channel: Channel::InApp, ..thread() };
    let done = append(&in_app, change(draft(Author::Assistant)), Timestamp::from_seconds(200)).unwrap();
    assert!(done.messages[0].delivery.is_none() && !done.thread.awaits_answer());
}

#[test]
fn a_full_thread_refuses() {
    let full = Thread { last_seq: Seq::MAX, ..thread() };
    let change = Change { drafts: vec![draft(Author::Patient)], ..Change::default() };
    let error = append(&full, change, Timestamp::from_seconds(200)).unwrap_err();
    assert!(matches!(error, Error::Refused { code: "thread_full", .. }));
}

#[test]
fn nobody_real_is_reached_by_accident() {
    assert_eq!(channel(true, false, true), Ok(Channel::Whatsapp));
    assert_eq!(channel(true, true, false), Ok(Channel::Whatsapp), "the simulator is not real");
    assert_eq!(channel(false, false, false), Ok(Channel::Sink));
    assert!(channel(true, true, true).is_err() && channel(false, false, true).is_err());
}
