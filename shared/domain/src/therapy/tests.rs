use super::*;
use crate::alert::Severity;
use crate::assessment::{Danger, DangerCategory};
use crate::assistant::Turn;
use crate::ids::{OrganizationId, SectionId};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn section() -> Section {
    Section::new(SectionId::new(7).unwrap(), OrganizationId::new(21).unwrap())
}

fn text(text: &str) -> MessageText {
    MessageText::received(text).unwrap()
}

fn thread() -> Thread {
    Thread { care: begun(), ..crate::thread::tests::thread() }
}

fn lee() -> NamedTherapist {
    NamedTherapist { user_id: UserId::new(20).unwrap(), name: "Lee".into() }
}

fn danger(category: DangerCategory) -> Assessment {
    let danger = Danger { category, severity: Severity::Emergency, rule: "rule".into(), words: vec!["end it".into()] };
    Assessment { dangers: vec![danger], ..Assessment::default() }
}

fn after(change: &Change) -> &Care {
    change.care.as_ref().unwrap()
}

fn write(section: &Section, written: &str, assessment: &Assessment) -> Change {
    said(&begun(), Written { section, text: &text(written), assessment }, at(100))
}

#[test]
fn the_assistant_has_the_turn_unless_somebody_else_is_meant() {
    let quiet = Assessment::default();
    let change = write(&section(), "I slept badly.", &quiet);
    assert!(after(&change).assistant.is_responding(at(101)));
    let answered = Thread { care: after(&change).clone(), ..thread() };
    assert!(matches!(answered.turn(at(131)), Turn::Take(_)), "when the process dies, the worker answers");
    for (section, written) in
        [(section(), "I slept badly, @Therapist."), (Section { mode: Mode::HumanOnly, ..section() }, "I slept badly.")]
    {
        assert_eq!(after(&write(&section, written, &quiet)).assistant.due, None, "{written}");
    }
}

#[test]
fn a_danger_raises_the_alarm_and_takes_the_assistant_off() {
    let own = Section { blocked_message: Some(text("Call 555.")), ..section() };
    let change = write(&own, "I will end it", &danger(DangerCategory::SelfHarm));
    let said: Vec<&str> = change.drafts.iter().map(|draft| draft.text.as_ref().unwrap().as_str()).collect();
    assert_eq!(said, ["I will end it", "Call 555."]);
    assert_eq!((change.alerts.len(), change.alerts[0].severity), (1, Severity::Emergency));
    assert_eq!((after(&change).assistant.enabled, after(&change).assistant.due), (false, None));
    let in_section = Thread { section: Some(own.section_id), ..thread() };
    let kept = crate::append::append(&in_section, change.clone(), at(100)).unwrap();
    assert_eq!((kept.thread.care.escalation_due, kept.thread.care.risk), (Some(at(100)), Risk::Critical));
    assert_eq!(change.audit[0].action, Action::DangerDetected);
    let medical = write(&own, "My chest hurts", &danger(DangerCategory::Medical));
    assert_ne!(medical.drafts[1].text, Some(text("Call 555.")), "an emergency of the body is told where to call");
    let again = said_again(&own, after(&change));
    assert_eq!(again.drafts.len(), 1, "the text is not said every time");
    assert_eq!(again.alerts.len(), 1, "the alarm is raised every time");
}

fn said_again(section: &Section, care: &Care) -> Change {
    let assessment = danger(DangerCategory::SelfHarm);
    said(care, Written { section, text: &text("I will end it"), assessment: &assessment }, at(200))
}

#[test]
fn a_therapist_ends_what_the_assistant_was_about_to_say() {
    let mut read = thread();
    read.care = read.care.answering_now(at(100));
    let change = answered(&read, &lee(), text("I am here."));
    let answered = Thread { care: after(&change).clone(), ..read };
    assert_eq!(answered.turn(at(200)), Turn::None);
    assert_eq!(answered.care.therapists, [lee()]);
    assert!(answered.care.assistant.enabled, "the next message is answered again");
}

#[test]
fn allowing_the_assistant_lifts_what_a_danger_imposed() {
    let read = Thread { care: begun().in_danger(), ..thread() };
    let on = assistant_set(&read, lee().user_id, true).unwrap();
    assert_eq!((after(&on).assistant.enabled, after(&on).responder), (true, Responder::Assistant));
    let read = Thread { care: after(&on).clone(), ..read };
    assert_eq!(assistant_set(&read, lee().user_id, true), None);
    let off = assistant_set(&read, lee().user_id, false).unwrap();
    assert_eq!(off.audit[0].action, Action::AssistantSet { enabled: false });
}

#[test]
fn the_risk_is_what_a_therapist_says_also_lower() {
    let read = Thread { care: Care { risk: Risk::Critical, ..begun() }, ..thread() };
    let change = risk_set(&read, lee().user_id, Risk::Low).unwrap();
    assert_eq!(after(&change).risk, Risk::Low);
    assert_eq!(change.audit[0].action, Action::RiskSet { from: Risk::Critical, to: Risk::Low });
    assert_eq!(risk_set(&read, lee().user_id, Risk::Critical), None);
    let read =
        Thread { care: Care { alerts: crate::care::Tally { open: 1, ..Default::default() }, ..read.care }, ..read };
    let change = alert_read(&read, lee().user_id, AlertKind::DangerDetected);
    assert_eq!((after(&change).risk, after(&change).alerts.open), (Risk::Critical, 0));
}

