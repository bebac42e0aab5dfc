//! What the words around a candidate, and its place in the visit, say about it.

use std::ops::Range;

use super::candidate::{Candidate, Subject};
use super::cue::Cue;
use crate::drug::KnownAs;
use crate::follow_up::Call;
use crate::phrase::Match;
use crate::test_catalogue::TestCategory;

/// How far a cue stands before a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Distance {
    /// At most four words lie between.
    Near,
    /// More, in the same statement.
    Far,
}

/// One observation about a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Feature {
    /// Every candidate has it.
    Any,
    /// A cue stands before it in its statement.
    Before(Cue, Distance),
    /// A cue stands behind it in its statement.
    After(Cue),
    /// Of all cues before it, the nearest.
    Nearest(Cue),
    /// No cue stands before it.
    NoneBefore,
    /// An intention, and a verb that orders, stand before it.
    Planned(Cue),
    /// Its statement asks.
    Question,
    /// The patient says it.
    ByPatient,
    /// A dose or times go with it.
    Dosed,
    /// The statement is a written instruction: it begins with the drug, or with what to do with it.
    Instruction,
    /// Only a class or a kind of remedy is named.
    Unnamed,
    /// A laboratory test.
    Laboratory,
    /// An imaging test.
    Imaging,
    /// Another test.
    OtherTest,
    /// A test that patients do at home as well.
    HomeTest,
    /// An appointment with a time.
    Timed,
    /// An appointment without a time.
    Untimed,
    /// How the patient is called back.
    Called(Call),
    /// Its statement has at most four words.
    Short,
    /// The plan has begun.
    InPlan,
    /// In which fifth of the visit it is said, from 0.
    Fifth(u8),
    /// It was named before in the visit.
    Repeated,
}

/// The statement of a candidate with its cues.
pub(super) struct Setting<'a> {
    pub(super) statement: Range<usize>,
    pub(super) is_question: bool,
    pub(super) cues: &'a [Match<Cue>],
    /// Where the list begins that the candidate is in: a verb before "a CBC and a lipid panel" is near both.
    pub(super) list: usize,
    pub(super) is_dosed: bool,
    pub(super) is_instruction: bool,
}

/// Between a near cue and a candidate lie at most so many words.
const NEAR: usize = 4;

/// Cues whose nearness says nothing.
const SILENT: [Cue; 5] = [Cue::Purpose, Cue::Explain, Cue::Urgent, Cue::Stat, Cue::Phase];
/// Cues that are only looked at before a candidate.
const ONLY_BEFORE: [Cue; 5] = [Cue::Plan, Cue::Order, Cue::Weak, Cue::Advise, Cue::Change];

/// What the statement says about a candidate.
pub(super) fn of_statement(candidate: &Candidate, setting: &Setting<'_>) -> Vec<Feature> {
    let mut features = vec![Feature::Any];
    let before = || setting.cues.iter().filter(|cue| cue.tokens.end <= setting.list);
    let has = |label: Cue| before().any(|cue| cue.label == label);
    for label in Cue::TELLING {
        let ends = before().filter(|cue| cue.label == label).map(|cue| setting.list - cue.tokens.end);
        if let Some(distance) = ends.min() {
            let distance = if distance <= NEAR { Distance::Near } else { Distance::Far };
            features.push(Feature::Before(label, distance));
        }
        let is_behind = |cue: &Match<Cue>| cue.label == label && cue.tokens.start >= candidate.tokens.end;
        if !ONLY_BEFORE.contains(&label) && setting.cues.iter().any(is_behind) {
            features.push(Feature::After(label));
        }
    }
    let telling = before().filter(|cue| !SILENT.contains(&cue.label));
    features.push(match telling.max_by_key(|cue| (cue.tokens.end, cue.tokens.start)) {
        Some(nearest) => Feature::Nearest(nearest.label),
        None => Feature::NoneBefore,
    });
    let planned = [Cue::Order, Cue::Weak].into_iter().filter(|label| has(Cue::Plan) && has(*label));
    features.extend(planned.map(Feature::Planned));
    features.extend(setting.is_question.then_some(Feature::Question));
    features.extend((setting.statement.len() <= NEAR).then_some(Feature::Short));
    features.extend(setting.is_dosed.then_some(Feature::Dosed));
    features.extend(setting.is_instruction.then_some(Feature::Instruction));
    features.extend(of_subject(&candidate.subject));
    features
}

fn of_subject(subject: &Subject) -> Vec<Feature> {
    match subject {
        Subject::Drug(drug) | Subject::Vaccine(drug) if drug.drug.known_as == KnownAs::Class => vec![Feature::Unnamed],
        Subject::Remedy => vec![Feature::Unnamed],
        Subject::Drug(_) | Subject::Vaccine(_) | Subject::Procedure | Subject::Specialty(_) => Vec::new(),
        Subject::Test(test, _) => {
            let home = matches!(test.test.name, "blood glucose");
            let kind = match test.test.category {
                TestCategory::Laboratory => Feature::Laboratory,
                TestCategory::Imaging => Feature::Imaging,
                _ => Feature::OtherTest,
            };
            std::iter::once(kind).chain(home.then_some(Feature::HomeTest)).collect()
        }
        Subject::FollowUp(call) => {
            let timed = if call.timeframe.is_some() { Feature::Timed } else { Feature::Untimed };
            vec![timed, Feature::Called(call.call)]
        }
    }
}
