//! Prints webhooks as they are sent, one JSON object a line, for `.ci/webhooks.py`, which checks them with a library of others.

use domain::event::{EventDraft, EventKind, Stream, Subject};
use domain::ids::{OrganizationId, Seq, VisitNo};
use domain::time::Timestamp;
use platform::clock::Clock;
use platform::random::Random;
use platform::webhook::payload::Payload;
use platform::webhook::request::WebhookRequest;
use platform::webhook::signature::new_secret;
use serde_json::{Value, json};

/// What is told: texts in every script, keys that UTF-8 and UTF-16 order differently, numbers of every spelling.
fn told() -> [Value; 4] {
    [
        json!({ "action": { "confidence": 1.0, "note": "¿Cuánto? 痛み 😀 \"\\/\u{7f}\n\u{1}" }, "conversation": { "id": "conv_1048583" } }),
        json!({ "conversation": { "metadata": { "\u{fb33}": 1, "😀": 2, "a": [], "": {} }, "duration": 900 } }),
        json!({ "numbers": [0.95, 0.1, 100.0, 9_007_199_254_740_991_u64, -7, 0.000_001, 12.5] }),
        json!({ "summary": { "available": true, "url": null } }),
    ]
}

#[expect(clippy::print_stdout, reason = "this is what it is for")]
fn main() -> domain::Result<()> {
    let (random, now) = (Random::System, Clock::System.now());
    let visit = VisitNo::from_random(7).into();
    let organization_id = OrganizationId::new(21).ok_or(domain::Error::Internal)?;
    let mut stream = Stream { organization_id, no: visit, last: Seq::START };
    for (members, kind) in told().iter().zip(EventKind::ALL) {
        let (old, new) = (new_secret(&random), new_secret(&random));
        let (event, further) = stream.next(EventDraft::told(kind, Subject::Conversation), at(now));
        stream = further;
        let request = WebhookRequest::new(&event, &Payload::new(members)?, (&[&new, &old], now))?;
        let headers: serde_json::Map<_, _> =
            request.headers.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
        println!("{}", json!({ "secrets": [new.reveal(), old.reveal()], "headers": headers, "body": request.body }));
    }
    Ok(())
}

fn at(now: Timestamp) -> Timestamp {
    now.minus(std::time::Duration::from_hours(1))
}
