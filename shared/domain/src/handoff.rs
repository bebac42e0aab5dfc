//! Handing a thread over between doctor, human staff and assistant (DP-4.1, A-10, A-11).

use crate::append::{Change, Draft};
use crate::assistant::DEBOUNCE;
use crate::audit::{Action, Actor, AuditDraft};
use crate::care::Care;
use crate::error::{Error, Result};
use crate::ids::ProviderId;
use crate::message::Author;
use crate::responder::Responder;
use crate::task::Task;
use crate::template::{Snippet, Template, hydrate};
use crate::text::{MESSAGE_LIMIT, MessageText};
use crate::thread::{Assignee, Thread};
use crate::time::Timestamp;
use crate::wording;
use crate::zone::{QuietHours, Zone};

const INSTRUCTIONS_LIMIT: usize = 2_000;

/// The fields of the request as they came.
#[derive(Debug, Clone, Copy, Default)]
pub struct SwitchFields<'a> {
    /// `assistant`, `doctor` or `human_staff`.
    pub responder: Option<&'a str>,
    /// Who answers from now on, when it is a human.
    pub provider_id: Option<u64>,
    /// Whether the task's objective is achieved.
    pub objective_completed: bool,
    /// Whether the patient is told; when left out, whether there is a text for it.
    pub send_handoff_message: Option<bool>,
    /// What the patient is told; a text of ours when left out.
    pub handoff_message: Option<&'a str>,
    /// What the assistant is told.
    pub instructions: Option<&'a str>,
}

/// A checked request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchRequest {
    /// Who answers from now on.
    pub to: Target,
    objective_completed: bool,
    tells: bool,
    text: Option<MessageText>,
    instructions: Option<String>,
}

/// Who answers from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The assistant.
    Assistant,
    /// A human.
    Provider {
        /// As what.
        responder: Responder,
        /// Who.
        provider_id: ProviderId,
    },
}

impl Target {
    /// The responder that the target is.
    #[must_use]
    pub fn responder(self) -> Responder {
        match self {
            Self::Assistant => Responder::Assistant,
            Self::Provider { responder, .. } => responder,
        }
    }
}

impl SwitchRequest {
    /// Checks the fields.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field; [`Error::Refused`] with `doctor_assignment_required`, the documented refusal of a
    /// switch to a human whom nobody names.
    pub fn parse(fields: SwitchFields<'_>) -> Result<Self> {
        let responder = fields.responder.map(str::trim).filter(|name| !name.is_empty());
        let responder = Responder::parse(responder.ok_or_else(|| Error::required("responder"))?)?;
        let to = match (responder, fields.provider_id) {
            (Responder::Assistant, _) => Target::Assistant,
            (_, None) => return Err(assignment_required(responder)),
            (_, Some(id)) => {
                Target::Provider { responder, provider_id: ProviderId::new(id).ok_or_else(unknown_provider)? }
            }
        };
        let text = MessageText::parse("handoff_message", fields.handoff_message.unwrap_or_default(), MESSAGE_LIMIT)?;
        let instructions = fields.instructions.unwrap_or_default();
        let instructions = MessageText::parse("instructions", instructions, INSTRUCTIONS_LIMIT)?;
        Ok(Self {
            to,
            objective_completed: fields.objective_completed,
            tells: fields.send_handoff_message.unwrap_or(text.is_some()),
            text,
            instructions: instructions.map(|text| text.as_str().to_owned()),
        })
    }
}

fn assignment_required(responder: Responder) -> Error {
    Error::Refused {
        code: "doctor_assignment_required",
        detail: format!("provider_id is required when switching to {} responder.", responder.name()),
    }
}

/// The refusal of a provider whom the organisation does not have; another organisation's cannot be told apart.
#[must_use]
pub fn unknown_provider() -> Error {
    Error::invalid("provider_id", "provider_id must be a provider of your organization.")
}

