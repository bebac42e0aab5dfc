//! How document 000, second half, spells a thread, its messages and its task (DP-2.1).

use domain::media::MediaType;
use domain::message::{Audience, Author, Message};
use domain::task::{ChecklistItem, Task};
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use web::delivery::DeliveryView;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ThreadView {
    id: u32,
    #[schema(example = "8f03b95b-2b7b-893d-9d13-5cf7d7d92ad8")]
    public_id: String,
    /// The patient's user account.
    interlocutor: u64,
    interlocutor_name: String,
    interlocutor_phone: String,
    patient_id: u64,
    /// The doctor whose thread it is.
    doctor_id: Option<u64>,
    /// Who is responsible, also while the assistant answers.
    responder_provider_name: Option<String>,
    responder_provider_id: Option<u64>,
    #[schema(example = "2024-10-20T10:00:00Z")]
    created: String,
    /// Moves with every message.
    #[schema(example = "2024-10-22T14:30:00Z")]
    updated: String,
    /// Whether the assistant is writing.
    responding: bool,
    /// `assistant`, `doctor` or `human_staff`.
    #[schema(example = "assistant")]
    responder: &'static str,
    messages: Vec<MessageView>,
    #[serde(flatten)]
    task: TaskView,
    /// `low`, `medium`, `high` or `critical`.
    #[schema(example = "low")]
    risk: &'static str,
    open_alerts: u32,
    /// Whether the doctor gets a report every day.
    daily_report: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageView {
    #[schema(example = "msg_123")]
    message_id: String,
    thread: u32,
    /// `user` for the patient, `assistant` for whoever answers.
    role: &'static str,
    message_value: String,
    /// The address of an image.
    image: Option<String>,
    #[schema(example = "2024-10-22T14:25:00Z")]
    created: String,
    /// `patient`, `assistant`, `doctor`, `human_staff` or `system`.
    #[schema(example = "patient")]
    author: &'static str,
    media_url: Option<String>,
    media_type: Option<&'static str>,
    /// Present with media: `ready`, `pending` while it is fetched from WhatsApp, `expired` when WhatsApp did not have it any
    /// more, `refused` when it was not what WhatsApp said or is of a type that is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    media_status: Option<&'static str>,
    /// The file's `unique_id`, with which `GET /ai-processing/files/{unique_id}/` gives an address to read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    media_unique_id: Option<String>,
    /// How far a message to the patient has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<DeliveryView>,
    /// Present when the patient cannot see it: `staff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    visible_to: Option<&'static str>,
}

/// The nine documented fields of a task and its repetition; all null without one.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct TaskView {
    task_public_id: Option<String>,
    /// `active`, `paused` or `completed`.
    task_status: Option<&'static str>,
    task_title: Option<String>,
    task_objective: Option<String>,
    task_objective_completed: Option<bool>,
    task_objective_completed_at: Option<String>,
    task_next_check_in_at: Option<String>,
    task_next_check_in_summary: Option<String>,
    task_checklist: Option<Vec<ChecklistItemView>>,
    /// Hours from one check-in to the next.
    task_repeat_every_hours: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChecklistItemView {
    text: String,
    completed: bool,
    /// Whether the assistant reminds the patient of it.
    for_patient: bool,
}

impl TaskView {
    fn of(task: &Task) -> Self {
        let items = task.checklist.iter();
        let items = items.map(|ChecklistItem { text, completed, for_patient }| ChecklistItemView {
            text: text.clone(),
            completed: *completed,
            for_patient: *for_patient,
        });
        Self {
            task_public_id: Some(task.public_id.to_string()),
            task_status: Some(task.status().name()),
            task_title: Some(task.title.clone()),
            task_objective: Some(task.objective.clone()),
            task_objective_completed: Some(task.completed_at.is_some()),
            task_objective_completed_at: task.completed_at.map(Timestamp::rfc3339_seconds),
            task_next_check_in_at: task.check_in.next.map(Timestamp::rfc3339_seconds),
            task_next_check_in_summary: task.check_in.summary.clone(),
            task_checklist: Some(items.collect()),
            task_repeat_every_hours: task.check_in.repeat_every_hours,
        }
    }
}

impl MessageView {
    fn of(message: &Message) -> Self {
        let media = message.media.as_ref();
        let url = media.and_then(|media| media.url.as_ref()).map(|url| url.as_str().to_owned());
        let is_image = media.is_some_and(|media| media.kind == MediaType::Image);
        Self {
            message_id: format!("msg_{}", message.id().get()),
            thread: message.thread.get(),
            role: if message.author.is_patient() { "user" } else { "assistant" },
            message_value: message.text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned()),
            image: url.clone().filter(|_| is_image),
            created: message.created.rfc3339_seconds(),
            author: author(message.author),
            media_url: url,
            media_type: media.map(|media| media.kind.name()),
            media_status: media.map(|media| media.state.name()),
            media_unique_id: media.and_then(|media| media.upload).map(|upload| upload.to_string()),
            delivery: message.delivery.as_ref().map(DeliveryView::of),
            visible_to: (message.audience == Audience::Staff).then_some("staff"),
        }
    }
}

pub(crate) fn author(author: Author) -> &'static str {
    match author {
        Author::Patient => "patient",
        Author::Doctor { .. } => "doctor",
        Author::Staff { .. } => "human_staff",
        Author::Assistant => "assistant",
        Author::System => "system",
    }
}

impl ThreadView {
    /// A thread with these of its messages; tombstones are not shown.
    pub(crate) fn of(thread: &Thread, messages: &[Message], now: Timestamp) -> Self {
        let care = &thread.care;
        let assigned = care.assigned.as_ref();
        Self {
            id: thread.thread.get(),
            public_id: thread.public_id.to_string(),
            interlocutor: thread.user_id.get(),
            interlocutor_name: thread.patient_name.clone(),
            interlocutor_phone: thread.patient_phone.to_string(),
            patient_id: thread.patient_id.get(),
            doctor_id: care.doctor.map(domain::ids::ProviderId::get),
            responder_provider_name: assigned.map(|assignee| assignee.name.clone()),
            responder_provider_id: assigned.map(|assignee| assignee.provider_id.get()),
            created: thread.created.rfc3339_seconds(),
            updated: thread.updated.rfc3339_seconds(),
            responding: care.assistant.is_responding(now),
            responder: care.responder.name(),
            messages: messages.iter().filter(|message| !message.deleted).map(MessageView::of).collect(),
            task: care.task.as_ref().map(TaskView::of).unwrap_or_default(),
            risk: care.risk.name(),
            open_alerts: care.alerts.open,
            daily_report: care.report_due.is_some(),
        }
    }
}
