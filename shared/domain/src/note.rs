//! Private notes of therapists. No subject ever sees one: they are rows of their own, which nothing that a subject may call
//! reads.

use serde::{Deserialize, Serialize};

use crate::ids::{NoteId, UserId};
use crate::text::MessageText;
use crate::time::Timestamp;

/// A note as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its thread and number there.
    pub id: NoteId,
    /// The therapist.
    pub author: UserId,
    /// The therapist's name.
    pub author_name: String,
    /// What it says.
    pub content: MessageText,
    /// When it was written.
    pub created: Timestamp,
}
