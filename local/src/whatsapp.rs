//! A stand-in for Meta: it takes sends with the checks and errors of the Cloud API, tells their statuses by signed
//! webhooks, delivers those again until they are taken, and lets a person play the patient (external contracts, 1.8).

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use platform::random::Random;
use serde_json::Value;

use crate::clock::MovableClock;
use crate::pollers::Busy;
use crate::settings::Secrets;
use crate::stack::StartError;

mod checks;
mod deliveries;
mod errors;
mod faults;
mod graph;
mod inbound;
mod ledger;
mod media;
mod media_faults;
mod statuses;
mod templates;

pub(crate) use faults::{FaultBody, Script};
pub(crate) use inbound::InboundBody;
pub(crate) use ledger::Ledger;
use ledger::StoredMedia;
pub(crate) use templates::KnownTemplate;

/// The simulated Meta.
#[derive(Clone)]
pub(crate) struct Meta(Arc<Inner>);

struct Inner {
    ledger: Ledger,
    script: Script,
    media_faults: media_faults::MediaFaults,
    templates: templates::Templates,
    clock: MovableClock,
    random: Random,
    secrets: Secrets,
    busy: Busy,
    client: reqwest::Client,
    /// Where webhooks go; known once the gateway listens.
    webhook: OnceLock<String>,
}

impl Meta {
    pub(crate) fn new(ledger: Ledger, clock: MovableClock, secrets: Secrets, busy: Busy) -> Result<Self, StartError> {
        let client = reqwest::Client::builder().build().map_err(StartError::data)?;
        Ok(Self(Arc::new(Inner {
            ledger,
            script: Script::default(),
            media_faults: media_faults::MediaFaults::default(),
            templates: templates::Templates::default(),
            clock,
            random: Random::System,
            secrets,
            busy,
            client,
            webhook: OnceLock::new(),
        })))
    }

    /// Where webhooks go from now on.
    pub(crate) fn call_back(&self, url: String) {
        let _ = self.0.webhook.set(url);
    }

    /// The Graph API.
    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/{version}/{phone_number_id}/messages", post(graph::messages))
            .route("/{version}/{phone_number_id}/media", post(media::upload).layer(DefaultBodyLimit::disable()))
            .route("/{version}/{media_id}", get(media::describe))
            .route("/files/{ticket}", get(media::download))
            .with_state(self.clone())
    }

    /// What was accepted for a recipient, in order.
    pub(crate) fn outbox(&self, to: Option<&str>) -> Vec<Value> {
        let digits = to.map(|to| to.trim_start_matches('+').to_owned());
        self.0.ledger.outbox(digits.as_deref())
    }

    /// What goes wrong from now on.
    pub(crate) fn set_faults(&self, mut body: FaultBody) {
        if let Some(media) = body.media.take() {
            self.0.media_faults.set(media);
        }
        self.0.script.set(body);
    }

    /// Keeps a file, and answers its id.
    fn keep_media(&self, media: &StoredMedia) -> Option<String> {
        // Ids of WhatsApp are digits.
        let id = (self.0.random.bits() >> 12).to_string();
        self.0.ledger.keep_media(&id, media).then_some(id)
    }

    /// A file, unless it is gone by now.
    fn media(&self, id: &str) -> Option<StoredMedia> {
        self.0.ledger.media(id).filter(|media| self.0.clock.now() < media.until)
    }

    pub(crate) fn learn_template(&self, template: KnownTemplate) {
        self.0.templates.learn(template);
    }
}
