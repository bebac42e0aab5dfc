//! What the handlers of an HTTP function are given.

use std::sync::Arc;

use platform::App;
use platform::app::StartError;
use platform::config::{Auth, Settings};
use platform::identity::Verifier;

/// The state of a router: the app, and who may call.
#[derive(Debug, Clone)]
pub struct Api {
    /// Everything that the product shares.
    pub app: App,
    /// Verifies tokens.
    pub verifier: Arc<Verifier>,
}

impl Api {
    /// An API on an app, with tokens verified as the settings say.
    ///
    /// # Errors
    /// [`StartError`] when a setting is missing or wrong.
    pub fn new(app: App, settings: &Settings) -> Result<Self, StartError> {
        let verifier = Verifier::new(&Auth::from_settings(settings)?)?;
        Ok(Self { app, verifier: Arc::new(verifier) })
    }

    /// The API of a Lambda function, with the keys for tokens already fetched.
    ///
    /// # Errors
    /// [`StartError`] when a setting or the secret is missing or wrong.
    pub async fn start() -> Result<Self, StartError> {
        let (app, settings) = App::start().await?;
        Self::started(app, &settings).await
    }

    /// The API on an app that has started, with the keys for tokens already fetched.
    ///
    /// # Errors
    /// [`StartError`] when a setting is missing or wrong.
    pub async fn started(app: App, settings: &Settings) -> Result<Self, StartError> {
        let api = Self::new(app, settings)?;
        api.verifier.preload(api.app.now()).await;
        Ok(api)
    }
}
