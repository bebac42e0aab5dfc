use domain::ids::Seq;
use domain::message::Author;
use domain::task::{ChecklistItem, TaskEntry, TaskFields};

use super::*;
use crate::brief::tests::{Talk, at, doctor};

#[test]
fn a_day_in_a_thread() {
    let mut talk = Talk::begins();
    talk.measures(138.0, 1);
    talk.says(Author::Patient, "I slept badly.", 10);
    talk.says(doctor(), "Thank you.", 11);
    talk.measures(150.0, 12);
    let fields = TaskFields {
        title: Some("Blood pressure".into()),
        objective: Some("below 140/90".into()),
        checklist: vec![
            ChecklistItem { text: "measure daily".into(), completed: false },
            ChecklistItem { text: "buy a cuff".into(), completed: true },
        ],
        ..TaskFields::default()
    };
    talk.thread.care.task = Some(TaskEntry::parse(fields, at(0)).unwrap().task(None, 1, at(0)));
    let report = daily(talk.sources(), at(5), at(600));
    insta::assert_snapshot!(report.text(), @r"
    Daily report of 2026-11-25
    The patient said:
    - 08:10 I slept badly.
    - 08:12 150/95
    Readings:
    - blood pressure 150/95 mmHg, outside the limits, up from 138/95 mmHg
    Risk: Medium. High.
    Open tasks:
    - Blood pressure: below 140/90
    - measure daily
    ");
    assert_eq!(talk.messages[0].seq, Seq::START.next());
}

#[test]
fn a_day_without_a_word() {
    let talk = Talk::begins();
    insta::assert_snapshot!(daily(talk.sources(), at(0), at(600)).text(), @r"
    Daily report of 2026-11-25
    The patient said: nothing today
    Readings: none today
    Risk: Low. No open alerts.
    Open tasks: none
    ");
}
