//! What triage makes of a conversation.

use serde::Serialize;

use crate::triage::change::{Change, Reason};
use crate::triage::finding::Finding;
use crate::triage::interview::Completion;
use crate::triage::level::{self, Level, Risk};
use crate::triage::misuse::Refusal;
use crate::triage::observation::SymptomObservation;
use crate::triage::question::Question;
use crate::triage::reply;
use crate::triage::rule::Conclusion;
use crate::triage::spoken::Spoken;
use crate::triage::statement::Statement;
use crate::triage::timing::Timing;
use crate::triage::vital::VitalSign;

/// What triage makes of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    /// How soon the patient must be seen; the best estimate as long as it asks.
    pub level: Level,
    /// The same as FHIR codes it.
    pub risk: Risk,
    /// The outcome that a record states, in the patient's language.
    pub outcome: &'static str,
    /// Whether it asks or has decided.
    pub completion: Completion,
    /// The main complaint: the first that was told.
    pub complaint: Option<Finding>,
    /// Everything that was stated, present or denied, in the order of the words.
    pub findings: Vec<Statement>,
    /// The symptoms, each once, by the last word on it.
    pub symptoms: Vec<SymptomObservation>,
    /// Measurements with their codes.
    pub vital_signs: Vec<VitalSign>,
    /// Since when the main complaint is there.
    pub since: Option<Timing>,
    /// The rules that ask for an emergency department, the most urgent first.
    pub red_flags: Vec<Conclusion>,
    /// All rules that held, the most urgent first.
    pub conclusions: Vec<Conclusion>,
    /// Why, one sentence for each conclusion that carries the level, in the patient's language.
    pub rationale: Vec<String>,
    /// How the level moved since the turn before, when it moved or was kept from falling.
    pub change: Option<Change>,
    /// The next question, when one is asked.
    pub question: Option<Question>,
    /// What to do, in the patient's language. A reply that a model phrases must still say it.
    pub instruction: String,
    /// The answer to the patient, in the patient's language.
    pub reply: String,
    /// That language.
    pub language: Spoken,
    /// Whether the patient's language was understood.
    pub understood: bool,
    /// Somebody may harm themselves: the reply is that of a crisis, and the caller alerts (contract A-28).
    pub crisis: bool,
    /// Why the last turn is refused, when it is no message of a patient's.
    pub refusal: Option<Refusal>,
}

impl Assessment {
    /// The assessment with a level that a model raised. A level that is not higher changes nothing: a model never lowers one.
    #[must_use]
    pub fn raised(mut self, to: Level) -> Self {
        if to <= self.level {
            return self;
        }
        self.change = Some(Change { from: self.level, to, reason: Reason::RaisedByModel, findings: Vec::new() });
        self.level = to;
        self.risk = to.risk();
        self.outcome = level::outcome(to, self.language);
        self.instruction = reply::instruction(to, self.language).to_owned();
        self.question = self.question.filter(|_| !to.is_emergency());
        if self.question.is_none() {
            self.completion = Completion::Decided;
        }
        let question = self.question.map(|question| question.text(self.language));
        self.reply = [Some(self.instruction.as_str()), question].into_iter().flatten().collect::<Vec<_>>().join(" ");
        self
    }
}
