//! The statuses of an accepted message, as webhooks.

use std::time::Duration;

use serde_json::{Value, json};

use super::faults::Mode;
use super::{Meta, deliveries};

/// Tells the statuses of a message, in the background.
pub(super) fn tell(meta: &Meta, wamid: &str, (recipient, callback): (&str, &Value), fail_later: Option<u32>) {
    let how = meta.0.script.statuses();
    let mut names = match (fail_later, how.mode) {
        (Some(_), _) => vec!["failed"],
        (None, Mode::None) => vec![],
        (None, Mode::Sent) => vec!["sent"],
        (None, Mode::Delivered) => vec!["sent", "delivered"],
        (None, Mode::All | Mode::AsyncWindow) => vec!["sent", "delivered", "read"],
    };
    names.retain(|name| !how.drop.has(name));
    if how.reorder {
        names.reverse();
    }
    let told: Vec<Value> = names
        .into_iter()
        .flat_map(|name| if how.duplicate { vec![name, name] } else { vec![name] })
        .map(|name| status(meta, name, (wamid, recipient, callback), fail_later))
        .collect();
    let posts = if how.batch { vec![told] } else { told.into_iter().map(|status| vec![status]).collect() };
    tokio::spawn(post(meta.clone(), posts, Duration::from_secs(how.delay_s)));
}

/// Posts one after the other. What is told at once is waited for; what is delayed is the future's.
async fn post(meta: Meta, posts: Vec<Vec<Value>>, delay: Duration) {
    let in_hand = delay.is_zero().then(|| meta.0.busy.begin());
    for statuses in posts.into_iter().filter(|statuses| !statuses.is_empty()) {
        if !delay.is_zero() {
            meta.0.clock.sleep_until(meta.0.clock.now().plus(delay)).await;
        }
        let body = deliveries::envelope(&meta, &json!({ "statuses": statuses }));
        deliveries::deliver(&meta, body).await;
    }
    drop(in_hand);
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
