//! Symptoms as records keep them: one observation for each finding that was told or denied.

use serde::Serialize;

use crate::stated::Status;
use crate::symptom::Severity;
use crate::triage::chart::Chart;
use crate::triage::evidence::Evidence;
use crate::triage::finding::{Finding, FindingKind};
use crate::triage::spoken::Spoken;
use crate::triage::statement::Statement;
use crate::triage::vital::Loinc;

/// A symptom of the conversation, by the last word on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SymptomObservation {
    /// What it is.
    pub finding: Finding,
    /// Whether it is there or denied.
    pub status: Status,
    /// What people read, in the patient's language: "fever", "no fever".
    pub text: String,
    /// How strong it is, when the words around it say so.
    pub severity: Option<Severity>,
    /// Hours since it began, when the words around it say so.
    pub onset_hours: Option<f64>,
    /// The words, in order.
    pub evidence: Vec<Evidence>,
}

impl SymptomObservation {
    /// The code of such observations (contract TR-obs).
    pub const CODE: Loinc = Loinc { code: "75325-1", display: "Symptom" };

    /// The code of presence or absence in `http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation`.
    #[must_use]
    pub fn interpretation(&self) -> &'static str {
        match self.status {
            Status::Present => "POS",
            Status::Denied => "NEG",
        }
    }
}

/// One observation for each symptom, in the order in which they were first told.
pub(super) fn symptoms(chart: &Chart, language: Spoken) -> Vec<SymptomObservation> {
    let mut told: Vec<Finding> = Vec::new();
    for statement in chart.statements.iter().filter(|statement| statement.finding.kind() == FindingKind::Symptom) {
        if !told.contains(&statement.finding) {
            told.push(statement.finding);
        }
    }
    told.into_iter().filter_map(|finding| symptom(chart, finding, language)).collect()
}

fn symptom(chart: &Chart, finding: Finding, language: Spoken) -> Option<SymptomObservation> {
    let status = chart.status(finding)?;
    let mentions = chart.statements.iter().filter(|told| told.finding == finding && told.status == status);
    let first = mentions.clone().next()?;
    let name = finding.name(language);
    let text = match status {
        Status::Present => name.to_owned(),
        Status::Denied => format!("{} {name}", language.pick("no", "sin")),
    };
    let mut evidence: Vec<Evidence> = mentions.map(|statement| statement.evidence).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let is_present = status == Status::Present;
    let severity = severity(chart, first).filter(|_| is_present);
    let onset_hours = chart.onset_beside(first).filter(|_| is_present);
    Some(SymptomObservation { finding, status, text, severity, onset_hours, evidence })
}

/// The word for it in the same sentence.
fn severity(chart: &Chart, mention: &Statement) -> Option<Severity> {
    let words = [("severe", Severity::Severe), ("moderate", Severity::Moderate), ("mild", Severity::Mild)];
    words.into_iter().find_map(|(id, severity)| {
        let word = Finding::named(id)?;
        chart.mentions(word).any(|told| told.is_beside(mention)).then_some(severity)
    })
}
