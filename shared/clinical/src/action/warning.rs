//! What a clinician should look at again before an order is carried out.

use serde::Serialize;

use super::{Details, Detected};
use crate::allergy;
use crate::dose_limit;
use crate::drug::Drug;
use crate::duplicate;
use crate::sig::Sig;
use crate::visit::PatientFacts;

/// What kind of warning it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// The patient reacts to the drug or to something like it.
    Allergy,
    /// The patient takes the same already, or it is ordered twice.
    Duplicate,
    /// The dose is more than an adult takes.
    Dose,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What kind.
    pub concern: Concern,
    /// What to tell the clinician: "Patient has penicillin allergy".
    pub text: String,
    /// The rule that says so.
    pub rule: &'static str,
}

/// Children are dosed by weight: no limit of adults is held against their doses.
const ADULT: u16 = 18;

/// An order is compared with so many orders before it: a visit has fewer, and a hostile text is read in time.
const COMPARED: usize = 64;

/// Adds what speaks against each order.
pub(super) fn add(detected: &mut [Detected], facts: &PatientFacts<'_>) {
    let taken: Vec<Drug> = facts.medications.iter().filter_map(|entry| Drug::named(entry)).collect();
    let mut ordered: Vec<Drug> = Vec::new();
    for order in detected {
        let Some(drug) = drug(&order.details).cloned() else { continue };
        let conflicts = allergy::check(&drug, facts.allergies);
        order.warnings.extend(conflicts.iter().map(|conflict| Warning {
            concern: Concern::Allergy,
            text: conflict.warning(),
            rule: conflict.rule,
        }));
        if let Details::Medication(medication) = &order.details {
            let known = taken.iter().filter(|other| other.name != drug.name);
            let doubled = known.chain(ordered.iter().rev().take(COMPARED));
            order.warnings.extend(doubled.filter_map(|other| duplicated(&drug, other)));
            let is_child = facts.age.is_some_and(|age| age < ADULT);
            order.warnings.extend((!is_child).then(|| excess(&medication.text())).into_iter().flatten());
            ordered.push(drug);
        }
    }
}

fn drug(details: &Details) -> Option<&Drug> {
    match details {
        Details::Medication(medication) => medication.drug.as_ref(),
        Details::Vaccination(vaccination) => Some(&vaccination.drug),
        Details::Test(_) | Details::Referral(_) | Details::FollowUp(_) | Details::Procedure(_) => None,
    }
}

fn duplicated(drug: &Drug, other: &Drug) -> Option<Warning> {
    let found = duplicate::check(drug, other)?;
    Some(Warning { concern: Concern::Duplicate, text: found.warning(&other.name), rule: found.rule().id() })
}

fn excess(instruction: &str) -> Vec<Warning> {
    let found = dose_limit::check(&Sig::parse(instruction));
    let warning = |excess: &dose_limit::Excess| Warning {
        concern: Concern::Dose,
        text: excess.warning(),
        rule: excess.exceeded.rule(),
    };
    found.iter().map(warning).collect()
}
