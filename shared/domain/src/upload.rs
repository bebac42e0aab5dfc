//! Files that the product keeps: uploaded by a provider, or received from a patient.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::{OrganizationId, ProviderId, UploadId};
use crate::media::MediaType;
use crate::media::content::{FileType, OPAQUE, WEBP};
use crate::text::without_control_characters;
use crate::time::Timestamp;

mod copy;
mod mirror;

pub use copy::WhatsappCopy;
pub use mirror::Mirror;

const MEGABYTE: u64 = 1024 * 1024;
/// The largest file of any category: what a download from WhatsApp is cut at.
pub const LARGEST: u64 = 100 * MEGABYTE;
/// The largest WebP image that WhatsApp takes, as a sticker; still ones may be refused by WhatsApp above 100 kB.
const LARGEST_STICKER: u64 = 500 * 1024;
/// How long a presigned upload may take to begin.
pub const PRESIGNED_FOR: Duration = Duration::from_mins(5);
/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its id, and the name of its object.
    pub id: UploadId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who uploaded it; absent for what a patient sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub uploaded_by: Option<ProviderId>,
    /// Its category.
    pub category: MediaType,
    /// Its extension, which names its type among [`crate::media::content::FILE_TYPES`].
    pub extension: String,
    /// Its size in bytes; for one that is expected, what was announced.
    pub size: u64,
    /// The name under which it was uploaded, made fit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub filename: Option<String>,
    /// Whether it can be used.
    pub state: UploadState,
    /// Its copy at Google.
    #[serde(default)]
    pub mirror: Mirror,
    /// Its copy at WhatsApp.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub whatsapp: Option<WhatsappCopy>,
    /// Counts the changes of this row.
    pub version: u32,
    /// When it was announced or kept.
    pub created: Timestamp,
}

/// Whether a file can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// Announced; nobody has looked at its bytes.
    Expected,
    /// Its bytes are what they should be.
    Ready,
    /// Its bytes were not what was announced.
    Refused,
}

/// What a file is and whose.
#[derive(Debug, Clone)]
pub struct UploadEntry {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who uploads it.
    pub uploaded_by: Option<ProviderId>,
    /// Its type.
    pub file_type: FileType,
    /// Its size in bytes.
    pub size: u64,
    /// Its name.
    pub filename: Option<String>,
}

impl Upload {
    /// A file in a state.
    #[must_use]
    pub fn new(id: UploadId, entry: UploadEntry, state: UploadState, now: Timestamp) -> Self {
        Self {
            id,
            organization_id: entry.organization_id,
            uploaded_by: entry.uploaded_by,
            category: entry.file_type.category,
            extension: entry.file_type.extension.to_owned(),
            size: entry.size,
            filename: entry.filename,
            state,
            mirror: Mirror::Off,
            whatsapp: None,
            version: 1,
            created: now,
        }
    }

    /// Its type; absent only for a row of a version that knew other types.
    #[must_use]
    pub fn file_type(&self) -> Option<FileType> {
        FileType::of_extension(&self.extension)
    }

    /// The key of its object once it is ready.
    #[must_use]
    pub fn key(&self) -> String {
        format!("uploads/{}.{}", self.id, self.extension)
    }

    /// The key to which a presigned upload puts it. Nothing is read from there but by the completion.
    #[must_use]
    pub fn incoming_key(&self) -> String {
        format!("incoming/{}.{}", self.id, self.extension)
    }

    /// The id of the file behind a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<UploadId> {
        let (id, extension) = key.strip_prefix("uploads/")?.split_once('.')?;
        FileType::of_extension(extension)?;
        id.parse().ok()
    }

    /// This file after somebody looked at its bytes: ready with its true size, or refused.
    #[must_use]
    pub fn examined(&self, found: Option<FileType>, size: u64) -> Self {
        let is_as_announced = found.is_some() && found == self.file_type() && size == self.size;
        let state = if is_as_announced { UploadState::Ready } else { UploadState::Refused };
        Self { state, version: self.version.saturating_add(1), ..self.clone() }
    }
}