/// Checks that a provider can be the responder that was asked for.
///
/// # Errors
/// [`Error::Invalid`] for another role.
pub fn fits(responder: Responder, provider: &Assignee) -> Result<()> {
    if responder.role() == Some(provider.role) {
        return Ok(());
    }
    Err(Error::invalid("provider_id", format!("provider_id must be a provider whose role is {}.", responder.name())))
}

/// When and where a switch happens.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Now.
    pub now: Timestamp,
    /// Where the patient is.
    pub zone: &'a Zone,
    /// When nothing is sent by itself there.
    pub quiet: QuietHours,
}

/// Who takes part in a switch, and how the patient is reached.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// Who asks for it.
    pub caller: &'a Assignee,
    /// The human who answers from now on; absent for the assistant.
    pub provider: Option<&'a Assignee>,
    /// The template that carries a message when the window is closed at delivery.
    pub template: &'a Template,
}

/// What a switch changes; nothing when it asks for what already is. The words belong to the switch: where nothing is switched they
/// are not said, so that a request that is repeated tells the patient once.
#[must_use]
pub fn switch(read: &Thread, request: &SwitchRequest, parties: Parties<'_>, moment: Moment<'_>) -> Option<Change> {
    let mut care = match parties.provider {
        Some(provider) => read.care.answered_by(provider),
        None => given_to_assistant(read, request, (parties.caller, moment)),
    };
    if request.objective_completed {
        care.task = care.task.map(|task| task.completed(moment.now));
    }
    if care == read.care {
        return None;
    }
    let is_switch = care.responder != read.care.responder || care.assigned != read.care.assigned;
    let draft = draft(read, request, parties).filter(|_| request.tells && is_switch);
    let action = Action::ResponderSwitched {
        from: read.care.responder,
        to: care.responder,
        provider_id: care.assigned.as_ref().map(|assignee| assignee.provider_id),
    };
    let actor = Actor::Provider { provider_id: parties.caller.provider_id };
    let audit = vec![AuditDraft { actor, action }];
    // Whoever is told who answers, answers there.
    let activate = draft.is_some();
    Some(Change { drafts: draft.into_iter().collect(), care: Some(care), audit, activate, ..Change::default() })
}

/// What the patient is told: the caller's words, or ours, which answer nothing that the patient wrote.
fn draft(read: &Thread, request: &SwitchRequest, Parties { caller, provider, template }: Parties<'_>) -> Option<Draft> {
    let ours = || wording::handoff(read.care.language, request.to.responder(), provider);
    let text = request.text.clone().or_else(ours)?;
    let snippet = Snippet { patient: &read.patient_name, doctor: &caller.name, text: text.as_str() };
    let fallback = hydrate(template, snippet).ok().map(|hydrated| hydrated.template);
    Some(Draft { fallback, is_notice: request.text.is_none(), ..Draft::text(caller.author(), text) })
}

/// Whoever hands an unassigned thread to the assistant is responsible for it: a human must be.
fn given_to_assistant(read: &Thread, request: &SwitchRequest, (caller, moment): (&Assignee, Moment<'_>)) -> Care {
    let mut care = read.care.clone();
    if request.instructions.is_some() {
        care.assistant.instructions.clone_from(&request.instructions);
    }
    if care.responder == Responder::Assistant && care.assistant.enabled {
        return care;
    }
    care.responder = Responder::Assistant;
    care.assistant.enabled = true;
    care.help_told.clear();
    if care.assigned.is_none() {
        care.assigned = Some(caller.clone());
        care.doctor = care.doctor.or((caller.author() == doctor(caller)).then_some(caller.provider_id));
    }
    care.task = care.task.map(|task: Task| task.resumed(moment.now, (moment.zone, moment.quiet)));
    if read.awaits_answer() {
        care.assistant.answered = read.last_out.min(read.last_in);
        care.assistant.due = Some(moment.now.plus(DEBOUNCE));
    } else {
        care.assistant.answered = read.last_in;
    }
    care
}

fn doctor(caller: &Assignee) -> Author {
    Author::Doctor { provider_id: caller.provider_id }
}

#[cfg(test)]
mod tests;
