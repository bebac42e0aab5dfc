//! The words on which a finding rests.

use serde::{Deserialize, Serialize};

/// Places of one finding are kept up to this number: whoever looks it up needs the first ones.
pub const MOST_PLACES: usize = 20;

/// A stretch of a text: the first byte, and the one behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// Which text of an utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What was said.
    Original,
    /// What was interpreted.
    Translation,
}

/// Where in a visit something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The utterance, as the document names it.
    pub utterance: String,
    /// In which of its texts.
    pub side: Side,
    /// Where.
    pub places: Vec<Place>,
}
