//! WhatsApp's own ids of messages.

use serde::{Deserialize, Serialize};

/// WhatsApp's id of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wamid(String);

impl Wamid {
    /// The id, 1 to 512 bytes of visible ASCII.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=512).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wamid_is_visible_ascii() {
        assert!(Wamid::parse("wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA").is_some());
        for text in ["", "a b", "é", &"x".repeat(513)] {
            assert!(Wamid::parse(text).is_none(), "{text}");
        }
    }
}