#[test]
fn a_decision_never_calms_over_an_alert_that_came_meanwhile() {
    let seen = begun();
    let alarmed = crate::care::Tally { last: Seq::START.next(), open: 1 };
    let read = Thread { care: Care { risk: Risk::Critical, alerts: alarmed, ..begun().in_danger() }, ..thread() };
    let lowered = risk_set(&read, lee().user_id, Risk::Low).unwrap();
    let enabled = assistant_set(&read, lee().user_id, true).unwrap();
    assert!(hides(&seen, &read.care, &lowered) && hides(&seen, &read.care, &enabled));
    assert!(!hides(&read.care, &read.care, &lowered), "it was seen");
    let spoken = answered(&read, &lee(), text("I am here."));
    assert!(!hides(&seen, &read.care, &spoken), "words are always kept");
}

#[test]
fn a_tag_is_a_message_an_alert_and_a_risk() {
    for (reason, urgency, expected) in [
        (Some("overwhelmed"), None, (Urgency::Normal, Severity::Warning, Risk::Low)),
        (Some("overwhelmed"), Some("urgent"), (Urgency::Urgent, Severity::Critical, Risk::Medium)),
        (Some("need_talk"), None, (Urgency::Urgent, Severity::Critical, Risk::Medium)),
        (Some("overwhelmed"), Some("emergency"), (Urgency::Emergency, Severity::Emergency, Risk::Critical)),
        (Some("overwhelmed"), Some(" URGENT "), (Urgency::Urgent, Severity::Critical, Risk::Medium)),
        (Some("emergency"), Some(""), (Urgency::Emergency, Severity::Emergency, Risk::Critical)),
        (Some("emergency"), Some("asap"), (Urgency::Emergency, Severity::Emergency, Risk::Critical)),
        (Some("my own words"), Some("at once!"), (Urgency::Normal, Severity::Warning, Risk::Low)),
        (None, None, (Urgency::Normal, Severity::Warning, Risk::Low)),
    ] {
        let request = TagRequest::parse(&section(), reason, urgency).unwrap();
        let (tag, change) = tagged(&request, &Assessment::default());
        assert_eq!((tag.urgency, change.alerts[0].severity, after(&change).risk), expected, "{reason:?} {urgency:?}");
        assert_eq!(tag.message, MessageIdAfter::of(&thread()));
        assert_eq!(after(&change).tags.last, tag.id.seq);
    }
    let high = Thread { care: Care { risk: Risk::High, ..begun() }, ..thread() };
    let request = TagRequest::parse(&section(), Some("need_talk"), None).unwrap();
    let assessment = Assessment::default();
    let call = Call { request: &request, therapist: &lee(), assessment: &assessment };
    let (_, change) = super::call(&high, &section(), call, at(100));
    assert_eq!(after(&change).risk, Risk::High, "an urgent tag never lowers the risk");
}

struct MessageIdAfter;

impl MessageIdAfter {
    fn of(thread: &Thread) -> crate::ids::MessageId {
        crate::ids::MessageId { thread: thread.thread, seq: thread.last_seq.next() }
    }
}

fn tagged(request: &TagRequest, assessment: &Assessment) -> (Tag, Change) {
    let call = Call { request, therapist: &lee(), assessment };
    super::call(&thread(), &section(), call, at(100))
}

#[test]
fn a_reason_is_said_and_own_words_are_searched() {
    let said = |reason| TagRequest::parse(&section(), reason, None).unwrap();
    assert_eq!(
        said(Some("overwhelmed")).text.as_str(),
        "@therapist I would like to speak with my therapist #overwhelmed: I am feeling overwhelmed"
    );
    assert_eq!(said(Some("my dog")).text.as_str(), "@therapist I would like to speak with my therapist: my dog");
    assert_eq!(
        (said(Some("overwhelmed")).is_own, said(Some("my dog")).is_own, said(None).is_own),
        (false, true, false)
    );
    let (_, change) = tagged(&said(Some("I will end it")), &danger(DangerCategory::SelfHarm));
    let kinds: Vec<AlertKind> = change.alerts.iter().map(|alert| alert.kind).collect();
    assert_eq!(kinds, [AlertKind::DangerDetected, AlertKind::TagReceived]);
    assert!(!after(&change).assistant.enabled);
    let off = Section { tagging_enabled: false, ..section() };
    assert_eq!(TagRequest::parse(&off, None, None).unwrap_err().to_string(), "Tagging is disabled");
    assert!(TagRequest::parse(&section(), Some(&"x".repeat(201)), None).is_err());
}

#[test]
fn a_note_has_the_next_number() {
    let (note, change) = noted(&thread(), &lee(), (text("Sleeps better."), at(100)));
    assert_eq!((note.id.seq, after(&change).notes), (Seq::START.next(), Seq::START.next()));
    assert_eq!(change.audit[0].action, Action::NoteAdded { note: note.id });
    let change = tag_acknowledged(&thread(), lee().user_id, TagId { thread: thread().thread, seq: Seq::START.next() });
    assert_eq!(after(&change).tags.open, 0);
}
