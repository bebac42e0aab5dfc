//! Posting webhooks as Meta does: signed over the escaped bytes, again and again until the answer is 200.

use std::time::Duration;

use platform::whatsapp::signature::sign;
use serde_json::{Value, json};

use super::Meta;
use crate::settings::PHONE_NUMBER_ID;

/// Meta gives up after a week.
const GIVE_UP: Duration = Duration::from_hours(7 * 24);
const LONGEST_GAP: Duration = Duration::from_hours(1);

/// Posts a body until it is taken. The first refusal ends what others wait for; the rest happens in the background.
pub(super) async fn deliver(meta: &Meta, body: Value) {
    if post(meta, &body, None).await == Some(200) {
        return;
    }
    let meta = meta.clone();
    tokio::spawn(async move {
        let started = meta.0.clock.now();
        let mut gap = Duration::from_secs(1);
        while meta.0.clock.now().since(started) < GIVE_UP {
            meta.0.clock.sleep_until(meta.0.clock.now().plus(gap)).await;
            let in_hand = meta.0.busy.begin();
            let taken = post(&meta, &body, None).await == Some(200);
            drop(in_hand);
            if taken {
                return;
            }
            gap = (gap * 2).min(LONGEST_GAP);
        }
    });
}

/// Posts a body once, with a good signature or another, and answers the status.
pub(super) async fn post(meta: &Meta, body: &Value, signature: Option<&str>) -> Option<u16> {
    let url = meta.0.webhook.get()?;
    let bytes = escaped(&body.to_string());
    let good = sign(&meta.0.secrets.whatsapp_app, bytes.as_bytes())?;
    let signature = signature.unwrap_or(&good);
    let request =
        meta.0.client.post(url).header("content-type", "application/json").header("x-hub-signature-256", signature);
    request.body(bytes).send().await.ok().map(|answer| answer.status().as_u16())
}

/// The envelope of a value for our number.
pub(super) fn envelope(_: &Meta, value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("messaging_product".to_owned(), json!("whatsapp"));
        let metadata = json!({ "display_phone_number": "15550000021", "phone_number_id": PHONE_NUMBER_ID });
        fields.insert("metadata".to_owned(), metadata);
    }
    let change = json!({ "field": "messages", "value": value });
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "200000000000021", "changes": [change] }] })
}

/// Meta escapes everything outside ASCII, and signs that.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn escapes_as_meta_does() {
        assert_eq!(escaped("\"café 🙂\""), r#""caf\u00e9 \ud83d\ude42""#);
    }
}
