//! Template messages: the only way to open a conversation on WhatsApp. Preview and send run the same code.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::{MessageText, one_line};

/// The longest text that WhatsApp takes for a template with its parameters filled in (132005).
pub const HYDRATED_LIMIT: usize = 1024;
/// The body that Meta is asked to approve, as the document prints it (PM-3.1).
pub const CHECK_IN_BODY: &str = "Hi {{1}}, this is {{2}}. {{3}} If you have any questions, you can respond to this \
                                 message. Thank you!";
const PLACEHOLDERS: [&str; 3] = ["{{1}}", "{{2}}", "{{3}}"];

/// The template with which an organisation opens conversations (contract I-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its name at Meta.
    pub name: TemplateName,
    /// Its language at Meta, for example `en_US`.
    pub language: Language,
    /// Its text with `{{1}}` patient, `{{2}}` doctor, `{{3}}` snippet.
    pub body: String,
    /// Whether Meta has approved it.
    pub approved: bool,
}

/// A template's name: lower-case letters, digits and underscores, as Meta demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TemplateName(String);

/// A template's language code: letters and one underscore, for example `en_US`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl TemplateName {
    /// The name, if it has Meta's form.
    ///
    /// # Errors
    /// [`Error::Invalid`] otherwise.
    pub fn parse(raw: &str) -> Result<Self> {
        let fits = raw.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        (fits && (1..=512).contains(&raw.len())).then(|| Self(raw.to_owned())).ok_or_else(|| {
            Error::invalid("name", "name must be a template name of lower-case letters, digits and underscores.")
        })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Language {
    /// The code, if it has Meta's form.
    ///
    /// # Errors
    /// [`Error::Invalid`] otherwise.
    pub fn parse(raw: &str) -> Result<Self> {
        let fits = raw.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        (fits && (2..=6).contains(&raw.len()))
            .then(|| Self(raw.to_owned()))
            .ok_or_else(|| Error::invalid("language", "language must be a language code, for example en_US."))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks a template body against what Meta accepts: each placeholder once and in order, none at either end, none
/// touching another, and room for the values.
///
/// # Errors
/// [`Error::Invalid`] naming the rule.
pub fn body(raw: &str) -> Result<String> {
    let refuse = |why: &str| Err(Error::invalid("body", format!("body {why}")));
    let text = one_line(raw);
    let places: Vec<usize> = PLACEHOLDERS.iter().filter_map(|placeholder| text.find(placeholder)).collect();
    let once = text.matches("{{").count() == PLACEHOLDERS.len() && text.matches("}}").count() == PLACEHOLDERS.len();
    if places.len() != PLACEHOLDERS.len() || !once || !places.is_sorted() {
        return refuse("must contain {{1}}, {{2}} and {{3}}, each once and in this order.");
    }
    if text.starts_with("{{") || text.ends_with("}}") || text.contains("}}{{") || text.contains("}} {{") {
        return refuse("must not begin or end with a variable, nor put two variables next to each other.");
    }
    if text.chars().count() > HYDRATED_LIMIT / 2 {
        return refuse("must have at most 512 characters, to leave room for the values.");
    }
    Ok(text)
}

/// The template that a message uses, as the send request needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateUse {
    /// The template's name.
    pub name: TemplateName,
    /// The template's language.
    pub language: Language,
    /// The values of `{{1}}`, `{{2}}`, `{{3}}`.
    pub parameters: Vec<String>,
    /// The snippet as the doctor wrote it, before it was made fit for a template.
    pub snippet: String,
}

/// Whom a template message is from and to, and what it says.
#[derive(Debug, Clone, Copy)]
pub struct Snippet<'a> {
    /// The patient's name.
    pub patient: &'a str,
    /// The doctor's name.
    pub doctor: &'a str,
    /// What the doctor wrote.
    pub text: &'a str,
}

/// A filled-in template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hydrated {
    /// What the patient will read.
    pub text: MessageText,
    /// What the send request needs.
    pub template: TemplateUse,
}

