use super::*;
use crate::caller::ProviderRole;
use crate::ids::{OrganizationId, PatientId, ProviderId, PublicId, ThreadNo};
use crate::thread::Risk;

fn thread() -> Thread {
    let no = ThreadNo::from_random(5);
    Thread {
        thread: no,
        public_id: PublicId::new(no, 6),
        organization_id: OrganizationId::new(21).unwrap(),
        patient_id: PatientId::new(123).unwrap(),
        patient_name: "John Doe".into(),
        contact: None,
        channel: Channel::Whatsapp,
        assigned: None,
        handoff: 0,
        active: false,
        risk: Risk::Low,
        last_seq: Seq::new(7).unwrap(),
        last_in: Seq::new(7).unwrap(),
        last_out: Seq::START,
        delivered_through: Seq::START,
        last_inbound_at: None,
        version: 7,
        changed: Timestamp::from_seconds(0),
        created: Timestamp::from_seconds(0),
        updated: Timestamp::from_seconds(100),
    }
}

fn draft(author: Author) -> Draft {
    Draft { author, text: MessageText::received("hello"), media: None, template: None, received: None }
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
fn taking_a_thread_counts_as_a_handoff() {
    let change = Change { assign: Some(doctor()), activate: true, drafts: Vec::new() };
    let done = append(&thread(), change, Timestamp::from_seconds(200)).unwrap();
    assert_eq!((done.thread.handoff, done.thread.active), (1, true));
    assert_eq!(done.thread.updated, thread().updated, "no message, no movement");
    let Expected::Thread(read) = done.expected else { panic!("it was read") };
    assert_eq!(read.handoff, 0);
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
