//! Which model answers for the assistant.

use std::fmt;

use super::{ConfigError, Environment, Settings, environment};

/// Which model answers, and how it is reached (`ASSISTANT_MODEL`: `rules`, `openai` or `bedrock`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ModelSettings {
    /// No model: the rules.
    Rules,
    /// A server that speaks OpenAI's protocol.
    OpenAi(OpenAiSettings),
    /// Amazon Bedrock.
    Bedrock {
        /// The model's or inference profile's id (`BEDROCK_MODEL_ID`).
        model: String,
    },
}

/// A server that speaks OpenAI's protocol.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenAiSettings {
    /// Its address with the version (`OPENAI_BASE_URL`).
    pub base: String,
    /// The key (`OPENAI_API_KEY`, from the secret).
    pub key: String,
    /// The model's name (`OPENAI_MODEL`).
    pub model: String,
}

impl fmt::Debug for OpenAiSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenAiSettings").field("base", &self.base).field("model", &self.model).finish_non_exhaustive()
    }
}

impl ModelSettings {
    /// Reads the settings of a function that asks a model.
    ///
    /// # Errors
    /// [`ConfigError`] for an unknown model, a missing setting, or an address without TLS that is not this machine.
    pub fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        match settings.get("ASSISTANT_MODEL") {
            None | Some("rules") => Ok(Self::Rules),
            Some("openai") => openai(settings).map(Self::OpenAi),
            Some("bedrock") => Ok(Self::Bedrock { model: settings.require("BEDROCK_MODEL_ID")?.to_owned() }),
            Some(_) => Err(ConfigError::new("ASSISTANT_MODEL", "must be rules, openai or bedrock")),
        }
    }
}

fn openai(settings: &Settings) -> Result<OpenAiSettings, ConfigError> {
    openai_as(settings, settings.require("OPENAI_MODEL")?)
}

/// The server with a given model.
pub(super) fn openai_as(settings: &Settings, model: &str) -> Result<OpenAiSettings, ConfigError> {
    let base = settings.get("OPENAI_BASE_URL").unwrap_or("https://api.openai.com/v1").trim_end_matches('/');
    let is_here = environment(settings)? == Environment::Local && base.starts_with("http://127.0.0.1:");
    if !(base.starts_with("https://") || is_here) {
        return Err(ConfigError::new("OPENAI_BASE_URL", "must begin with https://"));
    }
    Ok(OpenAiSettings {
        base: base.to_owned(),
        key: settings.require_secret("OPENAI_API_KEY")?.to_owned(),
        model: model.to_owned(),
    })
}
