//! Fetching what a patient sent (external contracts, section 1.3): how long it is tried, and what becomes of the message.

use std::time::Duration;

use super::content::FileType;
use super::{Media, MediaState, MediaType, MediaUrl};
use crate::delivery::HINT_GRACE;
use crate::time::Timestamp;
use crate::upload::Upload;

/// WhatsApp keeps a patient's media for so long.
const KEPT: Duration = Duration::from_hours(7 * 24);
const SHORTEST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_hours(6);
/// Bytes that are not those of the digest are fetched again for so long; then they are not what the patient sent.
const MISMATCHED: Duration = Duration::from_hours(1);

/// For so long "gone" is not believed: a wrong setting of ours must not lose what patients send.
const DOUBTED: Duration = Duration::from_hours(24);

/// Why a try brought nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// WhatsApp did not answer, or broke off.
    Later,
    /// WhatsApp says that it does not have it, which it also says to a token that lacks a right.
    Gone,
    /// Its bytes are not those that WhatsApp announced.
    Mismatch,
    /// It is too large, or of a type that is not kept.
    NotKept,
}

/// What follows from a try that brought nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another try.
    Again {
        /// When.
        at: Timestamp,
    },
    /// Nothing more: readers are told.
    Lost(MediaState),
}

/// Whether a hint may begin a try at a job that is due at `due`: once that is so, or when nobody has tried yet. Of a hint that came
/// twice the second finds the first one's lease.
#[must_use]
pub fn may_begin(due: Timestamp, created: Timestamp, now: Timestamp) -> bool {
    due <= now || due == created.plus(HINT_GRACE)
}

/// Whether WhatsApp has forgotten the media of a message by now.
#[must_use]
pub fn is_forgotten(created: Timestamp, now: Timestamp) -> bool {
    now.since(created) > KEPT
}

/// What follows from a try that brought nothing, for a message that was kept at `created`. The waits grow with its age.
#[must_use]
pub fn next(missed: Missed, created: Timestamp, now: Timestamp) -> Next {
    let age = now.since(created);
    let again = Next::Again { at: now.plus((age / 2).clamp(SHORTEST, LONGEST)) };
    match missed {
        Missed::Gone if age > DOUBTED => Next::Lost(MediaState::Expired),
        Missed::NotKept => Next::Lost(MediaState::Refused),
        Missed::Mismatch if age > MISMATCHED => Next::Lost(MediaState::Refused),
        Missed::Later if age > KEPT => Next::Lost(MediaState::Expired),
        Missed::Gone | Missed::Mismatch | Missed::Later => again,
    }
}

impl Media {
    /// This media once it is a file of ours. Its kind follows from its bytes: what WhatsApp called an image and is none must
    /// not be shown as one. A document may be anything; sound in a video's container stays what WhatsApp called it.
    #[must_use]
    pub fn fetched(&self, upload: &Upload, url: MediaUrl) -> Self {
        let kind = match (self.kind, upload.category) {
            (MediaType::Document, _) => MediaType::Document,
            (MediaType::Audio | MediaType::Video, MediaType::Audio | MediaType::Video) => self.kind,
            (_, found) => found,
        };
        Self {
            kind,
            url: Some(url),
            mime_type: upload.file_type().map(|FileType { mime_type, .. }| mime_type.to_owned()),
            upload: Some(upload.id),
            state: MediaState::Ready,
            ..self.clone()
        }
    }

    /// This media when it will never be a file of ours.
    #[must_use]
    pub fn lost(&self, state: MediaState) -> Self {
        Self { state, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OrganizationId, UploadId};
    use crate::upload::{UploadEntry, UploadState};

    const CREATED: Timestamp = Timestamp::from_seconds(1_900_000_000);

    fn after(missed: Missed, age: Duration) -> Next {
        next(missed, CREATED, CREATED.plus(age))
    }

    #[test]
    fn waits_grow_with_the_age_and_end_when_whatsapp_forgets() {
        let wait = |age: Duration| match after(Missed::Later, age) {
            Next::Again { at } => Some(at.since(CREATED.plus(age)).as_secs()),
            Next::Lost(_) => None,
        };
        assert_eq!(wait(Duration::ZERO), Some(30));
        assert_eq!(wait(Duration::from_mins(10)), Some(300));
        assert_eq!(wait(Duration::from_hours(24)), Some(6 * 3600));
        assert_eq!(wait(KEPT), Some(6 * 3600));
        assert_eq!(after(Missed::Later, KEPT + Duration::from_secs(1)), Next::Lost(MediaState::Expired));
    }

    #[test]
    fn what_is_gone_or_not_kept_is_not_tried_again() {
        assert!(matches!(after(Missed::Gone, DOUBTED), Next::Again { .. }));
        assert_eq!(after(Missed::Gone, DOUBTED + Duration::from_secs(1)), Next::Lost(MediaState::Expired));
        assert_eq!(after(Missed::NotKept, Duration::ZERO), Next::Lost(MediaState::Refused));
        assert!(matches!(after(Missed::Mismatch, Duration::from_mins(59)), Next::Again { .. }));
        assert_eq!(after(Missed::Mismatch, Duration::from_mins(61)), Next::Lost(MediaState::Refused));
    }

    #[test]
    fn a_second_hint_finds_the_lease_of_the_first() {
        let soon = CREATED.plus(Duration::from_secs(1));
        assert!(may_begin(CREATED.plus(HINT_GRACE), CREATED, soon), "nobody has tried");
        let lease = soon.plus(Duration::from_mins(5));
        assert!(!may_begin(lease, CREATED, soon) && may_begin(lease, CREATED, lease));
    }

    #[test]
    fn the_kind_follows_from_the_bytes() {
        let kind = |called: MediaType, extension: &str| {
            let entry = UploadEntry {
                organization_id: OrganizationId::new(21).unwrap(),
                uploaded_by: None,
                file_type: FileType::of_extension(extension).unwrap(),
                size: 1,
                filename: None,
            };
            let upload = Upload::new(UploadId::from_random(1), entry, UploadState::Ready, CREATED);
            Media::of(called).fetched(&upload, MediaUrl::of_file(String::new())).kind
        };
        assert_eq!(kind(MediaType::Image, "jpg"), MediaType::Image);
        assert_eq!(kind(MediaType::Image, "pdf"), MediaType::Document, "never shown as an image");
        assert_eq!(kind(MediaType::Document, "jpg"), MediaType::Document);
        assert_eq!(kind(MediaType::Audio, "mp4"), MediaType::Audio, "a voice note in a video's container");
    }
}
