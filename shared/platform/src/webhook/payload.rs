//! What an event tells: the members of document 004's webhooks beside `event`, `timestamp` and `signature`.

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Standard Webhooks asks for bodies below 20 kB; this leaves room for the members that every webhook has.
const LARGEST: usize = 16 * 1024;
/// Members that whoever delivers adds.
const RESERVED: [&str; 3] = ["event", "timestamp", "signature"];

/// A JSON object that is kept with its event, so that every attempt tells the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Payload(String);

impl Payload {
    /// The payload with these members.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is no object, has a member that every webhook has anyway, or is too large: faults of ours.
    pub fn new(members: &impl Serialize) -> Result<Self> {
        let value = serde_json::to_value(members).map_err(|_| Error::Internal)?;
        let is_reserved = |members: &Map<String, Value>| RESERVED.iter().any(|name| members.contains_key(*name));
        let fits = value.as_object().is_some_and(|members| !is_reserved(members));
        let text = value.to_string();
        if fits && text.len() <= LARGEST {
            return Ok(Self(text));
        }
        tracing::error!(bytes = text.len(), "an event cannot tell this");
        Err(Error::Internal)
    }

    /// Its members.
    ///
    /// # Errors
    /// [`Error::Internal`] when the kept text is none of ours.
    pub fn members(&self) -> Result<Map<String, Value>> {
        serde_json::from_str(&self.0).map_err(|_| Error::Internal)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_objects_without_the_members_of_every_webhook() {
        assert!(Payload::new(&json!({ "conversation": { "id": "conv_1" } })).is_ok());
        for members in [json!([]), json!("x"), json!({ "signature": "x" }), json!({ "event": 1, "a": 2 })] {
            assert_eq!(Payload::new(&members), Err(Error::Internal), "{members}");
        }
    }

    #[test]
    fn not_more_than_a_webhook_may_have() {
        let of = |length: usize| Payload::new(&json!({ "a": "x".repeat(length) }));
        assert!(of(LARGEST - 8).is_ok());
        assert_eq!(of(LARGEST - 7), Err(Error::Internal));
    }
}
