//! What a client knows of a visit (MI-conv): `patientId`, `visitType`, `department`, and whatever else it names. Texts only, in the
//! client's order, given back as they came.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::text::without_control_characters;

const MOST: usize = 32;
const LONGEST_NAME: usize = 64;
const LONGEST_VALUE: usize = 256;

/// Names and values, kept as a list so that their order is kept, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metadata(Vec<(String, String)>);

/// The same as a JSON object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetadataObject(pub Metadata);

impl Metadata {
    /// Checks what a client sent.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too many members, too long ones, or control characters.
    pub fn checked(self) -> Result<Self> {
        let too_long = |(name, value): &(String, String)| {
            name.is_empty() || name.chars().count() > LONGEST_NAME || value.chars().count() > LONGEST_VALUE
        };
        if self.0.len() > MOST || self.0.iter().any(too_long) {
            let text = format!(
                "metadata must have at most {MOST} members, with names of 1 to {LONGEST_NAME} and values of at most \
                 {LONGEST_VALUE} characters."
            );
            return Err(Error::invalid("metadata", text));
        }
        for (name, value) in &self.0 {
            without_control_characters("metadata", name)?;
            without_control_characters("metadata", value)?;
        }
        Ok(self)
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for MetadataObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for MetadataObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = MetadataObject;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<MetadataObject, M::Error> {
                let mut members: Vec<(String, String)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Option<String>>()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        return Err(serde::de::Error::custom("a member is given twice"));
                    }
                    // A member without a value is one that is not known.
                    members.extend(value.map(|value| (name, value)));
                    if members.len() > MOST {
                        break;
                    }
                }
                Ok(MetadataObject(Metadata(members)))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Metadata, serde_json::Error> {
        serde_json::from_str::<MetadataObject>(json).map(|object| object.0)
    }

    #[test]
    fn members_come_back_in_their_order() {
        let json = r#"{"patientId":"patient_123","visitType":"routine","department":"cardiology","bed":"7"}"#;
        let metadata = read(json).unwrap().checked().unwrap();
        assert_eq!(serde_json::to_string(&MetadataObject(metadata)).unwrap(), json);
        assert_eq!(read(r#"{"patientId":null}"#).unwrap(), Metadata::default());
    }

    #[test]
    fn what_is_no_object_of_texts_is_refused() {
        for json in [r#"{"patientId":5}"#, "[]", r#"{"a":{"b":"c"}}"#, r#"{"a":"x","a":"y"}"#, "\"x\""] {
            assert!(read(json).is_err(), "{json}");
        }
        let many = (0..33).map(|n| format!("\"m{n}\":\"x\"")).collect::<Vec<_>>().join(",");
        for json in [format!("{{{many}}}"), format!("{{\"a\":\"{}\"}}", "x".repeat(257)), "{\"a\":\"\\u0000\"}".into()]
        {
            assert!(read(&json).map_or(true, |metadata| metadata.checked().is_err()), "{json}");
        }
    }
}
