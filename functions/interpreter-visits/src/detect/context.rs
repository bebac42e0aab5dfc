//! What a client knows of the patient when it asks for the orders in a text (MI-detect).

use clinical::record::Chart;
use domain::error::{Error, Result};
use domain::text::{is_blank, without_control_characters};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

/// 256 KB of a transcript.
const LONGEST: usize = 262_144;
const MOST_ENTRIES: usize = 100;
const LONGEST_ENTRY: usize = 200;
const OLDEST: u16 = 150;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ContextBody {
    /// Actions that were found before; their drugs are held against those in the text.
    #[schema(value_type = Option<Vec<Object>>)]
    previous_actions: Option<Vec<Value>>,
    patient_history: Option<HistoryBody>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
struct HistoryBody {
    #[schema(example = json!(["penicillin"]))]
    allergies: Option<Vec<String>>,
    /// What the patient takes.
    medications: Option<Vec<String>>,
    /// Whole years.
    age: Option<u16>,
}

impl ContextBody {
    /// What the engine needs to know.
    pub(crate) fn chart(&self) -> Result<Chart> {
        let history = self.patient_history.as_ref();
        let allergies = history.and_then(|history| history.allergies.as_ref());
        let taken = history.and_then(|history| history.medications.as_ref());
        let mut medications = entries("context.patientHistory.medications", taken)?;
        let previous = self.previous_actions.as_deref().unwrap_or_default();
        medications.extend(previous.iter().take(MOST_ENTRIES).filter_map(drug));
        let age = history.and_then(|history| history.age);
        if age.is_some_and(|age| age > OLDEST) {
            let field = "context.patientHistory.age";
            return Err(Error::invalid(field, format!("{field} must be at most {OLDEST}.")));
        }
        Ok(Chart { allergies: entries("context.patientHistory.allergies", allergies)?, medications, age })
    }
}

/// The drug of an action as this surface spells it.
fn drug(action: &Value) -> Option<String> {
    let name = action.pointer("/details/medication/name")?.as_str()?;
    (!is_blank(name) && name.chars().count() <= LONGEST_ENTRY).then(|| name.to_owned())
}

fn entries(field: &'static str, given: Option<&Vec<String>>) -> Result<Vec<String>> {
    let given = given.cloned().unwrap_or_default();
    let is_long = given.iter().any(|entry| entry.chars().count() > LONGEST_ENTRY);
    if given.len() > MOST_ENTRIES || is_long {
        let text = format!("{field} must have at most {MOST_ENTRIES} entries of at most {LONGEST_ENTRY} characters.");
        return Err(Error::invalid(field, text));
    }
    given.iter().try_for_each(|entry| without_control_characters(field, entry))?;
    Ok(given)
}

/// The text of field `text`.
pub(crate) fn text(raw: Option<&str>) -> Result<&str> {
    let raw = raw.ok_or_else(|| Error::required("text"))?;
    if is_blank(raw) {
        return Err(Error::invalid("text", "text must say something."));
    }
    if raw.chars().nth(LONGEST).is_some() {
        return Err(Error::invalid("text", format!("text must have at most {LONGEST} characters.")));
    }
    without_control_characters("text", raw)?;
    Ok(raw)
}
