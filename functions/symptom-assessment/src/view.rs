//! How document 003 spells a turn (TR-post, A-31).

use clinical::triage::{Assessment, Conclusion, Reason};
use domain::error::{Error, Result};
use domain::triage::{ResourceId, ThreadId, Turn};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::conversation::Conversation;
use crate::fhir::{Observation, RiskAssessment};

/// So many places are named for each rule, the latest ones.
const MOST_EVIDENCE: usize = 20;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AssessmentView {
    /// What the patient reads.
    reply: String,
    #[schema(example = "thread_4294967295")]
    thread_id: String,
    #[schema(example = "patient-123")]
    patient_id: String,
    #[schema(example = "session-456")]
    session_id: String,
    /// `completed` or, while a question is open whose answer could change the level, `in_progress`.
    #[schema(example = "completed")]
    completion_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resources: Option<ResourcesView>,
    /// What was concluded, and why.
    #[schema(value_type = ConclusionsView)]
    assessment: Box<RawValue>,
}

/// The resources of the turn; the thread's record has all of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResourcesView {
    #[serde(rename = "RiskAssessment")]
    #[schema(value_type = RiskAssessment)]
    risk_assessment: Box<RawValue>,
    /// What the turn told, unless it is an emergency.
    #[serde(rename = "Observation", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Observation>)]
    observation: Option<Box<RawValue>>,
}

impl AssessmentView {
    /// The answer to a turn, the same whenever it is asked for.
    pub(crate) fn of(turn: &Turn, patient: &ResourceId, reply: &str) -> Result<Self> {
        let resources = turn.risk_assessment.as_deref().map(|risk| {
            let observation = turn.shown_observation().map(raw).transpose()?;
            Ok(ResourcesView { risk_assessment: raw(risk)?, observation })
        });
        Ok(Self {
            reply: reply.to_owned(),
            thread_id: ThreadId(turn.message.thread).to_string(),
            patient_id: patient.as_str().to_owned(),
            session_id: turn.session.as_str().to_owned(),
            completion_status: if turn.is_complete { "completed" } else { "in_progress" },
            resources: resources.transpose()?,
            assessment: raw(&turn.assessment)?,
        })
    }
}

/// JSON as it was kept.
pub(crate) fn raw(json: &str) -> Result<Box<RawValue>> {
    RawValue::from_string(json.to_owned()).map_err(|_| Error::Internal)
}

/// What was concluded, and why.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConclusionsView {
    /// Whether nothing more is asked.
    is_complete: bool,
    /// `self_care`, `routine`, `within_a_day`, `emergency` or `emergency_now`.
    #[schema(example = "emergency_now")]
    level: &'static str,
    /// The rules that ask for an emergency department, the most urgent first.
    red_flags: Vec<ConclusionView>,
    /// The other rules that held, the most urgent first.
    conclusions: Vec<ConclusionView>,
    /// How the level moved since the turn before.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ChangeView>,
    /// Which question is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "since")]
    question: Option<&'static str>,
    /// Whether the patient's language was understood.
    understood: bool,
    /// Somebody may harm themselves; their care team is told.
    crisis: bool,
}

/// A rule that held, and what it rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConclusionView {
    #[schema(example = "chest_pain.heart_attack")]
    rule: String,
    /// Of the rule.
    #[schema(example = "1")]
    version: &'static str,
    #[schema(example = "emergency_now")]
    level: &'static str,
    /// What it says, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'static str>,
    /// The findings that it rests on.
    findings: Vec<&'static str>,
    /// The patient's words that it rests on.
    evidence: Vec<EvidenceView>,
}

/// Words of the patient.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceView {
    /// Which of the patient's turns, from 1.
    turn: usize,
    /// Where they begin in the trimmed message, in bytes of UTF-8.
    start: usize,
    /// Where they end.
    end: usize,
    text: String,
}

/// A movement of the level.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeView {
    from: &'static str,
    to: &'static str,
    /// `rose`, `taken_back`, `raised_by_model` or `kept`.
    #[schema(value_type = String, example = "rose")]
    reason: Reason,
    /// What the patient took back.
    findings: Vec<&'static str>,
}

impl ConclusionsView {
    pub(crate) fn of(conversation: &Conversation, found: &Assessment) -> Self {
        let view = |conclusion: &Conclusion| ConclusionView::of(conversation, found, conclusion);
        let others = found.conclusions.iter().filter(|conclusion| !conclusion.level.is_emergency());
        Self {
            is_complete: found.completion == clinical::triage::Completion::Decided,
            level: found.level.name(),
            red_flags: found.red_flags.iter().map(view).collect(),
            conclusions: others.map(view).collect(),
            change: found.change.as_ref().map(|change| ChangeView {
                from: change.from.name(),
                to: change.to.name(),
                reason: change.reason,
                findings: change.findings.iter().map(|finding| finding.id()).collect(),
            }),
            question: found.question.map(|question| question.id),
            understood: found.understood,
            crisis: found.crisis,
        }
    }
}

impl ConclusionView {
    fn of(conversation: &Conversation, found: &Assessment, conclusion: &Conclusion) -> Self {
        let skipped = conclusion.evidence.len().saturating_sub(MOST_EVIDENCE);
        let evidence = conclusion.evidence.iter().skip(skipped).filter_map(|evidence| {
            let (_, text) = conversation.quoted(*evidence)?;
            let (start, end) = (evidence.span.start, evidence.span.end);
            Some(EvidenceView { turn: conversation.turn(*evidence), start, end, text: text.to_owned() })
        });
        Self {
            rule: conclusion.rule.to_string(),
            version: conclusion.version,
            level: conclusion.level.name(),
            text: conclusion.text(found.language),
            findings: conclusion.findings.iter().map(|finding| finding.id()).collect(),
            evidence: evidence.collect(),
        }
    }
}
