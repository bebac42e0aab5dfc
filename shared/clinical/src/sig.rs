//! Dosage instructions ("signa"): what to take, how much, how often, for how long.
//!
//! English and Spanish, abbreviations of the United States and of Britain, words and numbers, ranges, steps ("then"), and the
//! usual slips of the pen. What is not said stays empty: nothing is guessed.

use serde::Serialize;

pub use self::as_needed::Indication;
pub use self::day_part::DayPart;
pub use self::dose::{Amount, Strength};
pub use self::duration::Duration;
pub use self::form::{Form, Route};
pub use self::frequency::Frequency;
pub use self::number::Range;
pub use self::period::Unit;
use crate::drug::DrugMention;
use crate::span::Span;

mod as_needed;
mod day_part;
mod dose;
mod duration;
mod form;
mod frequency;
mod limit;
mod number;
mod period;
mod reader;
pub(crate) mod spelling;
mod token;

/// A dosage instruction.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sig {
    /// The first drug that it names.
    pub drug: Option<DrugMention>,
    /// What is to be taken, first to last; the first step is the instruction, others follow it or go with it.
    pub steps: Vec<Step>,
}

/// How a step goes with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// At the same time: "2 in the morning and 1 at night".
    #[default]
    With,
    /// After it: "40 mg for 3 days, then 20 mg".
    Then,
}

/// One dose and its times.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Step {
    /// How the step goes with the one before.
    pub order: Order,
    /// The strength of the product, or the dose by weight.
    pub strength: Option<Strength>,
    /// The number of tablets, puffs, millilitres.
    pub amount: Option<Amount>,
    /// The form, also where no number stands with it.
    pub form: Option<Form>,
    /// The way into the body.
    pub route: Option<Route>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// For how long.
    pub duration: Option<Duration>,
    /// Where it says that the drug is taken only when needed.
    pub as_needed: Option<Span>,
    /// What it is for.
    pub indication: Option<Indication>,
}

impl Sig {
    /// Reads an instruction. Everything in it is optional; [`Sig::is_dosed`] tells whether it doses anything.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        reader::read(text)
    }

    /// The first step.
    #[must_use]
    pub fn first(&self) -> Option<&Step> {
        self.steps.first()
    }

    /// Whether it says how much or how often.
    #[must_use]
    pub fn is_dosed(&self) -> bool {
        self.steps.iter().any(|step| step.strength.is_some() || step.amount.is_some() || step.frequency.is_some())
    }

    /// How many units (tablets, puffs) are taken in a day, summed over the steps that go together; `None` when a number or a
    /// time is missing. Of ranges the most.
    #[must_use]
    pub fn units_per_day(&self) -> Option<f64> {
        let together =
            self.steps.iter().enumerate().take_while(|(place, step)| *place == 0 || step.order == Order::With);
        let units = together.map(|(_, step)| Some(step.amount?.count.most * step.frequency.as_ref()?.times_per_day()));
        units.sum::<Option<f64>>().filter(|_| !self.steps.is_empty())
    }
}

#[cfg(test)]
mod tests;
