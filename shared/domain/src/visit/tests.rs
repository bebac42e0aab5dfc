use super::action::{self, HeardIn, Verdict};
use super::order::{Medication, Order, OrderDetails, OrderKind, Urgency};
use super::session::{Issuer, Session};
use super::summary::content::{Content, ContentWish};
use super::summary::{Note, ReviewStatus, Summary, section::Sections};
use super::utterance::{self, Heard, UtteranceEntry, UtteranceFields};
use super::*;
use crate::ids::SessionId;

const NOON: Timestamp = Timestamp::from_seconds(1_705_312_800);

fn kim() -> ClinicianId {
    ClinicianId::of_account("clinician_123")
}

fn visit() -> Visit {
    let fields = entry::VisitFields {
        session_id: Some("sess_1"),
        language: Some((Some("en"), Some("es"))),
        ..entry::VisitFields::default()
    };
    let entry = VisitEntry::parse(fields, (kim(), OrganizationId::new(21).unwrap())).unwrap();
    Visit::start(VisitNo::from_random(7), entry, NOON)
}

fn fields<'a>() -> UtteranceFields<'a> {
    UtteranceFields {
        role: Some("patient"),
        original_language: Some("es"),
        original_text: Some(" Me duele el pecho "),
        timestamp: Some("2024-01-15T10:05:00.000Z"),
        ..UtteranceFields::default()
    }
}

#[test]
fn utterances_are_numbered_as_they_come_and_keep_every_byte() {
    let entry = UtteranceEntry::parse(fields()).unwrap();
    let heard = Heard { danger: Some("Look.".into()), ..Heard::default() };
    let first = utterance::add(&visit(), &entry, heard, NOON).unwrap();
    let second = utterance::add(&first.visit, &entry, Heard::default(), NOON).unwrap();
    assert_eq!((first.utterance.id.seq.get(), second.utterance.id.seq.get()), (1, 2));
    assert_eq!(first.utterance.original_text, " Me duele el pecho ");
    assert_eq!((first.alert.unwrap().seq.get(), second.alert, second.visit.version), (1, None, 3));
    let behind = vec![second.utterance.clone(), first.utterance.clone()];
    assert_eq!(utterance::contiguous(Seq::START, behind), Vec::new(), "nothing behind a gap");
    assert_eq!(utterance::contiguous(Seq::START, vec![first.utterance, second.utterance]).len(), 2);
}

#[test]
fn a_visit_that_has_ended_takes_nothing_more() {
    let ended = visit().ended(kim(), None, NOON.plus(std::time::Duration::from_millis(900_900)));
    assert_eq!((ended.duration_s(), ended.status()), (Some(900), Status::Completed));
    let entry = UtteranceEntry::parse(fields()).unwrap();
    assert_eq!(utterance::add(&ended, &entry, Heard::default(), NOON).unwrap_err(), ENDED);
    assert_eq!(action::add(&ended, Vec::new(), (None, |_: &Order| None), NOON).unwrap_err(), ENDED);
}

#[test]
fn a_visit_can_be_full() {
    let entry = UtteranceEntry::parse(fields()).unwrap();
    let full = Visit { text_bytes: MOST_TEXT - 5, ..visit() };
    assert!(matches!(utterance::add(&full, &entry, Heard::default(), NOON), Err(Error::Conflict(_))));
    let full = Visit { utterances: Seq::new(MOST_UTTERANCES).unwrap(), ..visit() };
    assert!(matches!(utterance::add(&full, &entry, Heard::default(), NOON), Err(Error::Conflict(_))));
}

