//! Sending into a thread (PM-3.3): what a request asks for, who may send, and which messages come of it.

use crate::append::Draft;
use crate::error::{Error, Result};
use crate::ids::{ProviderId, ThreadRef};
use crate::media::{self, Media, MediaType, MediaUrl};
use crate::message::Author;
use crate::text::{CAPTION_LIMIT, MESSAGE_LIMIT, MessageText, is_blank};
use crate::thread::Thread;
use crate::time::Timestamp;
use crate::window::Window;

/// The fields of the request as they came; absent and blank mean the same.
#[derive(Debug, Clone, Copy, Default)]
pub struct SendFields<'a> {
    /// The thread, by public id or number.
    pub public_id: Option<&'a str>,
    /// The text.
    pub message: Option<&'a str>,
    /// The link.
    pub media_url: Option<&'a str>,
    /// The kind of media.
    pub media_type: Option<&'a str>,
    /// The file name for documents.
    pub media_filename: Option<&'a str>,
    /// The MIME type hint.
    pub media_mime_type: Option<&'a str>,
}

/// A checked request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendRequest {
    /// The thread.
    pub thread: ThreadRef,
    /// What it says: text, media, or both.
    pub content: Content,
}

/// What is sent: at least one of the two is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The text or caption.
    pub text: Option<MessageText>,
    /// The media.
    pub media: Option<Media>,
}

fn present(field: Option<&str>) -> Option<&str> {
    field.map(str::trim).filter(|text| !text.is_empty())
}

impl SendRequest {
    /// Checks the fields in the order in which the document lists its refusals (PM-3.3e1 to e4).
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field; [`Error::NotFound`] for a `public_id` that can name no thread.
    pub fn parse(fields: SendFields<'_>) -> Result<Self> {
        let thread = present(fields.public_id).ok_or_else(|| Error::required("public_id"))?;
        let content = Content::parse(fields)?;
        let thread = thread.parse().map_err(|_| Error::NotFound)?;
        Ok(Self { thread, content })
    }
}

impl Content {
    fn parse(fields: SendFields<'_>) -> Result<Self> {
        let media_url = present(fields.media_url);
        if present(fields.message).is_none_or(is_blank) && media_url.is_none() {
            return Err(Error::invalid("message", "message is required unless media_url is provided."));
        }
        let media = match (media_url, present(fields.media_type)) {
            (None, None) => None,
            (None, Some(_)) => {
                return Err(Error::invalid("media_url", "media_url is required when media_type is provided."));
            }
            (Some(_), None) => {
                return Err(Error::invalid("media_type", "media_type is required when media_url is provided."));
            }
            (Some(url), Some(kind)) => {
                let kind = MediaType::parse(kind)?;
                Some(Media {
                    url: Some(MediaUrl::parse(url)?),
                    filename: present(fields.media_filename).map(media::filename).transpose()?.flatten(),
                    mime_type: present(fields.media_mime_type).map(media::mime_type).transpose()?,
                    ..Media::of(kind)
                })
            }
        };
        let captioned = media.as_ref().is_some_and(|media| media.kind.takes_caption());
        let limit = if captioned { CAPTION_LIMIT } else { MESSAGE_LIMIT };
        let text = MessageText::parse("message", fields.message.unwrap_or_default(), limit)?;
        Ok(Self { text, media })
    }

    /// The messages that carry this content: one, or for audio with text two, because WhatsApp's audio has no caption.
    #[must_use]
    pub fn drafts(self, author: Author) -> Vec<Draft> {
        let draft = |text, media| Draft { text, media, ..Draft::of(author) };
        match self {
            Self { text: Some(text), media: Some(media) } if !media.kind.takes_caption() => {
                vec![draft(None, Some(media)), draft(Some(text), None)]
            }
            Self { text, media } => vec![draft(text, media)],
        }
    }
}

