//! What the head of a rule in the tables says:
//!
//! ```text
//! [self_harm.life_refused self_harm high fixed]
//!  name                   category  severity, or which sign it is (see sign), and what the phrases need
//! ```
//!
//! * `fixed`: a negation is part of the phrase ("do not want to live"); another one before it changes nothing.
//! * `other`: it is about somebody the writer speaks of.
//! * `any`: it does not matter of whom it is said, as with the search for a method.
//! * `wilful`: it happens by accident as well, which the sentence then says.
//! * `bond`: what is ended may be a couple or a job, where one is spoken of that lasts.
//!
//! Without them, a negated phrase does not count, and its subject must be the writer.

use crate::danger::{Category, Severity, sign::Sign};

/// A rule of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) category: Category,
    /// Signs are medium, until another one joins them.
    pub(super) severity: Severity,
    pub(super) sign: Option<Sign>,
    /// A negation before it does not matter.
    pub(super) fixed: bool,
    /// An accident in the sentence makes it none.
    pub(super) wilful: bool,
    /// It may be of a couple: what is ended need not be a life.
    pub(super) bond: bool,
    /// Of whom it must be said.
    pub(super) about: About,
}

/// Of whom a phrase must be said to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Writer,
    Other,
    Anyone,
}

impl Rule {
    /// Reads the head of a rule.
    pub(super) fn of(head: &str) -> Option<Self> {
        let mut words = head.split(' ').skip(1);
        let category = match words.next()? {
            "self_harm" => Category::SelfHarm,
            "harm_to_others" => Category::HarmToOthers,
            "abuse" => Category::Abuse,
            "medical_emergency" => Category::MedicalEmergency,
            _ => return None,
        };
        let (severity, sign) = match words.next()? {
            "low" => (Severity::Low, None),
            "medium" => (Severity::Medium, None),
            "high" => (Severity::High, None),
            "critical" => (Severity::Critical, None),
            sign => (Severity::Medium, Some(Sign::of(sign)?)),
        };
        let mut rule =
            Self { category, severity, sign, fixed: false, wilful: false, bond: false, about: About::Writer };
        for word in words {
            match word {
                "fixed" => rule.fixed = true,
                "wilful" => rule.wilful = true,
                "bond" => rule.bond = true,
                "other" => rule.about = About::Other,
                "any" => rule.about = About::Anyone,
                _ => return None,
            }
        }
        Some(rule)
    }
}
