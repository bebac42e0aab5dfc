//! What a message says. A kind that has no text of its own is named in brackets, so that nothing a patient sends is
//! invisible to who reads the thread.

use domain::media::{self, Media, MediaState, MediaType};
use domain::text::MessageText;
use serde_json::Value;

use super::{list, text_at};

/// Text and media of a message.
pub(super) struct Content {
    pub(super) text: Option<MessageText>,
    pub(super) media: Option<Media>,
}

/// The content of a message of a kind. Only media may come without any text.
pub(super) fn of(message: &Value, kind: &str) -> Content {
    let media_type = match kind {
        "image" | "sticker" => Some(MediaType::Image),
        "video" => Some(MediaType::Video),
        "audio" | "voice" => Some(MediaType::Audio),
        "document" => Some(MediaType::Document),
        _ => None,
    };
    match media_type {
        Some(media_type) => with_media(message.get(kind).unwrap_or(&Value::Null), media_type),
        None => {
            let words = words(message, kind).unwrap_or_else(|| format!("[{}]", named(kind)));
            Content { text: MessageText::received(&words), media: None }
        }
    }
}

fn with_media(object: &Value, kind: MediaType) -> Content {
    Content {
        text: text_at(object, "/caption").and_then(MessageText::received),
        media: Some(Media {
            filename: text_at(object, "/filename").and_then(media::received_filename),
            mime_type: text_at(object, "/mime_type").and_then(mime_type),
            whatsapp_media_id: text_at(object, "/id").map(ToOwned::to_owned),
            sha256: text_at(object, "/sha256").map(ToOwned::to_owned),
            // Without an id nobody can fetch it.
            state: if text_at(object, "/id").is_some() { MediaState::Pending } else { MediaState::Expired },
            ..Media::of(kind)
        }),
    }
}

/// Meta adds parameters, for example `audio/ogg; codecs=opus`; the type alone is kept.
fn mime_type(raw: &str) -> Option<String> {
    media::mime_type(raw.split(';').next().unwrap_or_default()).ok()
}

fn words(message: &Value, kind: &str) -> Option<String> {
    let own = |pointer| text_at(message, pointer).map(ToOwned::to_owned);
    match kind {
        "text" => own("/text/body"),
        "button" => own("/button/text").or_else(|| own("/button/payload")),
        "interactive" => own("/interactive/button_reply/title")
            .or_else(|| own("/interactive/list_reply/title"))
            .or_else(|| own("/interactive/nfm_reply/body")),
        "location" => Some(location(message.get("location")?)),
        "contacts" => Some(contacts(message)),
        "reaction" => Some(match text_at(message, "/reaction/emoji") {
            Some(emoji) => format!("[Reaction: {emoji}]"),
            None => "[Reaction removed]".to_owned(),
        }),
        "edit" => {
            let text =
                own("/edit/message/text/body").or_else(|| own("/edit/text/body")).or_else(|| own("/text/body"))?;
            Some(format!("[Edited] {text}"))
        }
        "revoke" => Some("[The patient deleted a message]".to_owned()),
        "order" => Some(format!("[Order of {} products]", list(message.get("order")?, "product_items").len())),
        _ => None,
    }
}

fn location(location: &Value) -> String {
    let name = [text_at(location, "/name"), text_at(location, "/address")];
    let degrees = [location.get("latitude"), location.get("longitude")].map(|at| at.and_then(Value::as_f64));
    let mut parts: Vec<String> = name.into_iter().flatten().map(ToOwned::to_owned).collect();
    if let [Some(latitude), Some(longitude)] = degrees {
        parts.push(format!("{latitude}, {longitude}"));
    }
    format!("[Location: {}]", parts.join(", "))
}

fn contacts(message: &Value) -> String {
    let shared = list(message, "contacts").iter().map(|contact| {
        let name = text_at(contact, "/name/formatted_name").unwrap_or("unnamed");
        text_at(contact, "/phones/0/phone").map_or_else(|| name.to_owned(), |phone| format!("{name} {phone}"))
    });
    format!("[Contact: {}]", shared.collect::<Vec<_>>().join("; "))
}

fn named(kind: &str) -> String {
    let plain: String = kind.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(32).collect();
    match plain.as_str() {
        "unsupported" | "unknown" | "" => "A message that WhatsApp does not pass on".to_owned(),
        _ => format!("A message of type {plain}"),
    }
}
