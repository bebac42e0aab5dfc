use domain::alert::{AlertDraft, AlertKind, Severity};
use domain::append::{Append, Change, Draft, append, open};
use domain::caller::ProviderRole;
use domain::ids::{OrganizationId, ProviderId};
use domain::message::Author;
use domain::observation::{Measurement, Reading};
use domain::patient::{Patient, PatientIds};
use domain::phone::PhoneNumber;
use domain::text::{MessageText, PersonName};
use domain::thread::{Assignee, Opening};
use domain::time::Timestamp;

use super::*;

/// A thread that grows by what is said.
pub(crate) struct Talk {
    pub(crate) thread: Thread,
    pub(crate) messages: Vec<Message>,
    pub(crate) observations: Vec<Observation>,
    pub(crate) alerts: Vec<Alert>,
    pub(crate) zone: Zone,
}

pub(crate) fn at(minute: i64) -> Timestamp {
    Timestamp::parse("2026-11-25T08:00:00Z").unwrap().plus(std::time::Duration::from_secs(minute.unsigned_abs() * 60))
}

pub(crate) fn doctor() -> Author {
    Assignee { provider_id: ProviderId::new(9).unwrap(), name: "Dr. Smith".into(), role: ProviderRole::Doctor }.author()
}

impl Talk {
    pub(crate) fn begins() -> Self {
        let ids = PatientIds::random(OrganizationId::new(21).unwrap(), (1, 2));
        let name = PersonName::received("Ada").unwrap();
        let patient = Patient::new(ids, PhoneNumber::dummy(1), (name, None), at(0));
        let channel = domain::delivery::Channel::Sink;
        let opening = Opening { patient: &patient, contact: None, channel };
        let begun = open(Thread::open(opening, (5, 6), at(0)), Change::default(), at(0)).unwrap();
        let (messages, observations, alerts) = (Vec::new(), Vec::new(), Vec::new());
        Self { thread: begun.thread, messages, observations, alerts, zone: Zone::utc() }
    }

    fn take(&mut self, append: Append) {
        self.thread = append.thread;
        self.messages.extend(append.messages);
        self.observations.extend(append.observations);
        self.alerts.splice(0..0, append.alerts);
    }

    pub(crate) fn says(&mut self, author: Author, text: &str, minute: i64) {
        let drafts = vec![Draft::text(author, MessageText::received(text).unwrap())];
        self.take(append(&self.thread, Change { drafts, ..Change::default() }, at(minute)).unwrap());
    }

    pub(crate) fn measures(&mut self, systolic: f64, minute: i64) {
        let measurement = Measurement::BloodPressure { systolic, diastolic: Some(95.0) };
        let severity = (systolic >= 140.0).then_some(Severity::Warning);
        let alert = AlertDraft { kind: AlertKind::AbnormalReading, severity: Severity::Warning, text: "High.".into() };
        let change = Change {
            drafts: vec![Draft::text(Author::Patient, MessageText::received(&format!("{systolic}/95")).unwrap())],
            readings: vec![Reading { measurement, words: format!("{systolic}/95"), severity }],
            alerts: severity.map(|_| alert).into_iter().collect(),
            ..Change::default()
        };
        self.take(append(&self.thread, change, at(minute)).unwrap());
    }

    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources {
            thread: &self.thread,
            messages: &self.messages,
            observations: &self.observations,
            alerts: &self.alerts,
            zone: &self.zone,
        }
    }
}

#[test]
fn five_lines_in_the_words_of_the_thread() {
    let mut talk = Talk::begins();
    talk.says(Author::Patient, "My head hurts since Monday and I feel dizzy. Is that from the tablets?", 1);
    talk.says(Author::Assistant, "When did it start?", 2);
    talk.says(Author::Patient, "Should I stop them? Ok", 3);
    talk.measures(150.0, 4);
    talk.says(Author::System, "I will let your doctor know.", 5);
    let Brief { reason, risk, open_questions, last_readings, promised } = brief(talk.sources());
    insta::assert_snapshot!([reason, risk, open_questions, last_readings, promised].join("\n"), @r#"
    The patient wrote: "Should I stop them? Ok"
    Medium. High.
    Is that from the tablets? Should I stop them?
    blood pressure 150/95 mmHg (2026-11-25 08:04, outside the limits).
    I will let your doctor know.
    "#);
}

#[test]
fn an_answered_question_is_not_open_and_an_empty_thread_has_a_brief() {
    let mut talk = Talk::begins();
    let Brief { reason, risk, open_questions, last_readings, promised } = brief(talk.sources());
    assert_eq!(reason, "The patient has not written yet.");
    assert_eq!([risk.as_str(), &open_questions, &last_readings, &promised], ["Low. No open alerts.", NONE, NONE, NONE]);
    talk.says(Author::Patient, "May I eat?", 1);
    talk.says(doctor(), "Yes. We'll call you tomorrow.", 2);
    let answered = brief(talk.sources());
    assert_eq!((answered.open_questions.as_str(), answered.promised.as_str()), (NONE, "We'll call you tomorrow."));
}

#[test]
fn every_line_is_short_whatever_was_said() {
    let mut talk = Talk::begins();
    for minute in 0..40 {
        talk.says(Author::Patient, &"why? ".repeat(800), minute);
        talk.says(Author::Assistant, &"I will call you. ".repeat(200), minute);
    }
    let Brief { reason, risk, open_questions, last_readings, promised } = brief(talk.sources());
    for line in [reason, risk, open_questions, last_readings, promised] {
        assert!(line.chars().count() <= LINE && !line.contains('\n'));
    }
}
