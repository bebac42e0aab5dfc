//! Reading a webhook's body: every entry, change, message and status of it, forgiving about everything that Meta calls
//! optional or has changed before.

use domain::contact::ContactKey;
use domain::delivery::{Refusal, Status, StatusReport};
use domain::inbound::Inbound;
use domain::provider_error::classify;
use domain::time::Timestamp;
use domain::wamid::Wamid;
use serde_json::Value;

use super::wire::CallbackData;

mod content;
mod sender;

/// What a webhook says, in its own order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// What happened.
    pub events: Vec<Event>,
    /// How many parts are about other things or another number.
    pub not_ours: usize,
    /// How many messages and statuses for us were not understood.
    pub unreadable: usize,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A patient wrote.
    Message(Box<Inbound>),
    /// A message of ours came further.
    Status(StatusUpdate),
    /// A patient changed their number.
    NumberChanged {
        /// The identity until now.
        from: ContactKey,
        /// The new identity.
        to: ContactKey,
    },
}

/// A status, and the message that our own callback data names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusUpdate {
    /// What it says.
    pub report: StatusReport,
    /// Which message it is about, when WhatsApp repeats what we sent with it.
    pub about: Option<CallbackData>,
}

/// The body is not JSON of the expected outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnEnvelope;

/// Reads a body. Messages without a time count as sent at `now`; what came for another number is passed over.
///
/// # Errors
/// [`NotAnEnvelope`] when it is not a JSON object of a WhatsApp business account.
pub fn read(body: &[u8], phone_number_id: &str, now: Timestamp) -> Result<Envelope, NotAnEnvelope> {
    let body: Value = serde_json::from_slice(body).map_err(|_| NotAnEnvelope)?;
    if body.get("object").and_then(Value::as_str) != Some("whatsapp_business_account") {
        return Err(NotAnEnvelope);
    }
    let mut envelope = Envelope::default();
    for entry in list(&body, "entry") {
        for change in list(entry, "changes") {
            let value = change.get("value").unwrap_or(&Value::Null);
            let is_messages = change.get("field").and_then(Value::as_str) == Some("messages");
            let number = value.pointer("/metadata/phone_number_id").and_then(Value::as_str);
            if is_messages && number.is_none_or(|number| number == phone_number_id) {
                envelope.take(value, now);
            } else {
                envelope.not_ours += 1;
            }
        }
    }
    Ok(envelope)
}

impl Envelope {
    fn take(&mut self, value: &Value, now: Timestamp) {
        let contacts = list(value, "contacts");
        for message in list(value, "messages") {
            self.push(event(message, contacts, now));
        }
        for report in list(value, "statuses") {
            self.push(status(report).map(Event::Status));
        }
    }

    fn push(&mut self, event: Option<Event>) {
        match event {
            Some(event) => self.events.push(event),
            None => self.unreadable += 1,
        }
    }
}

/// The elements of a list; none when there is no list.
fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text at a path, trimmed, not empty.
fn text_at<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn event(message: &Value, contacts: &[Value], now: Timestamp) -> Option<Event> {
    let kind = text_at(message, "/type").unwrap_or("unknown");
    let sender = sender::of(message, contacts);
    if kind == "system" {
        let to = text_at(message, "/system/wa_id").or_else(|| text_at(message, "/system/new_wa_id"))?;
        return Some(Event::NumberChanged {
            from: sender.keys().into_iter().next()?,
            to: ContactKey::from_wa_digits(to),
        });
    }
    if sender.keys().is_empty() {
        return None;
    }
    let content = content::of(message, kind);
    Some(Event::Message(Box::new(Inbound {
        wamid: Wamid::parse(text_at(message, "/id")?)?,
        sender,
        text: content.text,
        media: content.media,
        sent_at: seconds(message).unwrap_or(now),
    })))
}

/// WhatsApp's time stamp: seconds, as text or as a number.
fn seconds(value: &Value) -> Option<Timestamp> {
    let raw = value.get("timestamp")?;
    let seconds = raw.as_i64().or_else(|| raw.as_str()?.parse().ok())?;
    (seconds > 0).then(|| Timestamp::from_seconds(seconds))
}

fn status(report: &Value) -> Option<StatusUpdate> {
    let status = match text_at(report, "/status")? {
        "sent" => Status::Sent,
        "delivered" => Status::Delivered,
        "read" | "played" => Status::Read,
        "failed" => Status::Failed,
        _ => return None,
    };
    let about = text_at(report, "/biz_opaque_callback_data").and_then(CallbackData::parse);
    let code = report.pointer("/errors/0/code").and_then(Value::as_u64).and_then(|code| u32::try_from(code).ok());
    Some(StatusUpdate {
        report: StatusReport {
            status,
            wamid: Wamid::parse(text_at(report, "/id")?)?,
            attempt: about.map(|about| about.attempt),
            refusal: code.map(|code| Refusal { class: classify(Some(code)), code: Some(code) }),
        },
        about,
    })
}

#[cfg(test)]
mod tests;
