//! What the conversation says of a finding.

use serde::Serialize;

use crate::phrase::RuleId;
use crate::stated::Status;
use crate::triage::evidence::Evidence;
use crate::triage::finding::Finding;

/// One mention of a finding in a turn of the patient's, or an answer about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// What.
    pub finding: Finding,
    /// Whether it is there.
    pub status: Status,
    /// The words.
    pub evidence: Evidence,
    /// The rule that found the words.
    pub rule: RuleId,
    /// Where they stand among the words of the turn.
    #[serde(skip)]
    pub(super) token: usize,
    #[serde(skip)]
    pub(super) sentence: usize,
}

impl Statement {
    /// Whether both stand in one sentence.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.evidence.turn == other.evidence.turn && self.sentence == other.sentence
    }
}
