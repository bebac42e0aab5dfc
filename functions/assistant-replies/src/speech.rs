//! What the assistant says: by a model or by the rules, made fit to be said; and what its worry does. A model may raise
//! alarm and never lower it.

use clinical::assistant::{Conversation, Said, Speaker, reply};
use domain::alert::{AlertDraft, AlertKind, Severity};
use domain::append::{Change, Draft};
use domain::assistant::Means;
use domain::care::Care;
use domain::error::Result;
use domain::message::{Audience, Author, Message};
use domain::observation::Observation;
use domain::speech::spoken;
use domain::task::Task;
use domain::text::MessageText;
use domain::thread::Thread;
use domain::wording;
use platform::model::{self, Answer, Background, Concern, Line, ModelFault};
use platform::store::messages::{self, Part};
use platform::store::observations;

use crate::Worker;

/// Messages and observations that an answer is made from.
const RECENT: u32 = 40;

/// What an answer is made from.
struct Heard {
    messages: Vec<Message>,
    observations: Vec<Observation>,
}

/// What changes with the assistant's answer.
pub(crate) async fn generate(worker: &Worker, thread: &Thread, means: Means) -> Result<Change> {
    let heard = heard(worker, thread).await?;
    let answered = match means {
        Means::Model => worker.model.answer(&worker.app, &prompt(thread, &heard)).await,
        Means::Rules => Ok(None),
    };
    Ok(change(thread, &heard, answered))
}

async fn heard(worker: &Worker, thread: &Thread) -> Result<Heard> {
    let measured = async {
        if thread.care.observations == domain::ids::Seq::START {
            return Ok(Vec::new());
        }
        observations::newest(&worker.app, thread, RECENT).await
    };
    let (stretch, observations) =
        tokio::try_join!(messages::read(&worker.app, thread, Part::Newest, RECENT), measured)?;
    let seen = |message: &Message| !message.deleted && message.audience == Audience::Everybody;
    Ok(Heard { messages: stretch.messages.into_iter().filter(seen).collect(), observations })
}

/// The change that an answer makes: what is said, whom it alarms, and that the turn is done.
fn change(thread: &Thread, heard: &Heard, answered: Result<Option<Answer>, ModelFault>) -> Change {
    let mut care = thread.with_turn_done();
    let mut alerts = Vec::new();
    if answered.is_err() && !care.assistant.degraded {
        alerts.push(unavailable());
    }
    care.assistant.degraded = answered.is_err();
    let answer = answered.ok().flatten();
    let concern = answer.as_ref().map_or(Concern::None, |answer| answer.concern);
    alerts.extend(alarm(concern));
    let emergency = (concern == Concern::Emergency).then(|| wording::medical_emergency(care.language)).flatten();
    let by_model = answer.and_then(|answer| spoken(&answer.reply));
    let said = emergency.clone().or(by_model).or_else(|| by_rules(thread, heard));
    if emergency.is_some() {
        care = care.in_danger();
    }
    let drafts = said.map(|text| Draft::text(Author::Assistant, text)).into_iter().collect();
    Change { drafts, care: Some(care), alerts, ..Change::default() }
}

fn by_rules(thread: &Thread, heard: &Heard) -> Option<MessageText> {
    spoken(&reply(&conversation(thread, heard)))
}

fn unavailable() -> AlertDraft {
    AlertDraft {
        kind: AlertKind::AssistantUnavailable,
        severity: Severity::Warning,
        text: "The assistant's model does not answer; it answers by simple rules. Please look after this conversation."
            .to_owned(),
    }
}

fn alarm(concern: Concern) -> Option<AlertDraft> {
    let severity = match concern {
        Concern::None | Concern::Watch => return None,
        Concern::Urgent => Severity::Critical,
        Concern::Emergency => Severity::Emergency,
    };
    let text = "The assistant's model is worried about what the patient wrote.".to_owned();
    Some(AlertDraft { kind: AlertKind::DangerDetected, severity, text })
}

fn first_name(thread: &Thread) -> &str {
    thread.patient_name.split_whitespace().next().unwrap_or_default()
}

fn open_items(care: &Care) -> Vec<&str> {
    let task = care.task.as_ref().filter(|task| task.completed_at.is_none());
    task.into_iter().flat_map(Task::open_items).collect()
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
        open_items: open_items(&thread.care),
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
        open_items: &open_items(care),
        readings: &readings,
    };
    let team = care.assigned.as_ref().map_or("Care team", |assignee| assignee.name.as_str());
    let lines = heard.messages.iter().map(|message| match message.author {
        Author::Patient => Line { by: model::Speaker::Patient, text: text(message) },
        Author::Assistant => Line { by: model::Speaker::Team, text: text(message) },
        Author::Doctor { .. } | Author::Staff { .. } => {
            Line { by: model::Speaker::Team, text: format!("{team}: {}", text(message)) }
        }
        Author::System => Line { by: model::Speaker::Team, text: format!("[automatic] {}", text(message)) },
    });
    model::prompt(background, lines.collect())
}
