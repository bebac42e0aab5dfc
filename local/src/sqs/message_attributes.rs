//! Message attributes: the typed values that travel beside a body, and the rules AWS documents for them.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::error::Error;

/// The attributes of a message by name, in the order in which they are digested.
pub type MessageAttributes = BTreeMap<String, MessageAttribute>;

/// One value beside the body; it is written as the API writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MessageAttribute {
    /// `String`, `Number` or `Binary`, or one of them with a label of one's own behind a dot.
    pub data_type: String,
    /// The value of a `String` or `Number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub string_value: Option<String>,
    /// The value of a `Binary`, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binary_value: Option<String>,
}

const MAX_ATTRIBUTES: usize = 10;
const MAX_NAME: usize = 256;

/// Whether XML 1.0 allows the character, which is what SQS allows in bodies and values.
pub(super) fn is_legal(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Checks the attributes of one message and answers how many bytes they add to its size.
///
/// # Errors
/// `InvalidParameterValue` with the attribute's name in its text.
pub(super) fn checked_size(attributes: &MessageAttributes) -> Result<usize, Error> {
    if attributes.len() > MAX_ATTRIBUTES {
        return Err(Error::invalid(format!(
            "Number of message attributes [{}] exceeds the allowed maximum [{MAX_ATTRIBUTES}].",
            attributes.len()
        )));
    }
    attributes.iter().map(|(name, attribute)| Ok(name.len() + one_size(name, attribute)?)).sum()
}

fn one_size(name: &str, attribute: &MessageAttribute) -> Result<usize, Error> {
    check_name(name)?;
    let kind = attribute.data_type.split('.').next().unwrap_or_default();
    let value = match kind {
        "String" | "Number" => text_size(name, attribute)?,
        "Binary" => binary_size(name, attribute)?,
        _ => {
            return Err(Error::invalid(format!(
                "The type of message (user) attribute '{name}' is invalid. You must use only the following supported \
                 type prefixes: Binary, Number, String."
            )));
        }
    };
    if kind == "Number" && !attribute.string_value.as_deref().is_some_and(is_number) {
        return Err(Error::invalid(format!("Can't cast the value of message (user) attribute '{name}' to a number.")));
    }
    Ok(attribute.data_type.len() + value)
}

fn check_name(name: &str) -> Result<(), Error> {
    let lower = name.to_ascii_lowercase();
    let legal = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    let reserved = lower.starts_with("aws.") || lower.starts_with("amazon.");
    let dots = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    if name.is_empty() || name.len() > MAX_NAME || reserved || dots || !name.chars().all(legal) {
        return Err(Error::invalid(format!(
            "The message (user) attribute name '{name}' is invalid. A name has 1 to {MAX_NAME} alphanumeric \
             characters, underscores, hyphens and periods, no period at either end, no two in succession, and does \
             not start with AWS. or Amazon."
        )));
    }
    Ok(())
}

fn text_size(name: &str, attribute: &MessageAttribute) -> Result<usize, Error> {
    let text = attribute.string_value.as_deref().filter(|text| !text.is_empty());
    let Some(text) = text else {
        return Err(empty(name, attribute));
    };
    if !text.chars().all(is_legal) {
        return Err(Error::invalid(format!("Invalid characters found in message (user) attribute '{name}'.")));
    }
    Ok(text.len())
}

fn binary_size(name: &str, attribute: &MessageAttribute) -> Result<usize, Error> {
    let bytes = attribute.binary_value.as_deref().map(|encoded| STANDARD.decode(encoded));
    match bytes {
        Some(Ok(bytes)) if !bytes.is_empty() => Ok(bytes.len()),
        Some(Err(_)) => {
            Err(Error::invalid(format!("The value of message (user) attribute '{name}' is not valid Base64.")))
        }
        _ => Err(empty(name, attribute)),
    }
}

fn empty(name: &str, attribute: &MessageAttribute) -> Error {
    Error::invalid(format!(
        "Message (user) attribute '{name}' must contain a non-empty value of type '{}'.",
        attribute.data_type
    ))
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}