/// Fills in a template. White space and invisible characters are made fit first (132018), so that what was previewed
/// is what is sent.
///
/// # Errors
/// [`Error::Invalid`] for an empty snippet or a text over 1,024 characters; [`Error::Refused`] for a template that is
/// not approved.
pub fn hydrate(template: &Template, snippet: Snippet<'_>) -> Result<Hydrated> {
    if !template.approved {
        return Err(Error::Refused {
            code: "template_not_approved",
            detail: "The template of this organization is not approved yet.".to_owned(),
        });
    }
    let parameters = [one_line(snippet.patient), one_line(snippet.doctor), one_line(snippet.text)];
    if parameters.iter().any(String::is_empty) {
        return Err(Error::required("custom_snippet"));
    }
    let text = filled(&template.body, &parameters);
    let length = text.chars().count();
    let Ok(Some(text)) = MessageText::parse("custom_snippet", &text, HYDRATED_LIMIT) else {
        return Err(Error::invalid(
            "custom_snippet",
            format!(
                "custom_snippet is too long: the whole message has {length} of at most {HYDRATED_LIMIT} characters."
            ),
        ));
    };
    let template = TemplateUse {
        name: template.name.clone(),
        language: template.language.clone(),
        parameters: parameters.to_vec(),
        snippet: snippet.text.to_owned(),
    };
    Ok(Hydrated { text, template })
}

/// One pass over the body, so that a value that looks like a placeholder stays what the doctor wrote.
fn filled(body: &str, values: &[String; 3]) -> String {
    let mut text = String::with_capacity(body.len() + 64);
    let mut rest = body;
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let value = PLACEHOLDERS.iter().zip(values).find_map(|(place, value)| Some((value, from.strip_prefix(place)?)));
        match value {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push_str("{{");
                rest = from.strip_prefix("{{").unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> Template {
        Template {
            name: TemplateName::parse("doctor_check_in").unwrap(),
            language: Language::parse("en_US").unwrap(),
            body: body(CHECK_IN_BODY).unwrap(),
            approved: true,
        }
    }

    fn snippet(text: &str) -> Snippet<'_> {
        Snippet { patient: "John Doe", doctor: "Dr. Smith", text }
    }

    #[test]
    fn pm_3_1_documented_preview() {
        let hydrated =
            hydrate(&template(), snippet("I'd like to check how you're doing after yesterday's visit.")).unwrap();
        assert_eq!(
            hydrated.text.as_str(),
            "Hi John Doe, this is Dr. Smith. I'd like to check how you're doing after yesterday's visit. If you have \
             any questions, you can respond to this message. Thank you!"
        );
    }

    #[test]
    fn the_parameter_is_fit_for_whatsapp_and_the_record_keeps_the_original() {
        let hydrated = hydrate(&template(), snippet("Take it\n\nat 8\u{A0}pm")).unwrap();
        assert_eq!(hydrated.template.parameters[2], "Take it at 8 pm");
        assert_eq!(hydrated.template.snippet, "Take it\n\nat 8\u{A0}pm");
        assert!(hydrate(&template(), snippet(" \n\u{200B} ")).is_err());
    }

    #[test]
    fn a_value_is_never_read_as_a_placeholder() {
        let hydrated = hydrate(&template(), snippet("{{1}} {{2}} {{9}} {{")).unwrap();
        assert!(hydrated.text.as_str().contains("Dr. Smith. {{1}} {{2}} {{9}} {{ If you"));
    }

    #[test]
    fn the_hydrated_length_counts() {
        let fixed = hydrate(&template(), snippet("x")).unwrap().text.as_str().chars().count() - 1;
        let longest = "é".repeat(HYDRATED_LIMIT - fixed);
        assert!(hydrate(&template(), snippet(&longest)).is_ok());
        assert!(hydrate(&template(), snippet(&(longest + "é"))).is_err());
    }

    #[test]
    fn a_body_keeps_meta_s_rules() {
        for raw in [
            "",
            "Hi {{1}}, this is {{2}}.",
            "{{1}} is {{2}} and {{3}} ok",
            "Hi {{1}}, {{2}} says {{3}}",
            "Hi {{2}}, {{1}} says {{3}} ok",
            "Hi {{1}} {{2}} says {{3}} ok",
            "Hi {{1}}, {{2}}, {{3}}, {{4}} ok",
            "Hi {{1}}, {{1}}, {{2}}, {{3}} ok",
            &format!("Hi {{{{1}}}}, {{{{2}}}}: {{{{3}}}} {}", "x".repeat(512)),
        ] {
            assert!(body(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn an_unapproved_template_is_not_sent() {
        let draft = Template { approved: false, ..template() };
        assert!(matches!(hydrate(&draft, snippet("x")), Err(Error::Refused { code: "template_not_approved", .. })));
    }
}
