//! What the assistant says: by a model or by the rules, made fit to be said; and what its worry does. A model may raise
//! alarm and never lower it.

use clinical::assistant::{Conversation, Said, Speaker, Wish, reply};
use domain::alert::{AlertDraft, AlertKind, Severity};
use domain::append::{Change, Draft};
use domain::assistant::Means;
use domain::care::Care;
use domain::error::Result;
use domain::message::{Audience, Author, Message};
use domain::observation::Observation;
use domain::speech::spoken;
use domain::task::{ChecklistItem, Task};
use domain::text::MessageText;
use domain::thread::Thread;
use domain::wording;
use platform::model::{self, Background, Concern, Line, Model};
use platform::store::messages::{self, Part};
use platform::store::observations;
use platform::store::retry::Attempts;

use crate::Worker;

/// Messages and observations that an answer is made from.
const RECENT: u32 = 40;

/// What an answer is made from.
struct Heard {
    messages: Vec<Message>,
    observations: Vec<Observation>,
}

/// What the assistant says, and what it means for others.
#[derive(Debug)]
pub(crate) struct Answered {
    said: Option<MessageText>,
    concern: Concern,
    wish: Option<Wish>,
    by: By,
}

/// Who made the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// What is configured.
    Intended,
    /// The rules, because the model gave none.
    RulesInstead,
    /// The rules, because the model began as often as it may and never got to say it.
    RulesAtLast,
}

/// The assistant's answer to what the patient wrote.
pub(crate) async fn generate(worker: &Worker, thread: &Thread, means: Means) -> Result<Answered> {
    let heard = heard(worker, thread).await?;
    let (by, answer) = match (means, &worker.model) {
        (_, Model::Rules) => (By::Intended, None),
        (Means::Rules, _) => (By::RulesAtLast, None),
        (Means::Model, model) => match model.answer(&worker.app, &prompt(thread, &heard)).await {
            Ok(answer) => (By::Intended, answer),
            Err(_) => (By::RulesInstead, None),
        },
    };
    let concern = answer.as_ref().map_or(Concern::None, |answer| answer.concern);
    let emergency = (concern == Concern::Emergency).then(|| wording::medical_emergency(thread.care.language)).flatten();
    let by_rules = reply(&conversation(thread, &heard));
    let by_model = answer.and_then(|answer| spoken(&answer.reply));
    let said = emergency.or(by_model).or_else(|| spoken(&by_rules.text));
    Ok(Answered { said, concern, wish: by_rules.wish, by })
}

/// Reads until the newest message can be seen: a reply to the one before would be a reply to something else.
async fn heard(worker: &Worker, thread: &Thread) -> Result<Heard> {
    let app = &worker.app;
    let mut attempts = Attempts::default();
    let stretch = loop {
        let stretch = messages::read(app, thread, Part::Newest, RECENT).await?;
        if !stretch.more_after {
            break stretch;
        }
        attempts.again(app).await?;
    };
    let observations = observations::newest(app, thread, RECENT).await?;
    let seen = |message: &Message| !message.deleted && message.audience == Audience::Everybody;
    Ok(Heard { messages: stretch.messages.into_iter().filter(seen).collect(), observations })
}

impl Answered {
    /// The change that the answer makes on the thread as it is now: what is said, whom it alarms, and that the turn is
    /// done. A model's worry tells people; only the engines take the thread from the assistant.
    pub(crate) fn change(&self, thread: &Thread) -> Change {
        let mut care = thread.with_turn_done();
        let about = Some(thread.last_in);
        let mut alerts = Vec::new();
        match self.by {
            By::Intended => care.assistant.degraded = false,
            By::RulesInstead => {
                alerts.extend((!care.assistant.degraded).then(unavailable));
                care.assistant.degraded = true;
            }
            By::RulesAtLast => alerts.push(unsaid()),
        }
        let worry = severity(self.concern);
        if worry > care.assistant.worry {
            alerts.extend(worry.map(alarm));
        }
        if self.by == By::Intended {
            // One that is no longer worried may be worried anew.
            care.assistant.worry = worry.and(worry.max(care.assistant.worry));
        }
        alerts.extend(self.wish.map(wished));
        let drafts = self.said.clone().map(|text| Draft::text(Author::Assistant, text)).into_iter().collect();
        let alerts = alerts.into_iter().map(|alert| AlertDraft { about, ..alert }).collect();
        Change { drafts, care: Some(care), alerts, ..Change::default() }
    }
}