/// What a provider needs before sending into a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nothing: the thread is theirs.
    Held,
    /// To take the thread, in the same transaction as the message.
    Needed,
}

/// Whether `provider` may send into `thread` (contract A-9): their own, or one that nobody has.
///
/// # Errors
/// [`Error::AssignedToColleague`] naming the owner.
pub fn claim(thread: &Thread, provider: ProviderId) -> Result<Claim> {
    match &thread.care.assigned {
        None => Ok(Claim::Needed),
        Some(assignee) if assignee.provider_id == provider => Ok(Claim::Held),
        Some(assignee) => Err(Error::AssignedToColleague { owner: assignee.name.clone() }),
    }
}

/// Whether the patient may be written to at all.
///
/// # Errors
/// [`Error::Refused`] with `recipient_opted_out`.
pub fn not_opted_out(opted_out: bool) -> Result<()> {
    if opted_out {
        return Err(Error::Refused {
            code: "recipient_opted_out",
            detail: "This patient asked WhatsApp not to receive messages from us.".to_owned(),
        });
    }
    Ok(())
}

/// Whether free text may be sent now (contract A-17).
///
/// # Errors
/// [`Error::WindowClosed`].
pub fn window_is_open(now: Timestamp, last_inbound: Option<Timestamp>) -> Result<()> {
    match Window::at(now, last_inbound) {
        Window::Open { .. } => Ok(()),
        Window::Closed { expired_at } => Err(Error::WindowClosed { expired_at }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREAD: &str = "deadbeef-ffff-8fff-bfff-ffffffffffff";
    const LINK: &str = "https://cdn.prestigehealth.app/uploads/prescription-123.pdf";

    fn fields() -> SendFields<'static> {
        SendFields { public_id: Some(THREAD), message: Some("Hello"), ..SendFields::default() }
    }

    fn with_media(kind: &'static str) -> SendFields<'static> {
        SendFields { media_url: Some(LINK), media_type: Some(kind), ..fields() }
    }

    #[test]
    fn refusals_in_the_documented_order() {
        let cases = [
            SendFields::default(),
            SendFields { message: Some(" "), ..fields() },
            SendFields { media_url: Some(LINK), ..fields() },
            with_media("gif"),
            SendFields { media_type: Some("image"), ..fields() },
            SendFields { media_url: Some("http://a.example/x"), ..with_media("image") },
            SendFields { media_mime_type: Some("pdf"), ..with_media("document") },
            SendFields { public_id: Some("abc-123-def"), ..fields() },
        ];
        let texts: Vec<String> = cases.into_iter().map(|c| SendRequest::parse(c).unwrap_err().to_string()).collect();
        insta::assert_snapshot!(texts.join("\n"), @r"
        public_id is required.
        message is required unless media_url is provided.
        media_type is required when media_url is provided.
        Unsupported media_type. It must be one of image, video, audio, document.
        media_url is required when media_type is provided.
        media_url must be an HTTPS link to a public host.
        media_mime_type must be a MIME type, for example application/pdf.
        Not found.
        ");
    }

    #[test]
    fn a_caption_is_shorter_than_a_text() {
        let long = "x".repeat(1025);
        let text = |kind| SendFields { message: Some(&long), ..with_media(kind) };
        for kind in ["image", "video", "document"] {
            assert!(SendRequest::parse(text(kind)).is_err(), "{kind}");
        }
        assert!(SendRequest::parse(text("audio")).is_ok(), "the text of audio is a message of its own");
    }

    #[test]
    fn audio_with_text_is_two_messages_and_the_rest_one() {
        let drafts = |kind| {
            let content = SendRequest::parse(with_media(kind)).unwrap().content;
            content.drafts(Author::Patient)
        };
        assert_eq!(drafts("document").len(), 1);
        let audio = drafts("audio");
        assert!(audio[0].media.is_some() && audio[0].text.is_none());
        assert!(audio[1].media.is_none() && audio[1].text.is_some());
    }
}
