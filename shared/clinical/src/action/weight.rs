//! How much each observation speaks for an order.
//!
//! The points are hundredths of a log-odds, fitted by logistic regression on the visits of MEDIQA-OE 2025 (Corbeil et al.) that
//! were set aside for tuning, with the sign of every cue held to its meaning, and rounded. Set by hand were what those visits
//! cannot tell: that tests besides laboratory and imaging are orders too, that a drug which only may be given is none, that a
//! written instruction is one, and that a call to come back needs no words before it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::candidate::Subject;
use super::cue::Cue;
use super::feature::{Distance, Feature};
use crate::follow_up::Call;

/// What speaks for a drug, for a test and for an appointment.
type Points = [i16; 3];

static POINTS: LazyLock<HashMap<Feature, Points>> = LazyLock::new(|| TABLE.into_iter().collect());

/// From so many points on it is an order of a visit.
const ORDER: i32 = -50;
/// A text alone needs more: nothing is known of its place in a visit.
const ORDER_ALONE: i32 = -10;
/// Services and procedures are weighed like tests, and need more: MEDIQA-OE has no examples of them.
const SERVICE: i32 = 90;
/// What services and procedures have for being no laboratory test.
const NO_TEST: i32 = 90;

/// The points of a candidate above what makes an order; below zero it is none.
pub(super) fn above_order(subject: &Subject, features: &[Feature]) -> i32 {
    let sum = |column: fn(Points) -> i16| -> i32 {
        features.iter().filter_map(|feature| POINTS.get(feature)).map(|points| i32::from(column(*points))).sum()
    };
    let is_alone = !features.iter().any(|feature| matches!(feature, Feature::Fifth(_)));
    let order = if is_alone { ORDER_ALONE } else { ORDER };
    match subject {
        Subject::Drug(_) | Subject::Vaccine(_) | Subject::Remedy => sum(|[drug, _, _]| drug) - order,
        Subject::Test(..) => sum(|[_, test, _]| test) - order,
        Subject::FollowUp(_) => sum(|[_, _, call]| call) - order,
        Subject::Specialty(_) | Subject::Procedure => sum(|[_, test, _]| test) + NO_TEST - SERVICE,
    }
}

const TABLE: [(Feature, Points); 67] = [
    (Feature::Any, [-83, -191, -116]),
    (Feature::Before(Cue::Advise, Distance::Far), [79, 0, 48]),
    (Feature::Before(Cue::Advise, Distance::Near), [88, 31, 0]),
    (Feature::Before(Cue::Change, Distance::Near), [73, 0, 0]),
    (Feature::Before(Cue::Explain, Distance::Far), [-32, -12, -28]),
    (Feature::Before(Cue::Explain, Distance::Near), [0, -17, -36]),
    (Feature::Before(Cue::Hedge, Distance::Far), [0, -18, 0]),
    (Feature::Before(Cue::Hedge, Distance::Near), [-30, -100, -32]),
    (Feature::Before(Cue::Monitor, Distance::Near), [-32, -26, 0]),
    (Feature::Before(Cue::Need, Distance::Far), [21, 0, 0]),
    (Feature::Before(Cue::Need, Distance::Near), [56, 0, 0]),
    (Feature::Before(Cue::Order, Distance::Near), [99, 74, 0]),
    (Feature::Before(Cue::Past, Distance::Far), [0, -42, 0]),
    (Feature::Before(Cue::Past, Distance::Near), [-13, -81, -47]),
    (Feature::Before(Cue::Plan, Distance::Far), [30, 0, 0]),
    (Feature::Before(Cue::Plan, Distance::Near), [24, 50, 0]),
    (Feature::Before(Cue::Purpose, Distance::Far), [-35, 0, 14]),
    (Feature::Before(Cue::Purpose, Distance::Near), [0, 40, -35]),
    (Feature::Before(Cue::Refill, Distance::Near), [32, 0, 0]),
    (Feature::Before(Cue::Stop, Distance::Near), [-27, 0, 0]),
    (Feature::Before(Cue::Taking, Distance::Far), [0, -17, 0]),
    (Feature::Before(Cue::Taking, Distance::Near), [-66, -23, 0]),
    (Feature::Before(Cue::Weak, Distance::Far), [37, 38, 0]),
    (Feature::Before(Cue::Weak, Distance::Near), [0, 22, 47]),
    (Feature::After(Cue::Condition), [0, -88, -34]),
    (Feature::After(Cue::Continue), [0, 0, -17]),
    (Feature::After(Cue::Explain), [0, -26, 0]),
    (Feature::After(Cue::Monitor), [0, 0, -27]),
    (Feature::After(Cue::Past), [0, -52, 0]),
    (Feature::After(Cue::Purpose), [0, 27, 19]),
    (Feature::After(Cue::Refill), [43, 0, 0]),
    (Feature::After(Cue::Stop), [-30, 0, 0]),
    (Feature::After(Cue::Taking), [0, 0, -35]),
    (Feature::Nearest(Cue::Advise), [21, 50, 20]),
    (Feature::Nearest(Cue::Change), [54, 0, 0]),
    (Feature::Nearest(Cue::Monitor), [-32, -34, 0]),
    (Feature::Nearest(Cue::Need), [22, 0, 0]),
    (Feature::Nearest(Cue::Order), [104, 84, 0]),
    (Feature::Nearest(Cue::Past), [-18, -34, -42]),
    (Feature::Nearest(Cue::Plan), [13, 23, 52]),
    (Feature::Nearest(Cue::Refill), [32, 0, 0]),
    (Feature::Nearest(Cue::Taking), [-98, -30, 0]),
    (Feature::Nearest(Cue::Weak), [0, 72, 15]),
    (Feature::NoneBefore, [-46, -120, 0]),
    (Feature::Planned(Cue::Weak), [34, 58, 0]),
    (Feature::Question, [-48, 0, 0]),
    (Feature::ByPatient, [-109, -42, 0]),
    (Feature::Dosed, [60, 0, 0]),
    (Feature::Instruction, [60, 0, 0]),
    (Feature::Unnamed, [-166, 0, 0]),
    (Feature::Laboratory, [0, 93, 0]),
    (Feature::Imaging, [0, 38, 0]),
    (Feature::HomeTest, [0, -108, 0]),
    (Feature::Timed, [0, 0, 114]),
    (Feature::Untimed, [0, 0, -116]),
    (Feature::Called(Call::Contact), [0, 0, -84]),
    (Feature::Called(Call::FollowUp), [0, 0, 92]),
    (Feature::Called(Call::Recheck), [0, 0, -31]),
    (Feature::Called(Call::Return), [0, 0, 35]),
    (Feature::Short, [-18, 18, 0]),
    (Feature::InPlan, [0, 55, 34]),
    (Feature::Fifth(0), [-19, -51, -64]),
    (Feature::Fifth(1), [-77, -72, -16]),
    (Feature::Fifth(2), [-50, 0, -11]),
    (Feature::Fifth(3), [42, -12, 11]),
    (Feature::Fifth(4), [59, 17, 32]),
    (Feature::Repeated, [-37, 0, -15]),
];
