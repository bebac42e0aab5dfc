use super::*;
use crate::caller::ProviderRole;
use crate::ids::Seq;
use crate::task::{TaskEntry, TaskFields, TaskStatus};
use crate::template::{CHECK_IN_BODY, Language, TemplateName};

fn assignee(id: u64, role: ProviderRole) -> Assignee {
    Assignee { provider_id: ProviderId::new(id).unwrap(), name: format!("Provider {id}"), role }
}

fn smith() -> Assignee {
    assignee(9, ProviderRole::Doctor)
}

fn ama() -> Assignee {
    assignee(102, ProviderRole::HumanStaff)
}

fn template() -> Template {
    Template {
        name: TemplateName::parse("doctor_check_in").unwrap(),
        language: Language::parse("en_US").unwrap(),
        body: CHECK_IN_BODY.to_owned(),
        approved: true,
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn fields(responder: &str) -> SwitchFields<'_> {
    SwitchFields { responder: Some(responder), provider_id: Some(9), ..SwitchFields::default() }
}

fn switched(read: &Thread, fields: SwitchFields<'_>, provider: Option<&Assignee>) -> Option<Change> {
    let request = SwitchRequest::parse(fields).unwrap();
    let moment = Moment { now: at(1_000), zone: &Zone::utc(), quiet: QuietHours::default() };
    switch(read, &request, Parties { caller: &smith(), provider, template: &template() }, moment)
}

fn after(read: &Thread, fields: SwitchFields<'_>, provider: Option<&Assignee>) -> Thread {
    Thread { care: switched(read, fields, provider).unwrap().care.unwrap(), ..read.clone() }
}

/// A thread with a task, given to the assistant.
fn with_assistant() -> Thread {
    let mut thread = after(&crate::thread::tests::thread(), fields("assistant"), None);
    let next_check_in_at = Some("1970-01-01T02:00:00Z".to_owned());
    let task =
        TaskFields { title: Some("T".into()), objective: Some("O".into()), next_check_in_at, ..TaskFields::default() };
    thread.care.task = Some(TaskEntry::parse(task, None, at(1_000)).unwrap().task(None, 1, at(1_000)));
    thread
}

#[test]
fn refusals() {
    let refusal = |fields| SwitchRequest::parse(fields).unwrap_err();
    let nobody = |responder| refusal(SwitchFields { provider_id: None, ..fields(responder) });
    assert_eq!(nobody("doctor"), assignment_required(Responder::Doctor));
    assert_eq!(nobody("doctor").to_string(), "provider_id is required when switching to doctor responder.");
    assert_eq!(nobody("human_staff").to_string(), "provider_id is required when switching to human_staff responder.");
    assert_eq!(refusal(SwitchFields::default()), Error::required("responder"));
    assert!(refusal(fields("nurse")).to_string().contains("assistant, doctor, human_staff"));
    assert_eq!(refusal(SwitchFields { provider_id: Some(0), ..fields("doctor") }), unknown_provider());
    let long = "x".repeat(MESSAGE_LIMIT + 1);
    assert!(SwitchRequest::parse(SwitchFields { handoff_message: Some(&long), ..fields("doctor") }).is_err());
    assert!(fits(Responder::Doctor, &ama()).is_err() && fits(Responder::HumanStaff, &ama()).is_ok());
}

#[test]
fn whoever_gives_a_thread_away_stays_responsible_and_a_waiting_patient_is_answered() {
    let thread = with_assistant();
    let care = &thread.care;
    assert_eq!((care.responder, care.doctor), (Responder::Assistant, Some(smith().provider_id)));
    assert!(care.is_assigned_to(smith().provider_id));
    assert_eq!((care.assistant.due, care.assistant.answered), (Some(at(1_003)), Seq::START));
    let mut answered = crate::thread::tests::thread();
    answered.last_out = answered.last_in.next();
    let care = after(&answered, fields("assistant"), None).care;
    assert_eq!((care.assistant.due, care.assistant.answered), (None, answered.last_in));
}

#[test]
fn a_human_who_takes_over_silences_the_assistant_and_rests_its_follow_ups() {
    let thread = after(&with_assistant(), fields("doctor"), Some(&smith()));
    let care = &thread.care;
    assert_eq!((care.responder, care.assistant.due), (Responder::Doctor, None));
    let task = care.task.as_ref().unwrap();
    assert_eq!((task.status(), task.due()), (TaskStatus::Paused, None));
    let back = after(&thread, SwitchFields { objective_completed: true, ..fields("assistant") }, None);
    assert_eq!(back.care.task.as_ref().unwrap().completed_at, Some(at(1_000)));
    let resumed = after(&thread, fields("assistant"), None);
    assert_eq!(resumed.care.task.unwrap().due(), Some(at(7_200)));
    let staff = after(&thread, SwitchFields { provider_id: Some(102), ..fields("human_staff") }, Some(&ama()));
    assert_eq!((staff.care.responder, staff.care.doctor), (Responder::HumanStaff, Some(smith().provider_id)));
}

#[test]
fn what_already_is_changes_nothing_and_nobody_is_told_twice() {
    let told = SwitchFields { send_handoff_message: Some(true), ..fields("doctor") };
    let change = switched(&with_assistant(), told, Some(&smith())).unwrap();
    let text = change.drafts[0].text.as_ref().unwrap().as_str();
    assert_eq!((text, change.drafts[0].author), ("Provider 9 is taking over this conversation.", smith().author()));
    let thread = Thread { care: change.care.unwrap(), ..with_assistant() };
    assert_eq!(switched(&thread, told, Some(&smith())), None);
    let own = SwitchFields { handoff_message: Some("Bye"), ..fields("assistant") };
    assert_eq!(switched(&thread, own, None).unwrap().drafts[0].text.as_ref().unwrap().as_str(), "Bye");
    let silent = SwitchFields { send_handoff_message: Some(false), ..own };
    assert!(switched(&thread, silent, None).unwrap().drafts.is_empty());
    let again = SwitchFields { handoff_message: Some("Please call me at once."), ..fields("doctor") };
    assert_eq!(switched(&thread, again, Some(&smith())), None, "a repeated request tells nobody twice");
    let change = switched(&with_assistant(), again, Some(&smith())).unwrap();
    assert!(change.drafts[0].fallback.is_some(), "told also when the window is closed");
    assert!(change.activate && !change.drafts[0].is_notice, "what the doctor wrote may be an answer");
}

#[test]
fn whoever_is_only_told_who_answers_waits_on() {
    let mut thread = with_assistant();
    thread.last_in = Seq::new(3).unwrap();
    thread.last_seq = thread.last_in;
    let told = SwitchFields { send_handoff_message: Some(true), ..fields("doctor") };
    let change = switched(&thread, told, Some(&smith())).unwrap();
    let taken = crate::append::append(&thread, change, at(1_001)).unwrap().thread;
    assert!(taken.awaits_answer());
    let back = after(&taken, fields("assistant"), None);
    assert!(back.care.assistant.due.is_some(), "and is answered by the assistant that gets the thread back");
}

#[test]
fn a_switch_is_written_down() {
    let change = switched(&with_assistant(), fields("doctor"), Some(&smith())).unwrap();
    let action = Action::ResponderSwitched {
        from: Responder::Assistant,
        to: Responder::Doctor,
        provider_id: Some(smith().provider_id),
    };
    assert_eq!(change.audit, [AuditDraft { actor: Actor::Provider { provider_id: smith().provider_id }, action }]);
}
