//! What an engine found to be ordered (MI-detect): the types of document 004's actions.

use serde::{Deserialize, Serialize};

use super::evidence::Place;

/// The kind of an order; the document calls it the type of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// A drug.
    Prescription,
    /// Imaging or another examination.
    DiagnosticTest,
    /// A test of a sample.
    LabOrder,
    /// To another specialty or service.
    Referral,
    /// An appointment to come back.
    FollowUp,
    /// A vaccine.
    Vaccination,
    /// A treatment.
    Procedure,
}

impl OrderKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Prescription,
        Self::DiagnosticTest,
        Self::LabOrder,
        Self::Referral,
        Self::FollowUp,
        Self::Vaccination,
        Self::Procedure,
    ];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Prescription => "prescription",
            Self::DiagnosticTest => "diagnostic_test",
            Self::LabOrder => "lab_order",
            Self::Referral => "referral",
            Self::FollowUp => "follow_up",
            Self::Vaccination => "vaccination",
            Self::Procedure => "procedure",
        }
    }

    /// The last part of the address at which systems take such orders, as the document shows it: `medication-order`.
    #[must_use]
    pub fn address(self) -> &'static str {
        match self {
            Self::Prescription => "medication-order",
            Self::DiagnosticTest => "radiology-order",
            Self::LabOrder => "lab-order",
            Self::Referral => "referral-order",
            Self::FollowUp => "follow-up-order",
            Self::Vaccination => "vaccination-order",
            Self::Procedure => "procedure-order",
        }
    }
}

/// How soon an order is to be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Nothing was said, or a time that is not urgent.
    Routine,
    /// As soon as possible.
    Urgent,
    /// At once.
    Stat,
}

impl Urgency {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Urgent => "urgent",
            Self::Stat => "stat",
        }
    }
}

/// What is ordered. What was not said is absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "detail", rename_all = "snake_case")]
pub enum OrderDetails {
    /// A drug with its instruction.
    Medication(Medication),
    /// A test.
    Test(Test),
    /// To whom.
    Referral {
        /// As it was said.
        name: String,
        /// The specialty.
        specialty: String,
    },
    /// To come back.
    FollowUp {
        /// As it was said.
        description: String,
        /// When: `2 weeks`.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        timeframe: Option<String>,
    },
    /// A vaccine.
    Vaccination {
        /// As it was said.
        name: String,
    },
    /// A treatment.
    Procedure {
        /// As it was said.
        name: String,
    },
}

/// A drug with its instruction, in the words in which it was ordered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medication {
    /// The drug.
    pub name: String,
    /// `500mg`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dosage: Option<String>,
    /// `twice daily`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub frequency: Option<String>,
    /// `7 days`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration: Option<String>,
    /// `oral`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub route: Option<String>,
    /// Whether it is taken when it is needed.
    #[serde(default)]
    pub as_needed: bool,
    /// Its code in RxNorm.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rxnorm: Option<String>,
}

/// A test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// As it was said.
    pub name: String,
    /// Its kind, as the document names it: `radiology`.
    pub category: String,
    /// The CPT code that the document shows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cpt: Option<String>,
    /// The code that took the place of a retired one (contract A-44).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cpt_successor: Option<String>,
    /// Its code in LOINC, where certain.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub loinc: Option<String>,
    /// When, as it was said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<String>,
}

/// What a clinician should look at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderWarning {
    /// `Patient has penicillin allergy`.
    pub text: String,
    /// The rule that says so.
    pub rule: String,
}

/// An order as it was found in a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Its kind.
    pub kind: OrderKind,
    /// How soon.
    pub urgency: Urgency,
    /// How sure it is that it is an order, from 0 to 1.
    pub confidence: f64,
    /// What is ordered.
    pub details: OrderDetails,
    /// What it is for, when that was said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// What should be looked at again.
    pub warnings: Vec<OrderWarning>,
    /// Where in the text.
    pub evidence: Vec<Place>,
    /// The rule that found it.
    pub rule: String,
}

impl Order {
    /// The drug as a chart would list it, when it is one.
    #[must_use]
    pub fn medication(&self) -> Option<String> {
        let OrderDetails::Medication(medication) = &self.details else { return None };
        let parts = [Some(&medication.name), medication.dosage.as_ref(), medication.frequency.as_ref()];
        Some(parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "))
    }
}
