//! The words that order, and the words that tell that something is no order.

use std::sync::LazyLock;

use crate::phrase::{Match, Table};
use crate::text::Text;

static TABLE: LazyLock<Table<Cue>> =
    LazyLock::new(|| Table::parse(&[include_str!("../../data/action/cue.txt")], Cue::of));

/// What a phrase says about the drug, test or appointment near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Cue {
    /// The speaker intends something: "I'm going to", "let's".
    Plan,
    /// A verb that only orders: "prescribe", "start you on".
    Order,
    /// A verb that orders when an intention stands before it: "get", "check".
    Weak,
    /// Advice: "you can take".
    Advise,
    /// A dose is changed.
    Change,
    /// A new supply.
    Refill,
    /// It goes on as before.
    Continue,
    /// It ends, or does not begin.
    Stop,
    /// It was done before.
    Past,
    /// It is taken now.
    Taking,
    /// It depends on something.
    Condition,
    /// It is for when a complaint is felt.
    Need,
    /// It is only possible, or for later.
    Hedge,
    /// The patient measures it at home.
    Monitor,
    /// What it is for.
    Purpose,
    /// What it is.
    Explain,
    /// From here on the plan is told.
    Phase,
    /// At once.
    Stat,
    /// Soon.
    Urgent,
}

impl Cue {
    /// Those that tell an order from what is none.
    pub(super) const TELLING: [Self; 16] = [
        Self::Plan,
        Self::Order,
        Self::Weak,
        Self::Advise,
        Self::Change,
        Self::Refill,
        Self::Continue,
        Self::Stop,
        Self::Past,
        Self::Taking,
        Self::Condition,
        Self::Need,
        Self::Hedge,
        Self::Monitor,
        Self::Purpose,
        Self::Explain,
    ];

    fn of(rule: &str) -> Option<Self> {
        Some(match rule.split('.').next()? {
            "plan" => Self::Plan,
            "order" => Self::Order,
            "weak" => Self::Weak,
            "advise" => Self::Advise,
            "change" => Self::Change,
            "refill" => Self::Refill,
            "continue" => Self::Continue,
            "stop" => Self::Stop,
            "past" => Self::Past,
            "taking" => Self::Taking,
            "condition" => Self::Condition,
            "need" => Self::Need,
            "hedge" => Self::Hedge,
            "monitor" => Self::Monitor,
            "purpose" => Self::Purpose,
            "explain" => Self::Explain,
            "phase" => Self::Phase,
            "stat" => Self::Stat,
            "urgent" => Self::Urgent,
            _ => return None,
        })
    }
}

/// Every cue of a text, in order, but those within a longer one that means
/// something else: "they put you on", "as soon as possible".
pub(super) fn find(text: &Text<'_>) -> Vec<Match<Cue>> {
    let found = TABLE.matches(text);
    let mut hidden: Vec<bool> = vec![false; found.len()];
    for (place, long) in found.iter().enumerate() {
        if !matches!(long.label, Cue::Past | Cue::Taking | Cue::Stop | Cue::Continue | Cue::Urgent | Cue::Stat) {
            continue;
        }
        let inside = found.iter().enumerate().skip(place + 1).take_while(|(_, cue)| cue.tokens.start < long.tokens.end);
        for (inner, _) in inside.filter(|(_, cue)| cue.tokens.end <= long.tokens.end && cue.tokens != long.tokens) {
            if let Some(hidden) = hidden.get_mut(inner) {
                *hidden = true;
            }
        }
    }
    found.into_iter().zip(hidden).filter(|(_, hidden)| !hidden).map(|(cue, _)| cue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        assert_eq!(TABLE.mistakes(), []);
    }
}
