//! The orders of a text, as actions are made of them.

use domain::visit::order::{Medication, Order, OrderDetails, OrderKind, OrderWarning, Test, Urgency};
use domain::visit::utterance::Role;

use crate::action::{self, Category, Details, Detected, Kind};
use crate::sig::Route;
use crate::visit::{PatientFacts, Utterance, Visit};

/// What is known of the patient before the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chart {
    /// The list of allergies, each entry as a chart has it.
    pub allergies: Vec<String>,
    /// What the patient takes, and what was ordered before in the visit.
    pub medications: Vec<String>,
    /// Whole years.
    pub age: Option<u16>,
}

/// The orders of one text, in the order in which they were given. `role` is who says it, when that is known.
#[must_use]
pub fn orders(text: &str, role: Option<Role>, chart: &Chart) -> Vec<Order> {
    let allergies: Vec<&str> = chart.allergies.iter().map(String::as_str).collect();
    let medications: Vec<&str> = chart.medications.iter().map(String::as_str).collect();
    let facts = PatientFacts { allergies: &allergies, medications: &medications, age: chart.age };
    let said = [Utterance { id: "", speaker: role.map(super::speaker), text }];
    let visit = Visit::read(&said);
    action::detect(&visit, &facts).into_iter().map(order).collect()
}

fn order(found: Detected) -> Order {
    let warning = |warning: action::Warning| OrderWarning { text: warning.text, rule: warning.rule.to_owned() };
    Order {
        kind: kind(found.kind()),
        urgency: urgency(found.category),
        confidence: found.confidence(),
        details: details(&found.details),
        reason: found.reason.map(|reason| reason.text),
        warnings: found.warnings.into_iter().map(warning).collect(),
        evidence: super::places(found.evidence.iter().flat_map(|evidence| &evidence.spans)),
        rule: found.rule.to_owned(),
    }
}

fn kind(kind: Kind) -> OrderKind {
    match kind {
        Kind::Prescription => OrderKind::Prescription,
        Kind::DiagnosticTest => OrderKind::DiagnosticTest,
        Kind::LabOrder => OrderKind::LabOrder,
        Kind::Referral => OrderKind::Referral,
        Kind::FollowUp => OrderKind::FollowUp,
        Kind::Vaccination => OrderKind::Vaccination,
        Kind::Procedure => OrderKind::Procedure,
    }
}

fn urgency(category: Category) -> Urgency {
    match category {
        Category::Routine => Urgency::Routine,
        Category::Urgent => Urgency::Urgent,
        Category::Stat => Urgency::Stat,
    }
}

fn details(details: &Details) -> OrderDetails {
    match details {
        Details::Medication(medication) => OrderDetails::Medication(Medication {
            name: medication.name.clone(),
            dosage: medication.dosage.clone(),
            frequency: medication.frequency.clone(),
            duration: medication.duration.clone(),
            route: medication.route.map(|route| route_name(route).to_owned()),
            as_needed: medication.as_needed,
            rxnorm: medication.rxnorm().map(ToOwned::to_owned),
        }),
        Details::Test(ordered) => OrderDetails::Test(Test {
            name: ordered.name.clone(),
            category: ordered.test.category.documented().to_owned(),
            cpt: ordered.test.cpt().map(|cpt| cpt.code.to_owned()),
            cpt_successor: ordered.test.cpt().map(|cpt| cpt.successor.to_owned()),
            loinc: ordered.test.loinc.map(ToOwned::to_owned),
            when: ordered.when.clone(),
        }),
        Details::Referral(referral) => {
            OrderDetails::Referral { name: referral.name.clone(), specialty: referral.specialty.to_owned() }
        }
        Details::FollowUp(appointment) => OrderDetails::FollowUp {
            description: appointment.description.clone(),
            timeframe: appointment.timeframe.map(crate::follow_up::Timeframe::text),
        },
        Details::Vaccination(vaccination) => OrderDetails::Vaccination { name: vaccination.name.clone() },
        Details::Procedure(procedure) => OrderDetails::Procedure { name: procedure.name.clone() },
    }
}

fn route_name(route: Route) -> &'static str {
    match route {
        Route::Oral => "oral",
        Route::Sublingual => "sublingual",
        Route::Inhaled => "inhaled",
        Route::Nasal => "nasal",
        Route::Ophthalmic => "ophthalmic",
        Route::Otic => "otic",
        Route::Topical => "topical",
        Route::Rectal => "rectal",
        Route::Vaginal => "vaginal",
        Route::Subcutaneous => "subcutaneous",
        Route::Intramuscular => "intramuscular",
        Route::Intravenous => "intravenous",
    }
}
