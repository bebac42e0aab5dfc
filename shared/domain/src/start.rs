//! Starting a conversation with free text (DP-3.2, A-15).

use crate::append::{Change, Draft};
use crate::care::Care;
use crate::error::{Error, Result};
use crate::ids::PatientId;
use crate::responder::{ExpertiseLevel, Responder};
use crate::template::TemplateUse;
use crate::text::{MESSAGE_LIMIT, MessageText};
use crate::thread::Assignee;
use crate::time::Timestamp;

/// The fields of the request as they came.
#[derive(Debug, Clone, Copy, Default)]
pub struct StartFields<'a> {
    /// The patient.
    pub patient_id: Option<u64>,
    /// What the patient is written.
    pub query: Option<&'a str>,
    /// Who answers the patient; the assistant when left out.
    pub responder: Option<&'a str>,
    /// Whether the doctor gets a report every day.
    pub daily_report: bool,
    /// How much medicine the assistant's answers may presume.
    pub expertise_level: Option<&'a str>,
}

fn given(field: Option<&str>) -> Option<&str> {
    field.map(str::trim).filter(|text| !text.is_empty())
}

/// A checked request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRequest {
    /// The patient.
    pub patient: PatientId,
    /// What the patient is written.
    pub query: MessageText,
    /// Who answers the patient.
    pub responder: Responder,
    daily_report: bool,
    expertise_level: ExpertiseLevel,
}

impl StartRequest {
    /// Checks the fields.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field; [`Error::NotFound`] for a number that is no patient's.
    pub fn parse(fields: StartFields<'_>) -> Result<Self> {
        let patient = fields.patient_id.ok_or_else(|| Error::required("patient_id"))?;
        let query = MessageText::parse("query", fields.query.unwrap_or_default(), MESSAGE_LIMIT)?;
        Ok(Self {
            patient: PatientId::new(patient).ok_or(Error::NotFound)?,
            query: query.ok_or_else(|| Error::required("query"))?,
            responder: given(fields.responder).map_or(Ok(Responder::Assistant), Responder::parse)?,
            daily_report: fields.daily_report,
            expertise_level: given(fields.expertise_level)
                .map_or(Ok(ExpertiseLevel::default()), ExpertiseLevel::parse)?,
        })
    }

    /// What opens the thread: the caller's words, carried by the template where the window is closed, and who answers.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the caller is not of the role that is to answer.
    pub fn change(&self, caller: &Assignee, fallback: Option<TemplateUse>, report_due: Timestamp) -> Result<Change> {
        let fits = self.responder.role().is_none_or(|role| role == caller.role);
        if !fits {
            let text = format!("responder must be assistant or {}.", Responder::of(caller.role).name());
            return Err(Error::invalid("responder", text));
        }
        let mut care = Care::default().answered_by(caller);
        care.responder = self.responder;
        care.assistant.expertise_level = self.expertise_level;
        let care = care.with_daily_report(Some(self.daily_report), report_due);
        let draft = Draft { fallback, ..Draft::text(caller.author(), self.query.clone()) };
        Ok(Change { drafts: vec![draft], care: Some(care), activate: true, ..Change::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::ProviderRole;
    use crate::ids::ProviderId;

    fn fields() -> StartFields<'static> {
        StartFields {
            patient_id: Some(123),
            query: Some("Hello, how are you feeling today?"),
            ..StartFields::default()
        }
    }

    fn caller(role: ProviderRole) -> Assignee {
        Assignee { provider_id: ProviderId::new(9).unwrap(), name: "Dr. Smith".into(), role }
    }

    #[test]
    fn refusals() {
        let refused = |fields| StartRequest::parse(fields).unwrap_err();
        let cases = [
            refused(StartFields { patient_id: None, ..fields() }),
            refused(StartFields { patient_id: Some(0), ..fields() }),
            refused(StartFields { query: Some(" \n"), ..fields() }),
            refused(StartFields { query: Some(&"x".repeat(4_097)), ..fields() }),
            refused(StartFields { responder: Some("nurse"), ..fields() }),
            refused(StartFields { expertise_level: Some("expert"), ..fields() }),
        ];
        insta::assert_snapshot!(cases.map(|error| error.to_string()).join("\n"), @r"
        patient_id is required.
        Not found.
        query is required.
        query must have at most 4096 characters; it has 4097.
        responder must be one of assistant, doctor, human_staff.
        expertise_level must be one of low, medium, high.
        ");
    }

    #[test]
    fn the_assistant_answers_unless_somebody_else_is_named_and_the_caller_is_responsible() {
        let request = StartRequest::parse(StartFields { daily_report: true, ..fields() }).unwrap();
        let due = Timestamp::from_seconds(1);
        let care = request.change(&caller(ProviderRole::Doctor), None, due).unwrap().care.unwrap();
        assert_eq!((care.responder, care.report_due), (Responder::Assistant, Some(due)));
        assert!(care.is_assigned_to(ProviderId::new(9).unwrap()) && care.assistant.enabled);
        let request = StartRequest::parse(StartFields { responder: Some("doctor"), ..fields() }).unwrap();
        assert!(request.change(&caller(ProviderRole::HumanStaff), None, due).is_err());
        let care = request.change(&caller(ProviderRole::Doctor), None, due).unwrap().care.unwrap();
        assert_eq!((care.responder, care.report_due), (Responder::Doctor, None));
    }
}
