//! A visit as document 004 spells it (MI-conv, MI-conv-get).

use domain::visit::Visit;
use domain::visit::alert::VisitAlert;
use domain::visit::language::Languages;
use domain::visit::metadata::MetadataObject;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LanguageView {
    /// The clinician's.
    #[schema(example = "en")]
    primary: String,
    /// The patient's.
    #[schema(example = "es")]
    secondary: String,
}

impl LanguageView {
    fn of(languages: &Languages) -> Self {
        Self { primary: languages.primary.as_str().to_owned(), secondary: languages.secondary.as_str().to_owned() }
    }
}

/// A visit that has begun.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StartedView {
    #[schema(example = "conv_1048583")]
    id: String,
    #[schema(example = "sess_def456")]
    session_id: String,
    #[schema(example = "2024-01-15T10:00:00.000Z")]
    start_time: String,
    #[schema(example = "active")]
    status: &'static str,
    language: LanguageView,
}

impl StartedView {
    pub(crate) fn of(visit: &Visit) -> Self {
        Self {
            id: visit.visit.to_string(),
            session_id: visit.session.as_str().to_owned(),
            start_time: visit.started.rfc3339_millis(),
            // It is what the answer to the first request said, also when it is repeated later.
            status: domain::visit::Status::Active.name(),
            language: LanguageView::of(&visit.language),
        }
    }
}

/// A visit with what was counted in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VisitView)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConversationView {
    #[schema(example = "conv_1048583")]
    id: String,
    #[schema(example = "sess_def456")]
    session_id: String,
    #[schema(example = "2024-01-15T10:00:00.000Z")]
    start_time: String,
    /// Once it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2024-01-15T10:15:00.000Z", nullable = false)]
    end_time: Option<String>,
    /// Seconds, once it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 900, nullable = false)]
    duration: Option<u64>,
    /// `active`, `completed` or `error`.
    #[schema(example = "completed")]
    status: &'static str,
    language: LanguageView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, nullable = false)]
    metadata: Option<MetadataObject>,
    stats: StatsView,
    /// What somebody must look at, newest first; present when there is something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    alerts: Vec<VisitAlertView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VisitStatsView)]
#[serde(rename_all = "camelCase")]
struct StatsView {
    #[schema(example = 42)]
    utterance_count: u32,
    #[schema(example = 5)]
    action_count: u32,
    #[schema(example = 18)]
    medical_terms_count: u32,
}

/// Something that somebody must look at.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VisitAlertView {
    /// `danger_detected`.
    #[serde(rename = "type")]
    #[schema(example = "danger_detected")]
    kind: &'static str,
    /// `info`, `warning`, `critical` or `emergency`.
    #[schema(example = "emergency")]
    severity: &'static str,
    text: String,
    utterance_id: String,
    #[schema(example = "2024-01-15T10:05:00.000Z")]
    created_at: String,
}

impl VisitAlertView {
    pub(crate) fn of(alert: &VisitAlert) -> Self {
        Self {
            kind: alert.kind.name(),
            severity: alert.severity.name(),
            text: alert.text.clone(),
            utterance_id: alert.utterance.to_string(),
            created_at: alert.created.rfc3339_millis(),
        }
    }
}

impl ConversationView {
    pub(crate) fn of(visit: &Visit, alerts: &[VisitAlert]) -> Self {
        let metadata = visit.metadata.clone();
        Self {
            id: visit.visit.to_string(),
            session_id: visit.session.as_str().to_owned(),
            start_time: visit.started.rfc3339_millis(),
            end_time: visit.ended.as_ref().map(|ended| ended.at.rfc3339_millis()),
            duration: visit.duration_s(),
            status: visit.status().name(),
            language: LanguageView::of(&visit.language),
            metadata: (!metadata.is_empty()).then_some(MetadataObject(metadata)),
            stats: StatsView {
                utterance_count: visit.utterances.get(),
                action_count: visit.actions.get(),
                medical_terms_count: visit.terms,
            },
            alerts: alerts.iter().map(VisitAlertView::of).collect(),
        }
    }
}

/// The conversation as webhooks tell of it (MI-wh1).
#[derive(Debug, Serialize)]
pub(crate) struct ToldConversation {
    id: String,
    metadata: MetadataObject,
}

impl ToldConversation {
    pub(crate) fn of(visit: &Visit) -> Self {
        Self { id: visit.visit.to_string(), metadata: MetadataObject(visit.metadata.clone()) }
    }
}