fn unavailable() -> AlertDraft {
    let text =
        "The assistant's model does not answer; it answers by simple rules. Please look after this conversation.";
    AlertDraft::of(AlertKind::AssistantUnavailable, Severity::Warning, text)
}

fn unsaid() -> AlertDraft {
    let text = "The assistant answered by simple rules: its model began several times, and the patient wrote again or the work \
                broke off before it could say anything.";
    AlertDraft::of(AlertKind::AssistantUnavailable, Severity::Warning, text)
}

fn severity(concern: Concern) -> Option<Severity> {
    match concern {
        Concern::None | Concern::Watch => None,
        Concern::Urgent => Some(Severity::Critical),
        Concern::Emergency => Some(Severity::Emergency),
    }
}

fn alarm(severity: Severity) -> AlertDraft {
    let text = "The assistant's model is worried about what the patient wrote.";
    AlertDraft::of(AlertKind::DangerDetected, severity, text)
}

fn wished(wish: Wish) -> AlertDraft {
    match wish {
        Wish::Human => AlertDraft::of(AlertKind::HumanRequested, Severity::Warning, "The patient asks for a human."),
    }
}

fn first_name(thread: &Thread) -> &str {
    thread.patient_name.split_whitespace().next().unwrap_or_default()
}

fn open_items(care: &Care) -> impl Iterator<Item = &ChecklistItem> {
    let task = care.task.as_ref().filter(|task| task.completed_at.is_none());
    task.into_iter().flat_map(Task::open_items)
}

/// What a message is to whoever reads it as text.
fn text(message: &Message) -> String {
    match (&message.text, &message.media) {
        (Some(text), _) => text.as_str().to_owned(),
        (None, Some(media)) => format!("[{}]", media.kind.name()),
        (None, None) => String::new(),
    }
}

fn conversation<'a>(thread: &'a Thread, heard: &'a Heard) -> Conversation<'a> {
    let said = heard.messages.iter().filter_map(|message| {
        let by = match message.author {
            Author::Patient => Speaker::Patient,
            Author::Assistant => Speaker::Assistant,
            Author::Doctor { .. } | Author::Staff { .. } => Speaker::Human,
            Author::System => Speaker::System,
        };
        Some(Said { by, text: message.text.as_ref()?.as_str() })
    });
    let new = heard.observations.iter().filter(|observation| observation.message.seq > thread.care.assistant.answered);
    Conversation {
        said: said.collect(),
        language: thread.care.language,
        expertise_level: thread.care.assistant.expertise_level,
        first_name: first_name(thread),
        readings: new.map(|observation| (observation.measurement, observation.severity.is_some())).collect(),
        open_items: open_items(&thread.care).filter(|item| item.for_patient).map(|item| item.text.as_str()).collect(),
    }
}

fn prompt(thread: &Thread, heard: &Heard) -> model::Prompt {
    let care = &thread.care;
    let task = care.task.as_ref().filter(|task| task.completed_at.is_none());
    let readings: Vec<String> =
        heard.observations.iter().rev().take(5).map(|observation| observation.measurement.text()).collect();
    let background = Background {
        language: care.language,
        expertise_level: care.assistant.expertise_level,
        first_name: first_name(thread),
        instructions: care.assistant.instructions.as_deref(),
        objective: task.map(|task| task.objective.as_str()),
        open_items: &open_items(care).map(|item| item.text.as_str()).collect::<Vec<_>>(),
        readings: &readings,
    };
    let lines = heard.messages.iter().map(|message| match message.author {
        Author::Patient => Line { by: model::Speaker::Patient, text: text(message) },
        Author::Assistant => Line { by: model::Speaker::Team, text: text(message) },
        Author::Doctor { provider_id } | Author::Staff { provider_id } => {
            let named = care.assigned.as_ref().filter(|assignee| assignee.provider_id == provider_id);
            let name = named.map_or("Care team", |assignee| assignee.name.as_str());
            Line { by: model::Speaker::Team, text: format!("{name}: {}", text(message)) }
        }
        Author::System => Line { by: model::Speaker::Team, text: format!("[automatic] {}", text(message)) },
    });
    model::prompt(background, lines.collect())
}
