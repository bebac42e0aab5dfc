//! Text that people write: cleaned once at the edge, with its limits.

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::error::{Error, Result};

/// The longest free-form text that WhatsApp delivers, in Unicode scalar values.
pub const MESSAGE_LIMIT: usize = 4096;
/// The longest caption of an image, a video or a document.
pub const CAPTION_LIMIT: usize = 1024;
const NAME_LIMIT: usize = 100;

/// The text of a message: trimmed, never empty, without NUL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageText(String);

impl MessageText {
    /// The text of field `field`, `None` when there is nothing in it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a control character or for more than `limit` characters.
    pub fn parse(field: &'static str, raw: &str, limit: usize) -> Result<Option<Self>> {
        let text = raw.trim();
        without_control_characters(field, text)?;
        let length = text.chars().count();
        if length > limit {
            return Err(Error::invalid(
                field,
                format!("{field} must have at most {limit} characters; it has {length}."),
            ));
        }
        Ok((!is_blank(text)).then(|| Self(text.to_owned())))
    }

    /// Text that came from the other side of a channel: what is forbidden is dropped instead of refused, because a
    /// patient's words are never turned away.
    #[must_use]
    pub fn received(raw: &str) -> Option<Self> {
        let text: String = raw.trim().chars().filter(|c| !is_forbidden(*c)).collect();
        (!text.is_empty()).then_some(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Refuses a text with control characters.
///
/// # Errors
/// [`Error::Invalid`] naming the field.
pub fn without_control_characters(field: &'static str, text: &str) -> Result<()> {
    if text.chars().any(is_forbidden) {
        return Err(Error::invalid(field, format!("{field} must not contain control characters.")));
    }
    Ok(())
}

/// Whether nobody could see anything of a text.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Control characters other than tab and the line ends.
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Characters without width, and those that turn the direction of writing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

/// One line for a template parameter, a name or a file name: every run of white space (also no-break space and the
/// Unicode line ends) becomes one space; control, zero-width and direction characters go.
#[must_use]
pub fn one_line(raw: &str) -> String {
    let visible: String = raw.chars().filter(|c| c.is_whitespace() || !(c.is_control() || is_invisible(*c))).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A first or last name on one line, 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonName(String);

impl PersonName {
    /// The name, `None` when there is nothing in it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a control character or for more than 100 characters.
    pub fn parse(field: &'static str, raw: &str) -> Result<Option<Self>> {
        without_control_characters(field, raw)?;
        let name = one_line(raw);
        if name.chars().count() > NAME_LIMIT {
            return Err(Error::invalid(field, format!("{field} must have at most {NAME_LIMIT} characters.")));
        }
        Ok((!name.is_empty()).then_some(Self(name)))
    }

    /// The first 100 characters of a name that came with a message.
    #[must_use]
    pub fn received(raw: &str) -> Option<Self> {
        let name: String = one_line(raw).chars().take(NAME_LIMIT).collect();
        (!name.is_empty()).then_some(Self(name))
    }

    /// The name of somebody whose name nobody knows yet.
    #[must_use]
    pub fn unknown() -> Self {
        Self("Unknown".to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The spelling under which two names count as the same: no case, no accents, no punctuation, single spaces.
#[must_use]
pub fn name_key(name: &str) -> String {
    let folded: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_scalars_not_bytes() {
        let text = "🙂".repeat(4096);
        assert!(MessageText::parse("message", &text, MESSAGE_LIMIT).is_ok());
        let error = MessageText::parse("message", &(text + "x"), MESSAGE_LIMIT).unwrap_err();
        assert_eq!(error.to_string(), "message must have at most 4096 characters; it has 4097.");
    }

    #[test]
    fn refuses_nul_and_drops_it_from_patients() {
        assert!(MessageText::parse("message", "a\0b", 10).is_err());
        assert_eq!(MessageText::received("a\0b\n").unwrap().as_str(), "ab");
        assert_eq!(MessageText::received(" \0 "), None);
        assert_eq!(MessageText::parse("message", " \n\t ", 10), Ok(None));
        assert_eq!(MessageText::parse("message", "\u{200B} \u{FEFF}", 10), Ok(None));
        assert!(PersonName::parse("first_name", "a\0b").is_err());
    }

    #[test]
    fn one_line_leaves_nothing_that_a_template_refuses() {
        let raw = "  Take\u{200B} it\tat\r\n8\u{2028}pm,\u{A0}  please\u{202E}.  ";
        assert_eq!(one_line(raw), "Take it at 8 pm, please.");
        assert_eq!(one_line("\u{2060}\u{FEFF}"), "");
    }

    #[test]
    fn names_match_without_case_accents_and_punctuation() {
        assert_eq!(name_key("  JOSÉ  Muñoz-Pérez "), name_key("jose munoz perez"));
        assert_ne!(name_key("John Doe"), name_key("Jon Doe"));
    }
}
