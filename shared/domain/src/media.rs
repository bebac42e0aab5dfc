//! Media that a provider sends or a patient sent.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::UploadId;
use crate::text::{one_line, without_control_characters};

pub mod content;
pub mod fetch;
pub(crate) mod url;

pub use url::MediaUrl;

/// The kinds that document 000 names (PM-3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaType {
    /// JPEG or PNG.
    Image,
    /// MP4 or 3GPP.
    Video,
    /// A voice note or another recording.
    Audio,
    /// A PDF or another file.
    Document,
}

impl MediaType {
    /// The kind by its name in the document.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the four kinds.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "image" => Ok(Self::Image),
            "video" => Ok(Self::Video),
            "audio" => Ok(Self::Audio),
            "document" => Ok(Self::Document),
            _ => Err(Error::invalid(
                "media_type",
                "Unsupported media_type. It must be one of image, video, audio, document.",
            )),
        }
    }

    /// The name in documents and on WhatsApp's wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Document => "document",
        }
    }

    /// The name that people read (`media_type_display`).
    #[must_use]
    pub fn display(self) -> &'static str {
        match self {
            Self::Image => "Image",
            Self::Video => "Video",
            Self::Audio => "Audio",
            Self::Document => "Document",
        }
    }

    /// Whether WhatsApp carries a text with it. Audio has no caption: its text goes as a message of its own.
    #[must_use]
    pub fn takes_caption(self) -> bool {
        !matches!(self, Self::Audio)
    }
}

/// Media of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Its kind.
    #[serde(rename = "media_type")]
    pub kind: MediaType,
    /// Where it is; absent while a patient's media has not been fetched from WhatsApp.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<MediaUrl>,
    /// The name that the recipient of a document sees.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub filename: Option<String>,
    /// The claimed type, a hint only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mime_type: Option<String>,
    /// The id under which WhatsApp keeps a patient's media, for 7 days.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub whatsapp_media_id: Option<String>,
    /// WhatsApp's digest of a patient's media.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    /// The file that it is, when we keep it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub upload: Option<UploadId>,
    /// Whether it can be seen.
    #[serde(default)]
    pub state: MediaState,
}

/// Whether media can be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaState {
    /// It can.
    #[default]
    Ready,
    /// It is being fetched from WhatsApp.
    Pending,
    /// WhatsApp did not have it any more.
    Expired,
    /// It was not what WhatsApp said, or of a type that is not kept.
    Refused,
}

impl MediaState {
    /// The name on the wire (`media_status`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Refused => "refused",
        }
    }
}

impl Media {
    /// Whether WhatsApp takes it as a sticker: a WebP image, which has no caption.
    #[must_use]
    pub fn is_sticker(&self) -> bool {
        self.kind == MediaType::Image && self.mime_type.as_deref() == Some(content::WEBP.mime_type)
    }

    /// Media of a kind of which nothing else is known.
    #[must_use]
    pub fn of(kind: MediaType) -> Self {
        Self {
            kind,
            url: None,
            filename: None,
            mime_type: None,
            whatsapp_media_id: None,
            sha256: None,
            upload: None,
            state: MediaState::Ready,
        }
    }
}

/// A file name as the recipient sees it: one line, no path, at most 240 characters.
///
/// # Errors
/// [`Error::Invalid`] for a control character.
pub fn filename(raw: &str) -> Result<Option<String>> {
    without_control_characters("media_filename", raw)?;
    Ok(received_filename(raw))
}

/// A file name that came from the other side of a channel, made fit: what is forbidden is dropped.
#[must_use]
pub fn received_filename(raw: &str) -> Option<String> {
    let line = one_line(raw);
    let name: String = line.rsplit(['/', '\\']).next().unwrap_or_default().trim().chars().take(240).collect();
    (!name.is_empty() && name != "." && name != "..").then_some(name)
}

/// A MIME type of the form `type/subtype`.
///
/// # Errors
/// [`Error::Invalid`] for anything else.
pub fn mime_type(raw: &str) -> Result<String> {
    let text = raw.trim().to_ascii_lowercase();
    let token = |part: &str| {
        !part.is_empty()
            && part.len() <= 64
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    match text.split_once('/') {
        Some((kind, subtype)) if token(kind) && token(subtype) => Ok(text),
        _ => {
            Err(Error::invalid("media_mime_type", "media_mime_type must be a MIME type, for example application/pdf."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_has_no_path() {
        assert_eq!(filename("../../etc/passwd").unwrap().as_deref(), Some("passwd"));
        assert_eq!(filename("C:\\x\\lab\u{202E}fdp.exe").unwrap().as_deref(), Some("labfdp.exe"));
        assert_eq!(filename(" .. "), Ok(None));
        assert!(filename("a\0.pdf").is_err());
    }

    #[test]
    fn a_mime_type_has_two_parts() {
        assert_eq!(mime_type(" Application/PDF ").unwrap(), "application/pdf");
        for raw in ["pdf", "a/b/c", "a/", "text/plain; charset=utf-8", "text/pl ain"] {
            assert!(mime_type(raw).is_err(), "{raw}");
        }
    }
}
