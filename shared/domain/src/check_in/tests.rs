use super::*;
use crate::ids::Seq;
use crate::patient::PatientIds;
use crate::phone::PhoneNumber;
use crate::task::{TaskEntry, TaskFields};
use crate::template::{CHECK_IN_BODY, Language, TemplateName};
use crate::text::PersonName;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A thread with a check-in at noon, and what comes of it at a moment.
struct World {
    thread: Thread,
    patient: Patient,
    template: Template,
}

impl World {
    fn new(repeat_every_hours: Option<u32>) -> Self {
        let fields = TaskFields {
            title: Some("T".into()),
            objective: Some("O".into()),
            next_check_in_at: Some("2026-03-01T12:00:00Z".into()),
            next_check_in_summary: Some("How is the pain?".into()),
            repeat_every_hours,
            ..TaskFields::default()
        };
        let entered = at("2026-03-01T09:00:00Z");
        let mut thread = crate::thread::tests::thread();
        thread.care.task = Some(TaskEntry::parse(fields, None, entered).unwrap().task(None, 1, entered));
        let ids = PatientIds::random(thread.organization_id, (1, 2));
        let name = PersonName::parse("first_name", "Ada").unwrap().unwrap();
        let template = Template {
            name: TemplateName::parse("doctor_check_in").unwrap(),
            language: Language::parse("en_US").unwrap(),
            body: CHECK_IN_BODY.to_owned(),
            approved: true,
        };
        Self { thread, patient: Patient::new(ids, PhoneNumber::dummy(1), (name, None), entered), template }
    }

    fn change(&self, now: &str, (is_stopped, asked): (bool, Option<&Delivery>)) -> Option<Change> {
        let (zone, quiet) = (&Zone::utc(), QuietHours::default());
        let (patient, template) = (&self.patient, &self.template);
        check_in(&self.thread, Circumstances { patient, template, zone, quiet, is_stopped, asked }, at(now))
    }

    fn kept(&mut self, change: Change, now: &str) {
        self.thread = crate::append::append(&self.thread, change, at(now)).unwrap().thread;
    }
}

#[test]
fn what_is_due_goes_out_and_makes_its_thread_the_active_one() {
    let world = World::new(None);
    assert_eq!(world.change("2026-03-01T11:59:59Z", (false, None)), None);
    let change = world.change("2026-03-01T12:00:00Z", (false, None)).unwrap();
    let draft = &change.drafts[0];
    assert!(change.activate && draft.unasked && draft.fallback.is_some());
    insta::assert_snapshot!(draft.text.as_ref().unwrap().as_str(), @"Hi Ada, checking in: How is the pain?");
}

#[test]
fn nobody_is_written_to_who_said_stop_and_whoever_waits_learns_it() {
    let change = World::new(Some(24)).change("2026-03-01T12:00:00Z", (true, None)).unwrap();
    assert_eq!((change.drafts.len(), change.alerts.len(), change.activate), (0, 0, false), "the plan goes on");
    let change = World::new(None).change("2026-03-01T12:00:00Z", (true, None)).unwrap();
    assert_eq!((change.drafts.len(), change.alerts[0].kind), (0, AlertKind::CheckInsStopped));
}

#[test]
fn an_answer_that_does_not_come_is_told_with_the_message_that_asked() {
    let mut world = World::new(Some(24));
    let sent = world.change("2026-03-01T12:00:00Z", (false, None)).unwrap();
    world.kept(sent, "2026-03-01T12:00:00Z");
    let asked = world.thread.care.task.as_ref().unwrap().check_in.asked;
    // The next one is due, too: the alert must not be about that.
    let late = "2026-03-02T12:00:00Z";
    let change = world.change(late, (false, None)).unwrap();
    assert_eq!((change.alerts[0].about, change.drafts.len()), (asked, 1));
    assert_eq!(change.alerts[0].text, "The patient did not answer the last check-in.");
    let failed = Delivery::queued(crate::delivery::Channel::Whatsapp, at(late))
        .failed(crate::delivery::Failure::Undeliverable, None);
    let change = world.change(late, (false, Some(&failed))).unwrap();
    assert_eq!(change.alerts[0].text, "The last check-in could not be delivered.");
    let kept = crate::append::append(&world.thread, change, at(late)).unwrap();
    assert_eq!(kept.alerts[0].message.map(|message| message.seq), asked);
    assert_ne!(asked, Some(Seq::START));
}
