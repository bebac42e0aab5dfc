//! Wording for each level of expertise.

use domain::responder::ExpertiseLevel;

/// One sentence for each level: everyday words, plain language, medical terms.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByLevel {
    pub(super) low: &'static str,
    pub(super) medium: &'static str,
    pub(super) high: &'static str,
}

impl ByLevel {
    pub(super) fn at(self, level: ExpertiseLevel) -> &'static str {
        match level {
            ExpertiseLevel::Low => self.low,
            ExpertiseLevel::Medium => self.medium,
            ExpertiseLevel::High => self.high,
        }
    }
}
