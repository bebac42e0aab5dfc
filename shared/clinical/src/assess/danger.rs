//! What the danger engine found, as decisions need it.

use domain::alert::Severity as Urgency;
use domain::assessment::{Danger, DangerCategory};

use crate::danger::{Category, Finding, Severity};

/// The dangers among the findings in a message, one for each rule, with all the words on which it rests. The worst comes
/// first; those of one category stand together, so that whoever reads their names reads each once.
pub(super) fn dangers(findings: &[Finding], written: &str) -> Vec<Danger> {
    let mut dangers: Vec<Danger> = Vec::new();
    for finding in findings {
        let Some(severity) = urgency(finding.severity) else { continue };
        let (category, rule, words) = (category(finding.category), finding.rule.0, finding.span.of(written));
        match dangers.iter_mut().find(|danger| danger.rule == rule && danger.category == category) {
            Some(danger) => {
                danger.severity = danger.severity.max(severity);
                if !danger.words.iter().any(|known| known == words) {
                    danger.words.push(words.to_owned());
                }
            }
            None => dangers.push(Danger { category, severity, rule: rule.to_owned(), words: vec![words.to_owned()] }),
        }
    }
    let worst: Vec<(DangerCategory, Urgency)> =
        dangers.iter().map(|danger| (danger.category, danger.severity)).collect();
    let worst_of = |category| worst.iter().filter(|(other, _)| *other == category).map(|(_, severity)| *severity).max();
    dangers.sort_by(|one, other| {
        let key = |danger: &Danger| (worst_of(danger.category), danger.category, danger.severity);
        let (one, other) = (key(one), key(other));
        other.0.cmp(&one.0).then(one.1.cmp(&other.1)).then(other.2.cmp(&one.2))
    });
    dangers
}

/// How soon somebody must look; nobody must because of signs that are no danger by themselves.
fn urgency(severity: Severity) -> Option<Urgency> {
    match severity {
        Severity::Low | Severity::Medium => None,
        Severity::High => Some(Urgency::Critical),
        Severity::Critical => Some(Urgency::Emergency),
    }
}

fn category(category: Category) -> DangerCategory {
    match category {
        Category::SelfHarm => DangerCategory::SelfHarm,
        Category::HarmToOthers => DangerCategory::HarmToOthers,
        Category::Abuse => DangerCategory::Abuse,
        Category::MedicalEmergency => DangerCategory::Medical,
    }
}
