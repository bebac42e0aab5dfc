use domain::ids::Seq;
use domain::message::Author;
use domain::observation::Measurement;
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
            ChecklistItem { text: "measure daily".into(), completed: false, for_patient: false },
            ChecklistItem { text: "buy a cuff".into(), completed: true, for_patient: false },
        ],
        ..TaskFields::default()
    };
    talk.thread.care.task = Some(TaskEntry::parse(fields, None, at(0)).unwrap().task(None, 1, at(0)));
    let report = daily(talk.sources(), at(5), at(600));
    insta::assert_snapshot!(report.text(), @"
    Daily report of 2026-11-25
    The patient said:
    - 08:10 I slept badly.
    - 08:12 150/95
    Readings:
    - blood pressure 150/95 mmHg, outside the limits; up from 138/95 mmHg before this day (2026-11-25 08:01)
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

fn lines(talk: &Talk) -> Vec<String> {
    daily(talk.sources(), at(5), at(600)).readings
}

#[test]
fn several_readings_of_a_day_show_the_first_the_last_and_the_worst() {
    let mut talk = Talk::begins();
    talk.measures(138.0, 1);
    for (systolic, minute) in [(150.0, 10), (178.0, 20), (170.0, 30), (136.0, 40)] {
        talk.measures(systolic, minute);
    }
    insta::assert_snapshot!(lines(&talk).join("\n"), @"blood pressure: first 150/95 mmHg (08:10, outside the limits), last 136/95 mmHg (08:40), down; worst 178/95 mmHg (08:20, outside the limits); 4 readings in all; down from 138/95 mmHg before this day (2026-11-25 08:01)");
}

#[test]
fn readings_within_the_limits_have_no_worst_and_none_from_before() {
    let mut talk = Talk::begins();
    talk.measures(128.0, 10);
    talk.measures(128.0, 20);
    insta::assert_snapshot!(lines(&talk).join("\n"), @"blood pressure: first 128/95 mmHg (08:10), last 128/95 mmHg (08:20), unchanged; 2 readings in all");
}

#[test]
fn of_equally_severe_readings_the_farthest_is_the_worst() {
    let mut talk = Talk::begins();
    for minute in 10..13 {
        talk.measures(150.0, minute);
    }
    let value = |value| Measurement::OxygenSaturation { value };
    for (observation, saturation) in talk.observations.iter_mut().zip([93.0, 91.0, 94.0]) {
        observation.measurement = value(saturation);
    }
    insta::assert_snapshot!(lines(&talk).join("\n"), @"oxygen saturation: first 93 % (08:10, outside the limits), last 94 % (08:12, outside the limits), up; worst 91 % (08:11, outside the limits); 3 readings in all");
}

#[test]
fn messages_that_are_not_shown_are_counted() {
    let mut talk = Talk::begins();
    for minute in 10..33 {
        talk.says(Author::Patient, &format!("message {minute}"), minute);
    }
    let said = |most: i64| daily(talk.sources(), at(5), at(most)).said;
    let all = said(600);
    assert_eq!((all[0].as_str(), all[1].as_str(), all.len()), ("and 3 earlier messages", "08:13 message 13", 21));
    assert_eq!(said(30)[0], "and 1 earlier message");
    assert_eq!((said(29)[0].as_str(), said(29).len()), ("08:10 message 10", 20));
}
