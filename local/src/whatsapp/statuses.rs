//! The statuses of an accepted message, as webhooks.

use serde_json::{Value, json};

use super::{Meta, deliveries};

/// Tells the statuses of a message, in the background.
pub(super) fn tell(meta: &Meta, wamid: &str, (recipient, callback): (&str, &Value), fail_later: Option<u32>) {
    let how = meta.0.script.statuses();
    let mut names = match (fail_later, how.mode.as_deref()) {
        (Some(_), _) => vec!["failed"],
        (None, Some("none")) => vec![],
        (None, Some("sent")) => vec!["sent"],
        (None, Some("delivered")) => vec!["sent", "delivered"],
        (None, _) => vec!["sent", "delivered", "read"],
    };
    names.retain(|name| !how.drop.has(name));
    if how.reorder {
        names.reverse();
    }
    let bodies: Vec<Value> = names
        .into_iter()
        .flat_map(|name| if how.duplicate { vec![name, name] } else { vec![name] })
        .map(|name| envelope(meta, &status(meta, name, (wamid, recipient, callback), fail_later)))
        .collect();
    let in_hand = meta.0.busy.begin();
    let meta = meta.clone();
    tokio::spawn(async move {
        for body in bodies {
            deliveries::deliver(&meta, body).await;
        }
        drop(in_hand);
    });
}

fn status(meta: &Meta, name: &str, (wamid, recipient, callback): (&str, &str, &Value), code: Option<u32>) -> Value {
    let mut status = json!({
        "id": wamid,
        "status": name,
        "timestamp": meta.0.clock.now().seconds().to_string(),
        "recipient_id": recipient,
        "biz_opaque_callback_data": callback,
    });
    if let (Some(code), Some(fields)) = (code, status.as_object_mut()) {
        let error = json!({ "code": code, "title": "simulated", "message": "simulated" });
        fields.insert("errors".to_owned(), json!([error]));
    }
    status
}

fn envelope(meta: &Meta, status: &Value) -> Value {
    deliveries::envelope(meta, &json!({ "statuses": [status] }))
}
