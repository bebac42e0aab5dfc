//! An attempt's bytes: the body in canonical JSON with document 004's `signature`, then everything signed by the headers of Standard
//! Webhooks, and `x-webhook-signature` for receivers that only know how to look at the bytes as they came.

use domain::error::Result;
use domain::event::Event;
use domain::time::Timestamp;
use domain::webhook::endpoint::Secret;
use serde_json::Value;

use super::canonical::canonical;
use super::payload::Payload;
use super::signature::Key;

/// A webhook that can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRequest {
    /// The body.
    pub body: String,
    /// Its headers beside the usual ones.
    pub headers: [(&'static str, String); 4],
}

impl WebhookRequest {
    /// The request that tells of an event, signed with every secret that signs now, the newest first. The body has room for one
    /// signature: it is the newest one's.
    ///
    /// # Errors
    /// [`domain::Error::Internal`] when what is kept of the event or of a secret is none of ours.
    pub fn new(event: &Event, payload: &Payload, (secrets, now): (&[&Secret], Timestamp)) -> Result<Self> {
        let keys = secrets.iter().map(|secret| Key::of(secret)).collect::<Result<Vec<_>>>()?;
        let mut members = payload.members()?;
        members.insert("event".to_owned(), Value::from(event.kind.name()));
        members.insert("timestamp".to_owned(), Value::from(event.at.rfc3339_millis()));
        let mut body = Value::Object(members);
        if let (Some(newest), unsigned) = (keys.first(), canonical(&body))
            && let Some(members) = body.as_object_mut()
        {
            members.insert("signature".to_owned(), Value::from(newest.of_body(&unsigned)));
        }
        let body = canonical(&body);
        let (id, seconds) = (event.id.to_string(), now.seconds());
        let joined = |sign: &dyn Fn(&Key) -> String, with| keys.iter().map(sign).collect::<Vec<_>>().join(with);
        let standard = joined(&|key| key.of_message((&id, seconds), &body), " ");
        let plain = joined(&|key| key.of_body(&body), ",");
        let headers = [
            ("webhook-id", id),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", standard),
            ("x-webhook-signature", plain),
        ];
        Ok(Self { body, headers })
    }
}

#[cfg(test)]
mod tests;
