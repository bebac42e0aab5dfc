use super::*;
use crate::contact::ContactKey;
use crate::ids::Seq;
use crate::zone::{QuietHours, Zone};

const HOUR: Duration = Duration::from_hours(1);

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn noon() -> Timestamp {
    at("2026-03-01T12:00:00Z")
}

fn fields() -> TaskFields {
    TaskFields {
        title: Some("Blood pressure".into()),
        objective: Some("Below 140/90".into()),
        next_check_in_at: Some("2026-03-01T14:00:00Z".into()),
        ..TaskFields::default()
    }
}

fn task(fields: TaskFields) -> Task {
    TaskEntry::parse(fields, None, noon()).unwrap().task(None, 1, noon())
}

fn calm() -> (Zone, QuietHours) {
    (Zone::utc(), QuietHours::default())
}

/// What is due at a moment where the clock is UTC.
fn tick(task: &Task, now: Timestamp) -> Tick {
    task.tick(now, (&Zone::utc(), QuietHours::default()))
}

#[test]
fn refusals_name_their_field() {
    let with = |change: fn(&mut TaskFields)| {
        let mut fields = fields();
        change(&mut fields);
        TaskEntry::parse(fields, None, noon()).unwrap_err().to_string()
    };
    let item = |text: &str| ChecklistItem { text: text.into(), completed: false, for_patient: false };
    let long = TaskFields { checklist: vec![item("x"); 1_000], ..fields() };
    let cases = [
        with(|fields| fields.title = None),
        with(|fields| fields.title = Some(" \n ".into())),
        with(|fields| fields.title = Some("x".repeat(201))),
        with(|fields| fields.objective = None),
        with(|fields| fields.next_check_in_at = Some("2026-03-01T12:00:00Z".into())),
        with(|fields| fields.next_check_in_at = Some("2027-03-03T12:00:00Z".into())),
        with(|fields| fields.next_check_in_at = Some("2026-02-30T12:00:00Z".into())),
        with(|fields| fields.next_check_in_at = Some("2026-03-01T14:00:00".into())),
        with(|fields| fields.next_check_in_at = Some("tomorrow".into())),
        with(|fields| fields.repeat_every_hours = Some(0)),
        with(|fields| fields.repeat_every_hours = Some(745)),
        with(|fields| (fields.repeat_every_hours, fields.next_check_in_at) = (Some(24), None)),
        with(|fields| fields.next_check_in_summary = Some("x".repeat(501))),
        TaskEntry::parse(long, None, noon()).unwrap_err().to_string(),
        TaskEntry::parse(TaskFields { checklist: vec![item(&"x".repeat(201))], ..fields() }, None, noon())
            .unwrap_err()
            .to_string(),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    title is required.
    title is required.
    title must have at most 200 characters.
    objective is required.
    next_check_in_at must be in the future.
    next_check_in_at must be within a year.
    next_check_in_at must be a time with a zone, for example 2026-11-25T09:00:00Z.
    next_check_in_at must be a time with a zone, for example 2026-11-25T09:00:00Z.
    next_check_in_at must be a time with a zone, for example 2026-11-25T09:00:00Z.
    repeat_every_hours must be from 1 to 744.
    repeat_every_hours must be from 1 to 744.
    next_check_in_at is required with repeat_every_hours.
    next_check_in_summary must have at most 500 characters.
    checklist must have at most 30 items.
    Each item of checklist must have at most 200 characters.
    ");
}

#[test]
fn a_changed_task_keeps_its_id_and_a_completed_one_makes_room() {
    let first = task(fields());
    let entry = TaskEntry::parse(fields(), None, noon()).unwrap();
    assert_eq!(entry.task(Some(&first), 2, noon()).public_id, first.public_id);
    let done = first.clone().completed(noon());
    assert_eq!((done.status(), done.due(), done.completed_at), (TaskStatus::Completed, None, Some(noon())));
    assert_ne!(entry.task(Some(&done), 2, noon()).public_id, first.public_id);
    assert_eq!(done.clone().completed(noon().plus(HOUR)), done, "it was completed when it was completed");
}

#[test]
fn one_check_in_goes_out_once_and_waits_for_an_answer() {
    let planned = task(fields());
    let due = at("2026-03-01T14:00:00Z");
    assert_eq!(tick(&planned, due.minus(Duration::from_millis(1))), Tick::default());
    assert_eq!(tick(&planned, due), Tick { missed: false, next: Next::Send });
    let (zone, quiet) = calm();
    let sent = planned.with_check_in_sent(Seq::new(4).unwrap(), due, (&zone, quiet));
    assert_eq!((tick(&sent, due), sent.check_in.next), (Tick::default(), None));
    assert_eq!(tick(&sent, due.plus(REPLY_WITHIN)), Tick { missed: true, next: Next::Nothing });
    assert_eq!(sent.with_check_in_missed().due(), None);
    assert_eq!(sent.answered().due(), None);
}

#[test]
fn missed_ticks_are_one_and_the_repetition_does_not_drift() {
    let daily = task(TaskFields { repeat_every_hours: Some(24), ..fields() });
    let (zone, quiet) = calm();
    let late = at("2026-03-04T14:07:00Z");
    assert_eq!(tick(&daily, late).next, Next::Send);
    let sent = daily.with_check_in_sent(Seq::new(4).unwrap(), late, (&zone, quiet));
    assert_eq!(sent.check_in.next, Some(at("2026-03-05T14:00:00Z")));
    assert_eq!(sent.check_in.reply_by, Some(late.plus(REPLY_WITHIN)));
    let hourly = task(TaskFields { repeat_every_hours: Some(1), ..fields() });
    let sent = hourly.with_check_in_sent(Seq::new(4).unwrap(), at("2026-03-01T14:00:30Z"), (&zone, quiet));
    assert_eq!((sent.check_in.next, sent.check_in.reply_by), (Some(at("2026-03-01T15:00:00Z")), sent.check_in.next));
}

#[test]
fn repetitions_wait_for_the_morning_of_the_patient_and_come_back_to_their_hour() {
    let evening =
        TaskFields { next_check_in_at: Some("2026-03-01T19:00:00Z".into()), repeat_every_hours: Some(6), ..fields() };
    let lagos = Zone::parse("Africa/Lagos").unwrap();
    let sent = task(evening).with_check_in_sent(
        Seq::new(4).unwrap(),
        at("2026-03-01T19:00:00Z"),
        (&lagos, QuietHours::default()),
    );
    // 01:00 UTC is two at night there; the next one is at the end of the quiet hours, the one after at its own hour.
    assert_eq!(sent.check_in.next, Some(at("2026-03-02T07:00:00Z")));
    let again =
        sent.with_check_in_sent(Seq::new(5).unwrap(), at("2026-03-02T07:00:10Z"), (&lagos, QuietHours::default()));
    assert_eq!(again.check_in.next, Some(at("2026-03-02T13:00:00Z")));
}

#[test]
fn a_late_check_in_waits_for_the_morning_unless_the_clinician_chose_the_night() {
    let (zone, quiet) = calm();
    let daily = task(TaskFields { repeat_every_hours: Some(24), ..fields() });
    let morning = at("2026-03-02T08:00:00Z");
    assert_eq!(tick(&daily, at("2026-03-01T23:47:00Z")).next, Next::Postpone(morning));
    let postponed = daily.with_check_in_postponed(morning);
    assert_eq!((tick(&postponed, morning).next, postponed.due()), (Next::Send, Some(morning)));
    let sent = postponed.with_check_in_sent(Seq::new(4).unwrap(), morning, (&zone, quiet));
    assert_eq!(sent.due(), Some(at("2026-03-02T14:00:00Z")), "the hour of the plan comes back");
    let night = TaskFields { next_check_in_at: Some("2026-03-01T23:00:00Z".into()), ..fields() };
    assert_eq!(tick(&task(night), at("2026-03-01T23:00:30Z")).next, Next::Send);
}

#[test]
fn what_was_put_back_unchanged_keeps_its_count_and_its_open_question() {
    let (zone, quiet) = calm();
    let daily = TaskFields {
        next_check_in_summary: Some("How bad is the pain?".into()),
        repeat_every_hours: Some(24),
        ..fields()
    };
    let due = at("2026-03-01T14:00:00Z");
    let sent = task(daily.clone()).with_check_in_sent(Seq::new(4).unwrap(), due, (&zone, quiet));
    let next_check_in_at = sent.check_in.next.map(Timestamp::rfc3339_seconds);
    let back = TaskFields { next_check_in_at, ..daily };
    assert_eq!(
        TaskEntry::parse(back.clone(), Some(&sent), due).unwrap().task(Some(&sent), 1, due).check_in,
        sent.check_in
    );
    let other = TaskFields { next_check_in_summary: Some("How many tablets are left?".into()), ..back };
    let changed = TaskEntry::parse(other, Some(&sent), due).unwrap().task(Some(&sent), 1, due).check_in;
    assert_eq!((changed.asked, changed.reply_by), (None, sent.check_in.reply_by), "a 9 is no pain any more");
}

#[test]
fn who_wants_no_check_ins_gets_none_and_the_plan_goes_on() {
    let (zone, quiet) = calm();
    let daily = task(TaskFields { repeat_every_hours: Some(24), ..fields() });
    let skipped = daily.with_check_in_skipped(at("2026-03-01T14:00:00Z"), (&zone, quiet));
    assert_eq!((skipped.due(), skipped.check_in.asked), (Some(at("2026-03-02T14:00:00Z")), None));
    assert_eq!(task(fields()).with_check_in_skipped(at("2026-03-01T14:00:00Z"), (&zone, quiet)).due(), None);
}

#[test]
fn a_paused_task_rests_and_a_resumed_one_does_not_catch_up() {
    let (zone, quiet) = calm();
    let daily = task(TaskFields { repeat_every_hours: Some(24), ..fields() }).paused();
    assert_eq!((daily.status(), daily.due()), (TaskStatus::Paused, None));
    let resumed = daily.clone().resumed(at("2026-03-03T09:00:00Z"), (&zone, quiet));
    assert_eq!(resumed.due(), Some(at("2026-03-03T14:00:00Z")));
    let once = task(fields()).paused();
    assert_eq!(once.clone().resumed(noon(), (&zone, quiet)).due(), Some(at("2026-03-01T14:00:00Z")));
    assert_eq!(once.resumed(at("2026-03-01T14:00:00Z"), (&zone, quiet)).due(), None);
}

/// What a client shows may be put back with a tick, at any time.
#[test]
fn a_plan_that_comes_back_as_it_was_shown_is_the_same_plan() {
    let (zone, quiet) = calm();
    let late = at("2026-03-01T14:00:30Z");
    let daily = TaskFields { repeat_every_hours: Some(24), ..fields() };
    let planned = task(daily.clone());
    let ticked = TaskFields { title: Some("Ticked".into()), ..daily };
    let again = |earlier: &Task, fields: &TaskFields| {
        let entry = TaskEntry::parse(fields.clone(), Some(earlier), late).unwrap();
        let mut contact = Contact::new(ContactKey::from_wa_digits("2348012345678"));
        contact.stopped = Some(late);
        assert_eq!(entry.suits(Some(&contact)), Ok(()), "also when the patient said stop");
        entry.task(Some(earlier), 1, late)
    };
    let due = again(&planned, &ticked);
    assert_eq!(
        (tick(&due, late).next, due.title.as_str()),
        (Next::Send, "Ticked"),
        "also between its time and the tick"
    );
    let resting = again(&planned.clone().paused(), &ticked);
    assert_eq!((resting.status(), &resting.check_in), (TaskStatus::Paused, &planned.paused().check_in));
    let completed =
        TaskFields { objective_completed: true, next_check_in_at: None, repeat_every_hours: None, ..ticked };
    assert_eq!(again(&resting, &completed).status(), TaskStatus::Completed);
    let other = TaskFields { next_check_in_at: Some("2026-03-02T09:00:00Z".into()), ..fields() };
    let resumed = TaskEntry::parse(other, Some(&resting), late).unwrap().task(Some(&resting), 1, late);
    assert_eq!(resumed.status(), TaskStatus::Active, "who plans anew while it rests wants it");
    assert_eq!(
        resumed.with_check_in_sent(Seq::new(4).unwrap(), late, (&zone, quiet)).due(),
        Some(late.plus(REPLY_WITHIN))
    );
}

#[test]
fn two_check_ins_in_a_row_are_one() {
    let (zone, quiet) = calm();
    let six =
        TaskFields { next_check_in_at: Some("2026-03-01T15:00:00Z".into()), repeat_every_hours: Some(6), ..fields() };
    let mut task = task(six);
    let mut sent = Vec::new();
    for _ in 0..5 {
        let due = task.check_in.next.unwrap();
        sent.push(due.rfc3339_seconds());
        task = task.with_check_in_sent(Seq::new(4).unwrap(), due, (&zone, quiet));
    }
    // At 21:00 it is night; at 08:00 the one of 09:00 is too near.
    insta::assert_snapshot!(sent.join("\n"), @r"
    2026-03-01T15:00:00Z
    2026-03-02T08:00:00Z
    2026-03-02T15:00:00Z
    2026-03-03T08:00:00Z
    2026-03-03T15:00:00Z
    ");
}
