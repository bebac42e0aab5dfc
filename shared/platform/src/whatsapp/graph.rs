//! The client of the Graph API: one request, three kinds of outcome.

use std::time::Duration;

use domain::delivery::Refusal;
use domain::provider_error::{ErrorClass, classify};
use domain::wamid::Wamid;
use reqwest::Method;
use serde_json::Value;

use super::wire::{Accepted, Refused};
use crate::config::WhatsappApi;
use crate::outward::{Outward, Unanswered};

/// Well inside the worker's 30 s; a slower answer leaves the message in doubt, which the hold resolves.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A client for one sender.
#[derive(Debug, Clone)]
pub struct Graph {
    outward: Outward,
    api: WhatsappApi,
}

/// What became of a send request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// WhatsApp took it.
    Accepted {
        /// Its id of the message.
        wamid: Wamid,
        /// What it calls the recipient, when it says so.
        wa_id: Option<String>,
    },
    /// WhatsApp refused it, or nobody knows ([`ErrorClass::Ambiguous`]).
    Refused(Refusal),
}

const UNKNOWN: Outcome = Outcome::Refused(Refusal { class: ErrorClass::Ambiguous, code: None });

impl Graph {
    /// A client as configured.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(api: WhatsappApi) -> Result<Self, reqwest::Error> {
        Ok(Self::on(Outward::network()?, api))
    }

    /// A client on a given way to WhatsApp.
    #[must_use]
    pub fn on(outward: Outward, api: WhatsappApi) -> Self {
        Self { outward, api }
    }

    pub(super) fn outward(&self) -> &Outward {
        &self.outward
    }

    pub(super) fn api(&self) -> &WhatsappApi {
        &self.api
    }

    /// The sender's id.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        &self.api.phone_number_id
    }

    /// Sends one message. Never repeats by itself: there is no idempotency key, so only the ledger may decide that.
    pub async fn send(&self, body: &Value) -> Outcome {
        let url = format!("{}/{}/messages", self.api.base, self.api.phone_number_id);
        let request = self.outward.request(Method::POST, &url).bearer_auth(&self.api.token).json(body);
        let answer = match self.outward.send(request, TIMEOUT).await {
            Ok(answer) => answer,
            // The one failure that is certain.
            Err(Unanswered::NotConnected | Unanswered::Forbidden) => return refused(ErrorClass::PASSING, None),
            Err(Unanswered::Lost) => return UNKNOWN,
        };
        let status = answer.status();
        let trace = header(&answer, "x-fb-trace-id");
        let Ok(body) = answer.bytes().await else { return UNKNOWN };
        if status.is_success() {
            return accepted(&body).unwrap_or(UNKNOWN);
        }
        let code = serde_json::from_slice::<Refused>(&body).ok().map(|refused| refused.error.code);
        tracing::warn!(status = status.as_u16(), code, trace, "WhatsApp refused a message");
        match code {
            Some(_) => refused(classify(code), code),
            None => UNKNOWN,
        }
    }
}

fn refused(class: ErrorClass, code: Option<u32>) -> Outcome {
    Outcome::Refused(Refusal { class, code })
}

fn header(answer: &reqwest::Response, name: &str) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

fn accepted(body: &[u8]) -> Option<Outcome> {
    let accepted: Accepted = serde_json::from_slice(body).ok()?;
    let wamid = Wamid::parse(&accepted.messages.first()?.id)?;
    let wa_id = accepted.contacts.into_iter().next().and_then(|contact| contact.wa_id);
    Some(Outcome::Accepted { wamid, wa_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acceptance_needs_an_id_and_nothing_else() {
        let full = br#"{"messaging_product":"whatsapp","contacts":[{"input":"+1650","wa_id":"1650"}],"messages":[{"id":"wamid.X","message_status":"accepted"}]}"#;
        let wamid = Wamid::parse("wamid.X").unwrap();
        assert_eq!(accepted(full), Some(Outcome::Accepted { wamid: wamid.clone(), wa_id: Some("1650".into()) }));
        let bare = br#"{"messages":[{"id":"wamid.X"}]}"#;
        assert_eq!(accepted(bare), Some(Outcome::Accepted { wamid, wa_id: None }));
        for body in [&b""[..], b"{}", br#"{"messages":[]}"#, br#"{"messages":[{"id":""}]}"#, b"<html>"] {
            assert_eq!(accepted(body), None);
        }
    }
}
