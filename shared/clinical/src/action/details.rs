//! What is ordered, kind by kind, in the words in which it was ordered.

use super::Kind;
use crate::drug::Drug;
use crate::follow_up::Timeframe;
use crate::sig::{Amount, Route};
use crate::test_catalogue::{Test, TestCategory};

/// What is ordered.
#[derive(Debug, Clone, PartialEq)]
pub enum Details {
    /// A drug.
    Medication(Medication),
    /// A test.
    Test(OrderedTest),
    /// To another specialty or service.
    Referral(Referral),
    /// To come back.
    FollowUp(Appointment),
    /// A vaccine.
    Vaccination(Vaccination),
    /// A treatment that is done to the patient.
    Procedure(Procedure),
}

/// A drug with its instruction (document 004, `details.medication`). What was not said is absent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Medication {
    /// As it was called: "amoxicillin", "Tylenol", "amoxicilina", "emollients".
    pub name: String,
    /// Which drug that is; absent for a remedy without the name of a drug.
    pub drug: Option<Drug>,
    /// How much at once, as it was said: "500mg", "two puffs".
    pub dosage: Option<String>,
    /// The number of tablets, puffs or millilitres.
    pub amount: Option<Amount>,
    /// How often, as it was said: "twice daily".
    pub frequency: Option<String>,
    /// Times per day.
    pub times_per_day: Option<f64>,
    /// For how long, as it was said, without "for": "7 days".
    pub duration: Option<String>,
    /// The way into the body.
    pub route: Option<Route>,
    /// Whether it is only taken when needed.
    pub as_needed: bool,
}

impl Medication {
    /// The code of its ingredient in RxNorm: "723" for amoxicillin.
    #[must_use]
    pub fn rxnorm(&self) -> Option<&'static str> {
        self.drug.as_ref().and_then(Drug::rxnorm)
    }

    /// How much of an instruction it has.
    pub(crate) fn filled(&self) -> usize {
        let parts = [self.dosage.is_some(), self.frequency.is_some(), self.duration.is_some(), self.as_needed];
        parts.into_iter().filter(|is_said| *is_said).count()
    }

    /// The instruction in one line, as it was said: "amoxicillin 500mg twice daily for 7 days".
    #[must_use]
    pub fn text(&self) -> String {
        let parts = [Some(&self.name), self.dosage.as_ref(), self.frequency.as_ref()];
        let mut text = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        if let Some(duration) = &self.duration {
            text.push_str(" for ");
            text.push_str(duration);
        }
        text
    }
}

/// A test (document 004, `details.test`).
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedTest {
    /// As it was called, with the part of the body: "chest X-ray", "x-ray of your right knee".
    pub name: String,
    /// Which test that is.
    pub test: Test,
    /// When it is to be done, as it was said: "in three months".
    pub when: Option<String>,
}

/// To another specialty or service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// As it was called: "heart doctor".
    pub name: String,
    /// What one calls it: "cardiology".
    pub specialty: &'static str,
}

/// To come back.
#[derive(Debug, Clone, PartialEq)]
pub struct Appointment {
    /// As it was said, from the call to the time: "see you back in two weeks".
    pub description: String,
    /// When.
    pub timeframe: Option<Timeframe>,
}

/// A vaccine.
#[derive(Debug, Clone, PartialEq)]
pub struct Vaccination {
    /// As it was called: "flu shot".
    pub name: String,
    /// Which vaccine that is.
    pub drug: Drug,
}

/// A treatment that is done to the patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// As it was called: "debridement".
    pub name: String,
}

impl Details {
    /// The kind that they are of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Medication(_) => Kind::Prescription,
            Self::Test(test) if test.test.category == TestCategory::Laboratory => Kind::LabOrder,
            Self::Test(_) => Kind::DiagnosticTest,
            Self::Referral(_) => Kind::Referral,
            Self::FollowUp(_) => Kind::FollowUp,
            Self::Vaccination(_) => Kind::Vaccination,
            Self::Procedure(_) => Kind::Procedure,
        }
    }

    /// What is ordered, in one line.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Medication(medication) => medication.text(),
            Self::Test(test) => test.name.clone(),
            Self::Referral(referral) => referral.name.clone(),
            Self::FollowUp(appointment) => appointment.description.clone(),
            Self::Vaccination(vaccination) => vaccination.name.clone(),
            Self::Procedure(procedure) => procedure.name.clone(),
        }
    }
}
