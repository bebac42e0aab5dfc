//! Whether a dose is more than an adult takes without a specialist's order.
//!
//! The limits of about a hundred common drugs, from the dosing sections of their FDA labels. A dose above a limit may be right:
//! the finding asks a clinician to look twice. Nothing is said about children, kidneys, other routes or other drugs.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::dictionary::{Dictionary, rows};
use crate::drug::Ingredient;
use crate::sig::{Sig, Step};
use crate::span::Span;

static DOSE_LIMIT: &str = include_str!("../data/drug/dose_limit.txt");

/// The most of a drug, in milligrams.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// At once.
    pub once: f64,
    /// In a day.
    pub daily: f64,
}

static LIMITS: LazyLock<Dictionary<Limit>> = LazyLock::new(|| {
    Dictionary::of(rows(DOSE_LIMIT).filter_map(|(name, rest)| {
        let (once, daily) = rest.split_once('|')?;
        Some((name, Limit { once: once.parse().ok()?, daily: daily.parse().ok()? }))
    }))
});

/// Which limit a dose exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exceeded {
    /// One dose is too much.
    Once,
    /// The doses of a day together are too much.
    Daily,
}

impl Exceeded {
    /// The rule's id.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::Once => "dose_limit.once",
            Self::Daily => "dose_limit.daily",
        }
    }
}

/// A dose above a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Excess {
    /// Of what.
    pub ingredient: Ingredient,
    /// Which limit.
    pub exceeded: Exceeded,
    /// The dose, in milligrams at once or a day.
    pub milligrams: f64,
    /// The limit, in milligrams at once or a day.
    pub limit: f64,
    /// Where the strength stands in the instruction.
    pub span: Span,
}

impl Excess {
    /// What to tell the clinician.
    #[must_use]
    pub fn warning(&self) -> String {
        let Self { ingredient, milligrams, limit, .. } = self;
        let period = if self.exceeded == Exceeded::Once { "at once" } else { "a day" };
        format!("{} {milligrams} mg {period} is more than the usual maximum of {limit} mg", ingredient.name())
    }
}

/// The limits of an ingredient, when they are known.
#[must_use]
pub fn of(ingredient: Ingredient) -> Option<Limit> {
    LIMITS.get(ingredient.name())
}

/// The limits that an instruction exceeds. The drug must have one ingredient, and the dose be a weight.
#[must_use]
pub fn check(sig: &Sig) -> Vec<Excess> {
    let only = sig.drug.as_ref().and_then(|mention| match mention.drug.ingredients.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let Some((ingredient, limit)) = only.and_then(|ingredient| Some((ingredient, of(ingredient)?))) else {
        return Vec::new();
    };
    sig.steps.iter().filter_map(|step| exceeded(step, ingredient, limit)).collect()
}

fn exceeded(step: &Step, ingredient: Ingredient, limit: Limit) -> Option<Excess> {
    let strength = step.strength.as_ref()?;
    let once = strength.milligrams? * step.amount.map_or(1.0, |amount| amount.count.most);
    let daily = step.frequency.as_ref().map_or(0.0, |frequency| once * frequency.most_per_day());
    let excess = |exceeded, milligrams, limit| Excess { ingredient, exceeded, milligrams, limit, span: strength.span };
    if once > limit.once {
        Some(excess(Exceeded::Once, once, limit.once))
    } else {
        (daily > limit.daily).then(|| excess(Exceeded::Daily, daily, limit.daily))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::assert_table;

    #[test]
    fn every_limit_is_a_number_of_a_known_drug() {
        assert_table(DOSE_LIMIT);
        for (name, _) in rows(DOSE_LIMIT) {
            let limit =
                of(Ingredient::named(name).unwrap_or_else(|| panic!("{name}"))).unwrap_or_else(|| panic!("{name}"));
            assert!(limit.once > 0.0 && limit.daily >= limit.once, "{name}");
        }
        assert!(rows(DOSE_LIMIT).count() >= 60);
    }

    #[test]
    fn a_dose_above_a_limit_is_found_and_located() {
        let text = "ibuprofen 800 mg every 4 hours";
        let found = check(&Sig::parse(text));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].exceeded, found[0].milligrams, found[0].limit), (Exceeded::Daily, 4800.0, 3200.0));
        assert_eq!(found[0].span.of(text), "800 mg");
        assert_eq!(found[0].warning(), "ibuprofen 4800 mg a day is more than the usual maximum of 3200 mg");
        assert_eq!(check(&Sig::parse("take 3 tablets of Tylenol 500 mg"))[0].exceeded, Exceeded::Once);
        assert_eq!(check(&Sig::parse("levothyroxine 500 mcg daily"))[0].milligrams, 0.5);
    }

    #[test]
    fn a_usual_or_unknown_dose_is_silent() {
        for text in [
            "amoxicillin 500mg twice daily for 7 days",
            "ibuprofen 800 mg three times a day",
            "metformin 1000 mg twice daily",
            "levothyroxine 100 mcg daily",
            "oxycodone 80 mg every 4 hours",
            "amoxicillin 250 mg/5 ml, 5 ml three times a day",
            "take 2 tablets twice a day",
        ] {
            assert_eq!(check(&Sig::parse(text)), [], "{text}");
        }
    }
}
