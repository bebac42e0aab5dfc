//! What the Cloud API checks about a send request before it takes it.

use domain::media::content::{FileType, WEBP};
use domain::text::{CAPTION_LIMIT, MESSAGE_LIMIT};
use domain::window::Window;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::Value;

use super::Inner;
use super::errors::GraphError;
use crate::settings::PHONE_NUMBER_ID;

/// A request that passed the checks of form.
#[derive(Debug)]
pub(super) struct Checked {
    /// Digits or business-scoped user id.
    pub(super) recipient: String,
    pub(super) is_template: bool,
}

/// Token and sender.
pub(super) fn sender(inner: &Inner, headers: &HeaderMap, phone_number_id: &str) -> Result<(), GraphError> {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if given != format!("Bearer {}", inner.secrets.whatsapp_token) {
        return Err(GraphError::new(190, "Invalid OAuth access token"));
    }
    if phone_number_id != PHONE_NUMBER_ID {
        return Err(GraphError::new(100, "Object with this ID does not exist"));
    }
    Ok(())
}

/// The form of a request.
pub(super) fn form(inner: &Inner, body: &Value) -> Result<Checked, GraphError> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    if text("messaging_product") != Some("whatsapp") {
        return Err(GraphError::new(100, "The parameter messaging_product is required."));
    }
    let to = text("to").map(|to| to.trim_start_matches('+')).or_else(|| text("recipient"));
    let recipient = to.ok_or_else(|| GraphError::new(100, "The parameter to is required."))?;
    let is_number = recipient.bytes().all(|byte| byte.is_ascii_digit()) && (7..=15).contains(&recipient.len());
    if !is_number && domain::contact::Bsuid::parse(recipient).is_none() {
        return Err(GraphError::new(131_009, "Parameter value is not valid: to"));
    }
    if text("biz_opaque_callback_data").is_some_and(|data| data.len() > 512) {
        return Err(GraphError::new(131_009, "biz_opaque_callback_data is too long"));
    }
    let kind = text("type").unwrap_or("text");
    let object = body.get(kind).ok_or_else(|| GraphError::new(131_008, format!("Parameter {kind} is missing")))?;
    match kind {
        "text" => length(object.get("body"), "text.body", 1..=MESSAGE_LIMIT)?,
        "image" | "video" | "document" | "audio" | "sticker" => media(inner, kind, object)?,
        "template" => inner.templates.check(object)?,
        _ => return Err(GraphError::new(131_009, "Unknown message type")),
    }
    Ok(Checked { recipient: recipient.to_owned(), is_template: kind == "template" })
}

fn length(value: Option<&Value>, name: &str, fits: std::ops::RangeInclusive<usize>) -> Result<(), GraphError> {
    let text = value.and_then(Value::as_str).unwrap_or_default();
    if fits.contains(&text.chars().count()) {
        Ok(())
    } else {
        Err(GraphError::new(
            100,
            format!("Param {name} must be between {} and {} characters", fits.start(), fits.end()),
        ))
    }
}

fn media(inner: &Inner, kind: &str, object: &Value) -> Result<(), GraphError> {
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    match (text("id"), text("link")) {
        (Some(id), None) => uploaded(inner, kind, id)?,
        (None, Some(link)) if link.starts_with("https://") => {}
        _ => return Err(GraphError::new(131_008, "Either link or id is required")),
    }
    match object.get("caption") {
        Some(_) if matches!(kind, "audio" | "sticker") => Err(GraphError::new(131_009, "It has no caption")),
        Some(caption) => length(Some(caption), "caption", 0..=CAPTION_LIMIT),
        None => Ok(()),
    }
}

/// A file that was uploaded, is still there, and is of the kind that the message says.
fn uploaded(inner: &Inner, kind: &str, id: &str) -> Result<(), GraphError> {
    let media = inner.ledger.media(id).filter(|media| inner.clock.now() < media.until);
    let media = media.ok_or_else(|| GraphError::new(100, "Object with this ID does not exist"))?;
    let file_type = FileType::of_mime_type(&media.mime_type);
    let is_of_kind = match kind {
        "sticker" => file_type == Some(WEBP),
        _ => file_type.is_some_and(|known| known.category.name() == kind && known != WEBP),
    };
    if is_of_kind { Ok(()) } else { Err(GraphError::new(131_053, "The file is of another kind than the message")) }
}

/// Whether free text may go to this recipient now.
pub(super) fn window(inner: &Inner, checked: &Checked) -> Result<(), GraphError> {
    let window = Window::at(inner.clock.now(), inner.ledger.window(&checked.recipient));
    if checked.is_template || matches!(window, Window::Open { .. }) {
        return Ok(());
    }
    let details = "Message failed to send because more than 24 hours have passed since the customer last replied";
    Err(GraphError::new(131_047, details))
}
