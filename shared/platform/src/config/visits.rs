//! Where interpreter visits are heard, and where their orders go.

use domain::visit::order::OrderKind;

use super::{ConfigError, Environment, OpenAiSettings, Settings, environment};

/// What the functions of interpreter visits need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitSettings {
    /// Who gives the credentials of realtime sessions.
    pub realtime: RealtimeSettings,
    /// The model that hears and speaks, unless a client wants another (`REALTIME_MODEL`).
    pub model: String,
    /// Under which address systems take orders, without a slash at its end (`ORDER_WEBHOOK_BASE`); absent where they take none.
    pub orders: Option<String>,
    /// The API's own address, for links in what others are told (`PUBLIC_URL`); absent, links begin with the path.
    pub public_url: Option<String>,
}

/// Who gives the credentials of realtime sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RealtimeSettings {
    /// This machine; they lead nowhere.
    Local,
    /// OpenAI, or a server that speaks its protocol.
    OpenAi(OpenAiSettings),
    /// Nobody: there is no key, and in production no stand-in.
    Nobody,
}

impl VisitSettings {
    /// Reads the settings.
    ///
    /// # Errors
    /// [`ConfigError`] for an address that is none.
    pub fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        let model = settings.get("REALTIME_MODEL").unwrap_or("gpt-realtime").to_owned();
        Ok(Self {
            realtime: realtime(settings, &model)?,
            model,
            orders: address(settings, "ORDER_WEBHOOK_BASE")?,
            public_url: address(settings, "PUBLIC_URL")?,
        })
    }

    /// Where systems take orders of a kind, as document 004 shows it.
    #[must_use]
    pub fn address_of(&self, kind: OrderKind) -> Option<String> {
        self.orders.as_ref().map(|base| format!("{base}/{}", kind.address()))
    }
}

fn realtime(settings: &Settings, model: &str) -> Result<RealtimeSettings, ConfigError> {
    if settings.get("OPENAI_API_KEY").is_some() {
        return super::model::openai_as(settings, model).map(RealtimeSettings::OpenAi);
    }
    Ok(match environment(settings)? {
        Environment::Local => RealtimeSettings::Local,
        Environment::Production => RealtimeSettings::Nobody,
    })
}

fn address(settings: &Settings, name: &'static str) -> Result<Option<String>, ConfigError> {
    let Some(raw) = settings.get(name) else { return Ok(None) };
    let raw = raw.trim_end_matches('/');
    let is_here = environment(settings)? == Environment::Local && raw.starts_with("http://127.0.0.1:");
    if raw.starts_with("https://") || is_here {
        return Ok(Some(raw.to_owned()));
    }
    Err(ConfigError::new(name, "must begin with https://"))
}
