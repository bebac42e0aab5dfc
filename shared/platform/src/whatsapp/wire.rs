//! The bodies of send requests and their answers.

use domain::contact::{ContactKey, Recipient};
use domain::ids::MessageId;
use domain::media::{Media, MediaType};
use domain::message::Message;
use domain::template::TemplateUse;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How a message goes out.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    /// The template that carries it; without one it goes as free text.
    pub template: Option<&'a TemplateUse>,
    /// WhatsApp's id of its media, when that is a file of ours.
    pub media_id: Option<&'a str>,
    /// To whom.
    pub contact: &'a ContactKey,
    /// The attempt, from 1.
    pub attempt: u32,
}

/// The body of `POST /{phone_number_id}/messages` for a message, or `None` when there is nothing in it to send.
#[must_use]
pub fn send_body(message: &Message, sending: Sending<'_>) -> Option<Value> {
    let Sending { contact, attempt, .. } = sending;
    let (kind, content) = content(message, sending)?;
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": kind,
        kind: content,
        "biz_opaque_callback_data": CallbackData { message: message.id(), attempt }.to_string(),
    });
    let (name, value) = match contact.recipient() {
        Recipient::Phone(digits) => ("to", digits),
        Recipient::Bsuid(id) => ("recipient", id),
    };
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), json!(value));
    }
    Some(body)
}

fn content(message: &Message, sending: Sending<'_>) -> Option<(&'static str, Value)> {
    if let Some(template) = sending.template {
        let parameters: Vec<Value> =
            template.parameters.iter().map(|value| json!({ "type": "text", "text": value })).collect();
        let content = json!({
            "name": template.name.as_str(),
            "language": { "code": template.language.as_str() },
            "components": [{ "type": "body", "parameters": parameters }],
        });
        return Some(("template", content));
    }
    let text = message.text.as_ref().map(domain::text::MessageText::as_str);
    match &message.media {
        Some(media) if media.is_sticker() => Some(("sticker", reference(media, sending.media_id)?)),
        Some(media) => Some((media.kind.name(), media_content(media, (text, sending.media_id))?)),
        None => Some(("text", json!({ "body": text?, "preview_url": false }))),
    }
}

/// A file of ours by WhatsApp's id of it; one on another host by its address.
fn reference(media: &Media, media_id: Option<&str>) -> Option<Value> {
    match (media_id, media.upload) {
        (Some(id), _) => Some(json!({ "id": id })),
        // Our addresses open nothing for WhatsApp.
        (None, Some(_)) => None,
        (None, None) => Some(json!({ "link": media.url.as_ref()?.as_str() })),
    }
}

fn media_content(media: &Media, (caption, media_id): (Option<&str>, Option<&str>)) -> Option<Value> {
    let mut content = reference(media, media_id)?;
    let fields = content.as_object_mut()?;
    if let Some(caption) = caption.filter(|_| media.kind.takes_caption()) {
        fields.insert("caption".to_owned(), json!(caption));
    }
    if let Some(filename) = media.filename.as_ref().filter(|_| media.kind == MediaType::Document) {
        fields.insert("filename".to_owned(), json!(filename));
    }
    Some(content)
}

/// What every status of a message repeats: which message, and which attempt at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallbackData {
    /// The message.
    pub message: MessageId,
    /// The attempt, from 1.
    pub attempt: u32,
}

impl std::fmt::Display for CallbackData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.message.get(), self.attempt)
    }
}

impl CallbackData {
    /// Reads what a status repeats; nothing when it is not ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (message, attempt) = text.split_once('.')?;
        Some(Self { message: MessageId::new(message.parse().ok()?)?, attempt: attempt.parse().ok()? })
    }
}

/// The answer to an accepted send. Everything may be missing but the message's id.
#[derive(Debug, Deserialize)]
pub struct Accepted {
    /// The recipient, as WhatsApp calls them.
    #[serde(default)]
    pub contacts: Vec<AcceptedContact>,
    /// The message.
    pub messages: Vec<AcceptedMessage>,
}

/// The recipient of an accepted send.
#[derive(Debug, Deserialize)]
pub struct AcceptedContact {
    /// May differ from the number that was sent to (Brazil, Mexico), or be missing for users with a name.
    pub wa_id: Option<String>,
}

/// The message of an accepted send.
#[derive(Debug, Deserialize)]
pub struct AcceptedMessage {
    /// WhatsApp's id.
    pub id: String,
}

/// The answer to a refused send.
#[derive(Debug, Deserialize, Serialize)]
pub struct Refused {
    /// The error.
    pub error: ApiError,
}

/// An error of the Graph API. Only the code counts.
#[derive(Debug, Deserialize, Serialize)]
pub struct ApiError {
    /// The code.
    pub code: u32,
}

#[cfg(test)]
mod tests;
