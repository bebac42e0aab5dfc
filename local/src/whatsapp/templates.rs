//! The templates that the simulated Meta has approved.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use domain::template::{CHECK_IN_BODY, HYDRATED_LIMIT};
use serde::Deserialize;
use serde_json::Value;

use super::errors::GraphError;

/// A template as Meta knows it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct KnownTemplate {
    name: String,
    language: String,
    body: String,
    /// Paused for its quality.
    #[serde(default)]
    paused: bool,
}

/// All of them, by name and language.
pub(super) struct Templates(Mutex<BTreeMap<(String, String), KnownTemplate>>);

impl Default for Templates {
    fn default() -> Self {
        let templates = Self(Mutex::default());
        let (name, language) = ("doctor_check_in".to_owned(), "en_US".to_owned());
        templates.learn(KnownTemplate { name, language, body: CHECK_IN_BODY.to_owned(), paused: false });
        templates
    }
}

impl Templates {
    pub(super) fn learn(&self, template: KnownTemplate) {
        let key = (template.name.clone(), template.language.clone());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, template);
    }

    /// Checks a template message as Meta does.
    pub(super) fn check(&self, template: &Value) -> Result<(), GraphError> {
        let text = |pointer: &str| template.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let key = (text("/name"), text("/language/code"));
        let templates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = templates
            .get(&key)
            .ok_or_else(|| GraphError::new(132_001, "Template name does not exist in the translation"))?;
        if known.paused {
            return Err(GraphError::new(132_015, "Template is paused"));
        }
        let components = template.get("components").and_then(Value::as_array).into_iter().flatten();
        let body = components.filter(|component| component.get("type").and_then(Value::as_str) == Some("body"));
        let parameters: Vec<&str> = body
            .filter_map(|component| component.get("parameters").and_then(Value::as_array))
            .flatten()
            .filter_map(|parameter| parameter.get("text").and_then(Value::as_str))
            .collect();
        let expected = known.body.matches("{{").count();
        if parameters.len() != expected {
            let details = format!(
                "body: number of localizable_params ({}) does not match the expected number of params ({expected})",
                parameters.len()
            );
            return Err(GraphError::new(132_000, details));
        }
        fit(&parameters, &known.body)
    }
}

fn fit(parameters: &[&str], body: &str) -> Result<(), GraphError> {
    let unfit = |text: &&str| text.contains(['\n', '\r', '\t']) || text.contains("     ");
    if parameters.iter().any(unfit) {
        let details = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";
        return Err(GraphError::new(132_018, details));
    }
    if parameters.iter().any(|text| text.is_empty()) {
        return Err(GraphError::new(131_008, "Parameter text is empty"));
    }
    let fixed = body.chars().count() - body.matches("{{").count() * 5;
    let values: usize = parameters.iter().map(|text| text.chars().count()).sum();
    if fixed + values > HYDRATED_LIMIT {
        return Err(GraphError::new(132_005, "Translated text is too long"));
    }
    Ok(())
}
