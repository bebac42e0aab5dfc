//! What the danger engine found, as conclusions. It finds crises of mind and body that are dangers whatever the complaint.

use crate::danger::{Category, Finding as Danger, Severity};
use crate::triage::chart::Chart;
use crate::triage::evidence::Evidence;
use crate::triage::finding::Finding;
use crate::triage::level::Level;
use crate::triage::measure::Measure;
use crate::triage::rule::{Conclusion, RuleName};
use crate::triage::{By, Turn};

/// The rules of the danger engine have the version of its tables.
const VERSION: &str = "1";
/// So many kinds of vital signs are measurements by a professional.
const ENOUGH_VITALS: f64 = 3.0;

/// Signs of which the rules of pregnancy tell light from grave ones.
const PREGNANCY: [&str; 2] = ["medical.pregnant", "medical.bleeding_sign"];
/// Findings that explain pauses of breathing and not waking up.
const ASLEEP: [&str; 2] = ["sleep_apnea", "snoring"];

/// One conclusion for each danger of the patient's turns. Where vital signs were measured, and where it is about sleep, the rules
/// of triage know more of the body than words of danger do.
pub(super) fn conclude(turns: &[Turn<'_>], chart: &Chart) -> Vec<Conclusion> {
    let is_measured = chart.value(Measure::Vitals).is_some_and(|vitals| vitals >= ENOUGH_VITALS);
    let is_asleep = ASLEEP.into_iter().filter_map(Finding::named).any(|finding| chart.is_present(finding));
    let is_left = |danger: &Danger| {
        danger.category == Category::MedicalEmergency
            && (is_measured || is_asleep || PREGNANCY.contains(&danger.rule.0))
    };
    let last = turns.iter().rposition(|turn| turn.by == By::Patient);
    let patient = turns.iter().enumerate().filter(|(_, turn)| turn.by == By::Patient);
    let dangers = patient.flat_map(|(number, turn)| turn.dangers.iter().map(move |danger| (number, danger)));
    // Later turns may deny what words of a medical emergency told; a danger from people stays one.
    let is_over = |turn: usize, danger: &Danger| danger.category == Category::MedicalEmergency && Some(turn) != last;
    let dangers = dangers.filter(|(turn, danger)| !is_left(danger) && !is_over(*turn, danger));
    dangers.filter_map(|(number, danger)| conclusion(number, danger)).collect()
}

/// Whether a conclusion rests on words of a medical emergency only.
pub(super) fn is_medical(conclusion: &Conclusion) -> bool {
    conclusion.rule.table.starts_with("medical.")
}

fn conclusion(turn: usize, danger: &Danger) -> Option<Conclusion> {
    let level = match (danger.category, danger.severity) {
        (Category::SelfHarm, Severity::Medium) | (Category::Abuse, Severity::High) => Level::WithinADay,
        (_, Severity::Low | Severity::Medium) => return None,
        (Category::SelfHarm | Category::MedicalEmergency, Severity::Critical) => Level::EmergencyNow,
        (_, Severity::High | Severity::Critical) => Level::Emergency,
    };
    let texts = match danger.category {
        Category::SelfHarm => ["danger of harming oneself", "peligro de hacerse daño"],
        Category::HarmToOthers => ["danger of harming others", "peligro de dañar a otros"],
        Category::Abuse => ["violence or abuse", "violencia o maltrato"],
        Category::MedicalEmergency => ["words of a medical emergency", "palabras de una emergencia médica"],
    };
    Some(Conclusion {
        rule: RuleName { table: danger.rule.0, line: None },
        version: VERSION,
        level,
        findings: Vec::new(),
        evidence: vec![Evidence { turn, span: danger.span }],
        crisis: danger.category == Category::SelfHarm,
        texts,
    })
}