impl Upload {
    /// Whether a provider may complete it: whoever announced it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anybody else.
    pub fn may_be_completed_by(&self, provider: ProviderId) -> Result<()> {
        if self.uploaded_by == Some(provider) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Whether WhatsApp would take it in a message of a kind.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a file that is not complete, of another kind, or too large to be a sticker.
    pub fn may_be_sent_as(&self, kind: MediaType) -> Result<()> {
        if self.state != UploadState::Ready {
            return Err(Error::invalid("media_url", "media_url is an upload that is not complete."));
        }
        if self.file_type() == Some(OPAQUE) {
            return Err(Error::invalid("media_url", "media_url is a file of a type that WhatsApp does not take."));
        }
        if self.category != kind {
            let text = format!("media_type must be {}: that is what the file is.", self.category.name());
            return Err(Error::invalid("media_type", text));
        }
        if self.file_type() == Some(WEBP) && self.size > LARGEST_STICKER {
            return Err(Error::invalid("media_url", "WhatsApp takes WebP images as stickers, of at most 500 kB."));
        }
        Ok(())
    }

    /// The refusal of an upload of which no byte has come.
    #[must_use]
    pub fn not_arrived(&self) -> Error {
        if self.state == UploadState::Refused {
            return self.not_as_announced();
        }
        Error::Refused { code: "upload_not_arrived", detail: "No file has arrived for this upload.".to_owned() }
    }

    /// The refusal of an upload whose bytes are something else.
    #[must_use]
    pub fn not_as_announced(&self) -> Error {
        let announced = self.file_type().map_or("file", |file_type| file_type.mime_type);
        let detail = format!("What arrived is not the {announced} of {} bytes that was announced.", self.size);
        Error::Refused { code: "upload_not_as_announced", detail }
    }
}

/// How many bytes WhatsApp takes of a category (external contracts, section 1.3).
#[must_use]
pub fn limit(category: MediaType) -> u64 {
    match category {
        MediaType::Image => 5 * MEGABYTE,
        MediaType::Audio | MediaType::Video => 16 * MEGABYTE,
        MediaType::Document => LARGEST,
    }
}

/// The type of a file whose bytes were looked at, within its limit.
///
/// # Errors
/// [`Error::Invalid`] for an empty file, one of a type that is not taken, or one that is too large.
pub fn checked(found: Option<FileType>, size: u64) -> Result<FileType> {
    if size == 0 {
        return Err(Error::invalid("file", "The file is empty."));
    }
    let file_type = found.ok_or_else(not_taken)?;
    within_limit("file", file_type, size)?;
    Ok(file_type)
}

fn not_taken() -> Error {
    Error::invalid(
        "file",
        "The file is of a type that is not accepted. Accepted are JPEG, PNG and WebP images, MP4 and 3GP videos, AAC, AMR, MP3, M4A \
         and Ogg Opus audio, and PDF, Word, Excel, PowerPoint and plain text documents.",
    )
}

fn within_limit(field: &'static str, file_type: FileType, size: u64) -> Result<()> {
    let most = limit(file_type.category);
    if size <= most {
        return Ok(());
    }
    let megabytes = most / MEGABYTE;
    let name = match file_type.category {
        MediaType::Image => "An image",
        MediaType::Video => "A video",
        MediaType::Audio => "An audio file",
        MediaType::Document => "A document",
    };
    Err(Error::invalid(field, format!("{name} may have at most {megabytes} MB; this one has {size} bytes.")))
}

/// What somebody announces about a file before its bytes come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its type.
    pub file_type: FileType,
    /// Its size in bytes.
    pub size: u64,
    /// Its name.
    pub filename: Option<String>,
}

impl Announcement {
    /// Checks the fields.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn parse(filename: Option<&str>, mime_type: Option<&str>, size: Option<u64>) -> Result<Self> {
        let claimed = mime_type.map(str::trim).filter(|text| !text.is_empty());
        let claimed = claimed.ok_or_else(|| Error::required("mime_type"))?;
        let file_type =
            FileType::of_mime_type(claimed).ok_or_else(|| Error::invalid("mime_type", "mime_type is not accepted."))?;
        let size = size.ok_or_else(|| Error::required("size"))?;
        if size == 0 {
            return Err(Error::invalid("size", "size must be at least 1."));
        }
        within_limit("size", file_type, size)?;
        without_control_characters("filename", filename.unwrap_or_default())?;
        let filename = filename.and_then(crate::media::received_filename);
        Ok(Self { file_type, size, filename })
    }
}

#[cfg(test)]
mod tests;
