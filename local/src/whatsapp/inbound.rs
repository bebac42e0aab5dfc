//! Playing the patient: a message of theirs, or any payload, signed and posted to the webhook.

use serde::Deserialize;
use serde_json::{Map, Value, json};

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
        let content = match body.text {
            Some(text) => json!({ "body": text }),
            None => body.more.get(&kind).cloned().unwrap_or_else(|| json!({})),
        };
        let timestamp = self.0.clock.now().seconds().to_string();
        let message = json!({ "from": from, "id": wamid, "timestamp": timestamp, "type": kind, kind.clone(): content });
        let profile = json!({ "name": body.name.unwrap_or_else(|| "Simulated Patient".to_owned()) });
        let contact = json!({ "wa_id": from, "profile": profile });
        let value = json!({ "contacts": [contact], "messages": [message] });
        Some((deliveries::envelope(self, &value), wamid))
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
