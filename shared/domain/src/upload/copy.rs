//! The copy of a file at WhatsApp: made once, used for every message with the file, and made again when WhatsApp has forgotten it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Upload;
use crate::time::Timestamp;

/// WhatsApp keeps an uploaded file for 30 days.
pub(super) const COPY_LASTS: Duration = Duration::from_hours(29 * 24);
/// A copy that was made so lately cannot have been forgotten: what is refused with it is the file itself.
const NEW_FOR: Duration = Duration::from_mins(10);

/// A copy at WhatsApp, which belongs to one sender and does not last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatsappCopy {
    /// WhatsApp's id.
    pub media_id: String,
    /// The sender that uploaded it.
    pub sender: String,
    /// Until when it is used.
    pub until: Timestamp,
}

impl Upload {
    /// WhatsApp's id of it for a sender, while that lasts.
    #[must_use]
    pub fn media_id(&self, sender: &str, now: Timestamp) -> Option<&str> {
        let copy = self.whatsapp.as_ref().filter(|copy| copy.sender == sender && now < copy.until)?;
        Some(&copy.media_id)
    }

    /// This file after it was uploaded to WhatsApp.
    #[must_use]
    pub fn copied_to_whatsapp(&self, media_id: String, sender: &str, now: Timestamp) -> Self {
        let copy = WhatsappCopy { media_id, sender: sender.to_owned(), until: now.plus(COPY_LASTS) };
        Self { whatsapp: Some(copy), version: self.version.saturating_add(1), ..self.clone() }
    }

    /// Whether its copy at WhatsApp was not made just now, so that WhatsApp may have lost it.
    #[must_use]
    pub fn has_old_copy(&self, now: Timestamp) -> bool {
        let made = self.whatsapp.as_ref().map(|copy| copy.until.minus(COPY_LASTS));
        made.is_some_and(|made| now.since(made) > NEW_FOR)
    }

    /// This file once its copy at WhatsApp is known to be gone.
    #[must_use]
    pub fn without_copy(&self) -> Self {
        Self { whatsapp: None, version: self.version.saturating_add(1), ..self.clone() }
    }
}
