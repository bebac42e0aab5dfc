//! Playing the patient: a message of theirs, or any payload, signed and posted to the webhook.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use domain::media::content::recognise;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::ledger::StoredMedia;
use super::media::PATIENTS_LASTS;
use super::{Meta, deliveries};

/// The body of `POST /_local/whatsapp/inbound`.
#[derive(Debug, Deserialize)]
pub(crate) struct InboundBody {
    /// The patient's number or digits.
    from: Option<String>,
    /// The profile's name.
    name: Option<String>,
    /// `text` when left out.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// The text, for type `text`.
    text: Option<String>,
    /// Repeats an earlier message instead of making a new one.
    wamid: Option<String>,
    /// A whole envelope instead of all that.
    payload: Option<Value>,
    /// With a type of media: the file that the patient sends, in base64. WhatsApp then has it, and the message names it.
    file: Option<String>,
    /// Another signature than the good one.
    signature: Option<String>,
    /// The object of another type, under the type's name.
    #[serde(flatten)]
    more: Map<String, Value>,
}

impl Meta {
    /// Posts the message and answers the webhook's status and, for a message made here, its id.
    pub(crate) async fn inbound(&self, body: InboundBody) -> Option<Value> {
        let in_hand = self.0.busy.begin();
        let signature = body.signature.clone();
        let (payload, wamid) = match body.payload.clone() {
            Some(payload) => (payload, None),
            None => {
                let (payload, wamid) = self.message(body)?;
                (payload, Some(wamid))
            }
        };
        self.open_windows(&payload);
        let status = deliveries::post(self, &payload, signature.as_deref()).await;
        drop(in_hand);
        Some(json!({ "status": status, "wamid": wamid }))
    }

    fn message(&self, body: InboundBody) -> Option<(Value, String)> {
        let from = body.from?.trim_start_matches('+').to_owned();
        let kind = body.kind.unwrap_or_else(|| "text".to_owned());
        let wamid = body.wamid.unwrap_or_else(|| format!("wamid.in{}", self.0.random.hex()));
        let mut content = match body.text {
            Some(text) => json!({ "body": text }),
            None => body.more.get(&kind).cloned().unwrap_or_else(|| json!({})),
        };
        if let Some(file) = body.file {
            self.attach(&mut content, &file)?;
        }
        let timestamp = self.0.clock.now().seconds().to_string();
        let message = json!({ "from": from, "id": wamid, "timestamp": timestamp, "type": kind, kind.clone(): content });
        let profile = json!({ "name": body.name.unwrap_or_else(|| "Simulated Patient".to_owned()) });
        let contact = json!({ "wa_id": from, "profile": profile });
        let value = json!({ "contacts": [contact], "messages": [message] });
        Some((deliveries::envelope(self, &value), wamid))
    }

    /// Gives a message a file of the patient.
    fn attach(&self, content: &mut Value, base64: &str) -> Option<()> {
        let fields = content.as_object_mut()?;
        let named = fields.get("mime_type").and_then(Value::as_str).map(ToOwned::to_owned);
        let bytes = Bytes::from(STANDARD.decode(base64).ok()?);
        let known = recognise(&bytes).map(|file_type| file_type.mime_type.to_owned());
        let mime_type = named.or(known).unwrap_or_else(|| "application/octet-stream".to_owned());
        let media = StoredMedia { mime_type, bytes, until: self.0.clock.now().plus(PATIENTS_LASTS) };
        let id = self.keep_media(&media)?;
        fields.insert("sha256".to_owned(), json!(media.sha256_base64()));
        fields.insert("mime_type".to_owned(), json!(media.mime_type));
        fields.insert("id".to_owned(), json!(id));
        Some(())
    }

    /// Whoever writes opens their window, by whatever name the payload calls them.
    fn open_windows(&self, payload: &Value) {
        let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        for entry in list(payload, "entry") {
            for change in list(&entry, "changes") {
                let value = change.get("value").cloned().unwrap_or_default();
                let senders = list(&value, "messages").into_iter().filter_map(|message| message.get("from").cloned());
                let contacts = list(&value, "contacts");
                let named =
                    contacts.iter().flat_map(|contact| ["wa_id", "user_id"].map(|name| contact.get(name).cloned()));
                let is_inbound = !list(&value, "messages").is_empty();
                for user in senders.chain(named.flatten()).filter(|_| is_inbound) {
                    self.0.ledger.open_window(user.as_str().unwrap_or_default(), self.0.clock.now());
                }
            }
        }
    }
}