#[test]
fn every_field_of_an_utterance_is_checked() {
    let long = "x".repeat(utterance::TEXT_LIMIT + 1);
    let term = |confidence| utterance::MedicalTerm { term: "pain".into(), category: "symptom".into(), confidence };
    let confidence = |transcription| utterance::Confidence { transcription, translation: None };
    let cases = [
        UtteranceFields { role: None, ..fields() },
        UtteranceFields { role: Some("nurse"), ..fields() },
        UtteranceFields { original_language: Some("xx"), ..fields() },
        UtteranceFields { original_text: None, ..fields() },
        UtteranceFields { original_text: Some(" \u{200b}"), ..fields() },
        UtteranceFields { original_text: Some(&long), ..fields() },
        UtteranceFields { original_text: Some("a\0b"), ..fields() },
        UtteranceFields { translated_text: Some("a\0b"), ..fields() },
        UtteranceFields { confidence: Some(confidence(Some(1.1))), ..fields() },
        UtteranceFields { confidence: Some(confidence(Some(f64::NAN))), ..fields() },
        UtteranceFields { terms: vec![term(Some(-0.1))], ..fields() },
        UtteranceFields { timestamp: None, ..fields() },
        UtteranceFields { timestamp: Some("2024-01-15T10:05:00"), ..fields() },
        UtteranceFields { timestamp: Some("yesterday"), ..fields() },
        UtteranceFields { timestamp: Some("1969-12-31T23:59:59Z"), ..fields() },
        UtteranceFields { item: Some("a b"), ..fields() },
    ];
    let refused = cases.map(|case| UtteranceEntry::parse(case).unwrap_err().to_string());
    insta::assert_snapshot!(refused.join("\n"), @"
    role is required.
    role must be one of clinician, patient, assistant, family.
    originalLanguage is not the code of a language, such as en or es-MX.
    originalText is required.
    originalText must say something.
    originalText must have at most 20000 characters.
    originalText must not contain control characters.
    translatedText must not contain control characters.
    confidence.transcription must be from 0 to 1.
    confidence.transcription must be from 0 to 1.
    medicalTerms.confidence must be from 0 to 1.
    timestamp is required.
    timestamp must be of the form 2024-01-15T10:05:00.000Z, with a zone.
    timestamp must be of the form 2024-01-15T10:05:00.000Z, with a zone.
    timestamp must be of the form 2024-01-15T10:05:00.000Z, with a zone.
    itemId must have 1 to 128 visible ASCII characters.
    ");
}

fn order() -> Order {
    Order {
        kind: OrderKind::Prescription,
        urgency: Urgency::Routine,
        confidence: 0.95,
        details: OrderDetails::Medication(Medication { name: "amoxicillin".into(), ..Medication::default() }),
        reason: None,
        warnings: Vec::new(),
        evidence: Vec::new(),
        rule: "cue.order".into(),
    }
}

#[test]
fn an_action_is_decided_once() {
    let heard = HeardIn::parse("utt_def456...").unwrap();
    let (visit, actions) =
        action::add(&visit(), vec![order(), order()], (Some(&heard), |_: &Order| None), NOON).unwrap();
    assert_eq!((visit.actions.get(), visit.version), (2, 2));
    let approve = Verdict::parse(Some(true), Some("  ")).unwrap();
    let approved = actions[0].decided(&approve, kim(), NOON).unwrap().unwrap();
    assert!(approved.is_approved() && approved.validation.as_ref().unwrap().note.is_none());
    assert_eq!(approved.decided(&approve, ClinicianId::of_account("other"), NOON), Ok(None), "the same answer");
    let reject = Verdict::parse(Some(false), None).unwrap();
    assert!(matches!(approved.decided(&reject, kim(), NOON), Err(Error::Conflict(_))));
    assert!(!actions[1].decided(&reject, kim(), NOON).unwrap().unwrap().is_approved());
    assert!(Verdict::parse(None, None).is_err() && Verdict::parse(Some(true), Some("a\0b")).is_err());
}

#[test]
fn a_text_with_too_many_orders_is_refused_as_a_whole() {
    let orders = vec![order(); action::MOST + 1];
    assert!(matches!(action::add(&visit(), orders, (None, |_: &Order| None), NOON), Err(Error::Invalid { .. })));
}

#[test]
fn a_session_serves_one_visit_of_its_clinician_in_time() {
    let session = Session {
        id: SessionId::from_hex("1"),
        organization_id: OrganizationId::new(21).unwrap(),
        clinician: kim(),
        issuer: Issuer::Local,
        created: NOON,
        expires_at: NOON.plus(session::TOKEN_LASTS),
        visit: None,
        ended: None,
        version: 1,
    };
    let no = VisitNo::from_random(7);
    let used = session.used(no, &kim(), session.expires_at).unwrap();
    assert!(matches!(used.used(no, &kim(), NOON), Err(Error::Conflict(_))));
    let late = session.expires_at.plus(std::time::Duration::from_millis(1));
    assert!(matches!(session.used(no, &kim(), late), Err(Error::Conflict(_))));
    let provided = Session { issuer: Issuer::OpenAi, ..session.clone() };
    assert!(provided.used(no, &kim(), late).is_ok(), "the provider itself ends its credential");
    assert_eq!(session.used(no, &ClinicianId::of_account("other"), NOON), Err(Error::Forbidden));
    let ended = session.ended(&kim(), NOON).unwrap().unwrap();
    assert_eq!(ended.ended(&kim(), late), Ok(None));
    assert!(matches!(ended.used(no, &kim(), NOON), Err(Error::Conflict(_))));
}

#[test]
fn a_model_never_writes_over_a_clinician() {
    let content = Content { chief_complaint: "Chest pain.".into(), ..Content::default() };
    let note = Note { content, ..Note::default() };
    let (_, summary) = Summary::write(&visit(), note, Sections::default(), NOON);
    let wish = ContentWish { chief_complaint: Some("Chest pain, 3 days.".into()), ..ContentWish::default() };
    let edited = summary.edited(&wish, kim(), NOON).unwrap().unwrap();
    assert_eq!((edited.version, edited.review), (2, ReviewStatus::Edited));
    assert_eq!(edited.edited(&wish, kim(), NOON), Ok(None), "it says so already");
    let stale = ContentWish { version: Some(1), ..wish };
    assert!(matches!(edited.edited(&stale, kim(), NOON), Err(Error::Conflict(_))));
    let approved = summary.approved(kim(), NOON).unwrap();
    assert_eq!(approved.approved(kim(), NOON), None);
    for reviewed in [&edited, &approved] {
        assert_eq!(reviewed.rewritten(Content::default(), "m", NOON), None);
    }
    let rewritten = summary.rewritten(Content::default(), "m", NOON).unwrap();
    assert_eq!((rewritten.version, rewritten.model.as_str()), (2, "m"));
    assert_eq!(rewritten.rewritten(Content::default(), "m", NOON), None, "once");
    assert!(ContentWish::default().checked().is_err());
}

#[test]
fn all_six_texts_are_there_and_only_the_wanted_ones_say_something() {
    let all = Content {
        chief_complaint: "a".into(),
        history_of_present_illness: "b".into(),
        assessment_and_plan: "c".into(),
        medications_discussed: vec!["d".into()],
        tests_ordered: vec!["e".into()],
        follow_up_instructions: "f".into(),
    };
    let wanted = Sections::parse(Some(&["assessment_plan".to_owned()])).unwrap();
    let only = all.clone().only(&wanted);
    assert_eq!((only.texts().collect::<Vec<_>>()), ["", "", "c", "", "e"]);
    assert_eq!(all.clone().only(&Sections::parse(None).unwrap()), all);
    assert!(Sections::parse(Some(&["labs".to_owned()])).is_err());
    assert!(section_format("pdf").is_err() && section_format("clinical_note").is_ok());
}

fn section_format(raw: &str) -> Result<()> {
    summary::section::format(Some(raw))
}
