//! Orders that are given in a conversation: prescriptions, tests, referrals, appointments, vaccinations, procedures.
//!
//! An order is something that a clinician decides, here and now, to be done. What is denied, stopped, taken already, done before
//! or hangs on a condition is none. Each candidate, a drug, test, service or appointment that is named, is weighed by the
//! words around it (`data/action/cue.txt`) and its place in the visit; see `action/weight.rs` for how.
//! Source: document 004, `POST /api/actions/detect`.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::candidate::Candidate;
pub use self::details::{Appointment, Details, Medication, OrderedTest, Procedure, Referral, Vaccination};
pub use self::reason::Reason;
pub use self::warning::{Concern, Warning};
use crate::drug::Drug;
use crate::span::Span;
use crate::text::Text;
use crate::visit::{Evidence, PatientFacts, Visit};

mod candidate;
mod cue;
mod details;
mod feature;
pub(crate) mod instruction;
mod merge;
mod order;
mod ordered_test;
mod reason;
mod survey;
mod veto;
mod warning;
mod weight;

/// The kind of an order (document 004 calls it the type of an action).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A drug, new, changed or supplied again.
    Prescription,
    /// Imaging or another examination; document 004 has a chest X-ray here, with the category "radiology".
    DiagnosticTest,
    /// A test of blood, urine or another sample.
    LabOrder,
    /// To another specialty or service.
    Referral,
    /// An appointment to come back.
    FollowUp,
    /// A vaccine.
    Vaccination,
    /// A treatment that is done to the patient.
    Procedure,
}

/// How soon an order is to be carried out, as far as it was said (document 004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Nothing was said, or a time that is not urgent.
    Routine,
    /// "As soon as possible", "urgently".
    Urgent,
    /// "Immediately", "stat", or to the emergency department.
    Stat,
}

/// How sure it is that this is an order. The numbers are the share of such findings that were orders when the findings in 112
/// visits of two public collections were read one by one, rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Much speaks for it, something against it.
    Possible,
    /// More speaks for it than against it.
    Likely,
    /// Almost everything speaks for it.
    VeryLikely,
    /// A verb that only orders governs it, and nothing speaks against it.
    Explicit,
}

/// An order that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Detected {
    /// What is ordered.
    pub details: Details,
    /// How soon.
    pub category: Category,
    /// How sure it is that it is an order.
    pub certainty: Certainty,
    /// What it is for, when that was said.
    pub reason: Option<Reason>,
    /// What a clinician should look at again.
    pub warnings: Vec<Warning>,
    /// The words that it rests on, turn by turn.
    pub evidence: Vec<Evidence>,
    /// The rule of the cue that governs it; `action.named` when it is only named where orders are given.
    pub rule: &'static str,
}

impl Detected {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.details.kind()
    }

    /// From 0 to 1; see [`Certainty`]. What was misheard of a dose makes a prescription a little less certain.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        match self.certainty {
            Certainty::Explicit if self.kind() == Kind::Prescription => 0.95,
            Certainty::Explicit => 0.98,
            Certainty::VeryLikely => 0.9,
            Certainty::Likely => 0.75,
            Certainty::Possible => 0.6,
        }
    }
}

/// Everything in a text that may be ordered.
pub(crate) fn candidates(text: &Text<'_>) -> Vec<Candidate> {
    candidate::find(text)
}

/// The drug that a candidate is, and where it stands.
pub(crate) fn drug_of(candidate: &Candidate) -> Option<(&Drug, Span, Range<usize>)> {
    match &candidate.subject {
        candidate::Subject::Drug(mention) => Some((&mention.drug, candidate.span, candidate.tokens.clone())),
        _ => None,
    }
}

/// Every order of a conversation, in the order in which they were first given; what is ordered twice is one. A single text
/// is a conversation of one turn.
#[must_use]
pub fn detect(visit: &Visit<'_>, facts: &PatientFacts<'_>) -> Vec<Detected> {
    let orders = order::given(visit);
    let mut detected = merge::merged(visit, orders);
    warning::add(&mut detected, facts);
    detected
}

#[cfg(test)]
mod tests;
