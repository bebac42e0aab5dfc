//! A medical action: an order that was found in what was said, until a clinician has decided about it (MI-act-get, A-35).

use serde::{Deserialize, Serialize};

use crate::clinician::ClinicianId;
use crate::error::{Error, Result};
use crate::ids::{ActionId, EventId, OrganizationId, UtteranceId};
use crate::text::{is_blank, without_control_characters};
use crate::time::Timestamp;

use super::Visit;
use super::order::Order;
use super::reference::ItemId;

/// The text for an action that is not there.
pub const NOT_FOUND: &str = "Action not found";
/// Orders that are kept of one text, in one transaction with what is told of them. A visit has fewer.
pub const MOST: usize = 20;
const LONGEST_NOTE: usize = 2_000;

/// Where an order was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeardIn {
    /// In an utterance that is kept.
    Utterance(UtteranceId),
    /// In what the client names so.
    Item(ItemId),
}

impl HeardIn {
    /// The utterance of field `utteranceId`: one of ours, or the client's own name of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is no id.
    pub fn parse(raw: &str) -> Result<Self> {
        match raw.parse() {
            Ok(id) => Ok(Self::Utterance(id)),
            Err(_) => ItemId::parse("utteranceId", raw).map(Self::Item),
        }
    }

    /// The utterance, as the client names it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Utterance(id) => id.to_string(),
            Self::Item(item) => item.as_str().to_owned(),
        }
    }
}

/// What a clinician decided about an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// Whether it may be carried out.
    pub approved: bool,
    /// Who decided.
    pub by: ClinicianId,
    /// When.
    pub at: Timestamp,
    /// What they say about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

/// An action as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Its visit and its number there.
    pub id: ActionId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Where it was heard, when the client said so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub heard_in: Option<HeardIn>,
    /// What was found.
    pub order: Order,
    /// Where it is to be carried out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<String>,
    /// What was decided about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub validation: Option<Validation>,
    /// The event with which it goes to its target; absent until it is approved, and where no endpoint is registered there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub execution: Option<EventId>,
    /// When it was found.
    pub detected: Timestamp,
    /// Counts the changes.
    pub version: u32,
}

/// Adds what was found in a text to a visit that was read.
///
/// # Errors
/// [`super::ENDED`] when the visit has ended; [`Error::Invalid`] for more than [`MOST`] orders in one text.
pub fn add(
    visit: &Visit,
    orders: Vec<Order>,
    (heard_in, target): (Option<&HeardIn>, impl Fn(&Order) -> Option<String>),
    now: Timestamp,
) -> Result<(Visit, Vec<Action>)> {
    visit.goes_on()?;
    if orders.len() > MOST {
        return Err(Error::invalid("text", format!("text gives more than {MOST} orders; send it in parts.")));
    }
    let mut added = visit.changed();
    let mut numbered = |order: Order| {
        added.actions = added.actions.next();
        Action {
            id: ActionId { visit: visit.visit, seq: added.actions },
            organization_id: visit.organization_id,
            heard_in: heard_in.cloned(),
            target: target(&order),
            order,
            validation: None,
            execution: None,
            detected: now,
            version: 1,
        }
    };
    let actions = orders.into_iter().map(&mut numbered).collect();
    Ok((added, actions))
}

/// What a clinician says about an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    approved: bool,
    note: Option<String>,
}

impl Verdict {
    /// Checks the fields.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn parse(approved: Option<bool>, note: Option<&str>) -> Result<Self> {
        let approved = approved.ok_or_else(|| Error::required("approved"))?;
        let note = note.filter(|note| !is_blank(note));
        if let Some(note) = note {
            without_control_characters("note", note)?;
            if note.chars().count() > LONGEST_NOTE {
                return Err(Error::invalid("note", format!("note must have at most {LONGEST_NOTE} characters.")));
            }
        }
        Ok(Self { approved, note: note.map(ToOwned::to_owned) })
    }

    /// Whether the action may be carried out.
    #[must_use]
    pub fn approved(&self) -> bool {
        self.approved
    }
}

impl Action {
    /// This action, decided; nothing when it was decided so already.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it was decided otherwise: what may have been carried out is not taken back.
    pub fn decided(&self, verdict: &Verdict, by: ClinicianId, now: Timestamp) -> Result<Option<Self>> {
        match &self.validation {
            Some(validation) if validation.approved == verdict.approved => Ok(None),
            Some(_) => Err(Error::Conflict("The action has already been decided otherwise.")),
            None => {
                let validation = Validation { approved: verdict.approved, by, at: now, note: verdict.note.clone() };
                let version = self.version.saturating_add(1);
                Ok(Some(Self { validation: Some(validation), version, ..self.clone() }))
            }
        }
    }

    /// Whether a clinician allowed it.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.validation.as_ref().is_some_and(|validation| validation.approved)
    }
}
