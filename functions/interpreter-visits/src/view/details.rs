//! What an action orders, as document 004 spells it (MI-detect).

use domain::visit::order::{Medication, OrderDetails, Test};
use serde::Serialize;
use utoipa::ToSchema;

/// What is ordered: the one member that its type has.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DetailsView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    medication: Option<MedicationView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    test: Option<TestView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    referral: Option<ReferralView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    follow_up: Option<FollowUpView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    vaccination: Option<NamedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    procedure: Option<NamedView>,
}

/// A drug with its instruction, in the words in which it was ordered.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MedicationView {
    #[schema(example = "amoxicillin")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "500mg", nullable = false)]
    dosage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "twice daily", nullable = false)]
    frequency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7 days", nullable = false)]
    duration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "oral", nullable = false)]
    route: Option<String>,
    /// Present when it is taken when it is needed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    as_needed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "723", nullable = false)]
    rxnorm_code: Option<String>,
}

impl MedicationView {
    fn of(medication: &Medication) -> Self {
        Self {
            name: medication.name.clone(),
            dosage: medication.dosage.clone(),
            frequency: medication.frequency.clone(),
            duration: medication.duration.clone(),
            route: medication.route.clone(),
            as_needed: medication.as_needed,
            rxnorm_code: medication.rxnorm.clone(),
        }
    }
}

/// A test.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TestView {
    #[schema(example = "chest X-ray")]
    name: String,
    #[schema(example = "radiology")]
    category: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "71020", nullable = false)]
    cpt_code: Option<String>,
    /// The code that took the place of a retired one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "71046", nullable = false)]
    cpt_successor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    loinc_code: Option<String>,
    /// As it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    when: Option<String>,
}

impl TestView {
    fn of(test: &Test) -> Self {
        Self {
            name: test.name.clone(),
            category: test.category.clone(),
            cpt_code: test.cpt.clone(),
            cpt_successor: test.cpt_successor.clone(),
            loinc_code: test.loinc.clone(),
            when: test.when.clone(),
        }
    }
}

/// To whom.
#[derive(Debug, Serialize, ToSchema)]
struct ReferralView {
    name: String,
    #[schema(example = "cardiology")]
    specialty: String,
}

/// To come back.
#[derive(Debug, Serialize, ToSchema)]
struct FollowUpView {
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2 weeks", nullable = false)]
    timeframe: Option<String>,
}

/// A vaccine or a treatment.
#[derive(Debug, Serialize, ToSchema)]
struct NamedView {
    name: String,
}

impl DetailsView {
    pub(crate) fn of(details: &OrderDetails) -> Self {
        let mut view =
            Self { medication: None, test: None, referral: None, follow_up: None, vaccination: None, procedure: None };
        match details {
            OrderDetails::Medication(medication) => view.medication = Some(MedicationView::of(medication)),
            OrderDetails::Test(test) => view.test = Some(TestView::of(test)),
            OrderDetails::Referral { name, specialty } => {
                view.referral = Some(ReferralView { name: name.clone(), specialty: specialty.clone() });
            }
            OrderDetails::FollowUp { description, timeframe } => {
                view.follow_up = Some(FollowUpView { description: description.clone(), timeframe: timeframe.clone() });
            }
            OrderDetails::Vaccination { name } => view.vaccination = Some(NamedView { name: name.clone() }),
            OrderDetails::Procedure { name } => view.procedure = Some(NamedView { name: name.clone() }),
        }
        view
    }
}
