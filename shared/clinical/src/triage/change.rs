//! How the level moved since the turn before. It rises at once; it falls only for a stated reason, and from an emergency never
//! further than to "within a day": who said an emergency and takes it back is still to be seen.

use serde::Serialize;

use crate::triage::finding::Finding;
use crate::triage::level::Level;
use crate::triage::rule::Conclusion;
use crate::triage::told::Told;
use crate::triage::{By, Case, Turn, chart_of, conclude, danger};

/// A movement of the level, or one that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// After the turn before.
    pub from: Level,
    /// Now.
    pub to: Level,
    /// Why.
    pub reason: Reason,
    /// The findings that the patient took back, when that is the reason.
    pub findings: Vec<Finding>,
}

/// Why a level moved or did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// More was told: it rose.
    Rose,
    /// The patient took back what it rested on, or measured it again: it fell.
    TakenBack,
    /// A model raised it.
    RaisedByModel,
    /// Less follows from what is known now, but nothing was taken back: it stays.
    Kept,
}

/// The movement from the level before, if there is one.
pub(super) fn of(case: &Case<'_>, told: &[Told], conclusions: &[Conclusion]) -> Option<Change> {
    let from = case.previous?;
    let now = conclusions.first().map(|conclusion| conclusion.level);
    let now = now.unwrap_or(from);
    if now >= from {
        return (now > from).then(|| Change { from, to: now, reason: Reason::Rose, findings: Vec::new() });
    }
    let findings = taken_back(case, told, from);
    let lowest = if from.is_emergency() { Level::WithinADay } else { Level::SelfCare };
    let to = if findings.is_some() { now.max(lowest) } else { from };
    let reason = if findings.is_some() { Reason::TakenBack } else { Reason::Kept };
    Some(Change { from, to, reason, findings: findings.unwrap_or_default() })
}

/// What the last turn took back, when that explains every conclusion of the level before that no longer holds.
fn taken_back(case: &Case<'_>, told: &[Told], from: Level) -> Option<Vec<Finding>> {
    let last = told.last()?;
    let before = without_last(case.turns);
    let earlier = Case { turns: before, previous: None, ..*case };
    let chart = chart_of(&earlier, told.get(..told.len().saturating_sub(1)).unwrap_or_default());
    let lost: Vec<Conclusion> = conclude(&earlier, &chart).into_iter().filter(|lost| lost.level >= from).collect();
    let denied: Vec<Finding> = last.denied().collect();
    let explained =
        |lost: &Conclusion| lost.findings.iter().any(|finding| denied.contains(finding)) || last.measures_again(lost);
    // Words of danger say less of the body than the rules that read the same words.
    let ruled: Vec<&Conclusion> = lost.iter().filter(|lost| !danger::is_medical(lost)).collect();
    let all = !ruled.is_empty() && ruled.iter().all(|lost| explained(lost));
    all.then(|| denied.into_iter().filter(|finding| lost.iter().any(|lost| lost.findings.contains(finding))).collect())
}

/// The turns before the patient's last.
fn without_last<'a>(turns: &'a [Turn<'a>]) -> &'a [Turn<'a>] {
    let last = turns.iter().rposition(|turn| turn.by == By::Patient).unwrap_or_default();
    turns.get(..last).unwrap_or_default()
}
