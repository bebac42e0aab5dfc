//! What is known of the patient before the conversation.

use serde::{Deserialize, Serialize};

/// Facts from the record. What the patient says about age and pregnancy does not replace them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PatientFacts {
    /// Years.
    pub age: Option<f64>,
    /// Whether there is a pregnancy.
    pub pregnant: Option<bool>,
    /// Completed weeks of it.
    pub weeks_pregnant: Option<f64>,
}
