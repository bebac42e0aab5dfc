//! Interpreter visits (document 004): sessions, conversations, utterances, actions, summaries and the system's health.

use std::sync::Arc;

use axum::{Extension, Router};
use domain::time::Timestamp;
use platform::App;
use platform::app::StartError;
use platform::config::{Settings, VisitSettings};
use platform::model::Model;
use platform::realtime::Realtime;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod action;
mod actions;
mod approve;
mod conversation;
mod conversations;
mod detect;
mod edit;
mod end;
mod end_session;
mod generate;
mod health;
mod keep;
mod session;
mod start;
mod summary;
mod utterance;
mod utterances;
mod validate;
mod view;

/// What the operations need beside the app: settings, who gives credentials, and the model that writes summaries.
#[derive(Debug, Clone)]
pub struct Visits {
    pub(crate) settings: Arc<VisitSettings>,
    pub(crate) realtime: Realtime,
    pub(crate) model: Model,
    /// When this process began to serve.
    pub(crate) since: Timestamp,
    pub(crate) checked: health::Checked,
}

impl Visits {
    /// As the settings say.
    ///
    /// # Errors
    /// [`StartError`] when a setting is wrong.
    pub fn new(app: &App, settings: &Settings, model: Model) -> Result<Self, StartError> {
        let settings = VisitSettings::from_settings(settings)?;
        let realtime = Realtime::new(&settings.realtime)?;
        let (settings, checked) = (Arc::new(settings), health::Checked::default());
        Ok(Self { settings, realtime, model, since: app.now(), checked })
    }
}

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(session::create_session))
        .routes(routes!(end_session::end_session))
        .routes(routes!(start::start_conversation, conversations::list_conversations))
        .routes(routes!(conversation::get_conversation))
        .routes(routes!(end::end_conversation))
        .routes(routes!(utterance::add_utterance, utterances::list_utterances))
        .routes(routes!(detect::detect_actions))
        .routes(routes!(actions::list_actions))
        .routes(routes!(action::get_action))
        .routes(routes!(validate::validate_action))
        .routes(routes!(generate::generate_summary))
        .routes(routes!(summary::get_summary, edit::edit_summary))
        .routes(routes!(approve::approve_summary))
        .routes(routes!(health::health))
}

/// The function as it is served.
pub fn service(api: &Api, visits: Visits) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::InterpreterVisits, router.layer(Extension(visits)))
}
