//! The copy of uploads at Google Drive.

use std::fmt;

use serde::Deserialize;

use super::{ConfigError, Environment, Settings, environment};

const API: &str = "https://www.googleapis.com";

/// How Google Drive is reached, when copies are wanted (`GOOGLE_DRIVE_FOLDER_ID`).
#[derive(Clone, PartialEq, Eq)]
pub struct DriveSettings {
    /// The folder in a shared drive: a service account has no room of its own.
    pub folder: String,
    /// Who it acts for, when the folder is a person's (`GOOGLE_DELEGATED_USER`).
    pub delegated_user: Option<String>,
    /// The service account (`GOOGLE_SERVICE_ACCOUNT`, from the secret).
    pub account: ServiceAccount,
    /// Google's address (`GOOGLE_API_BASE`); only Google's own in production.
    pub base: String,
}

/// What a service account's key file holds.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct ServiceAccount {
    /// Who it is.
    pub client_email: String,
    /// Which of its keys this is.
    pub private_key_id: String,
    /// The key, PEM.
    pub private_key: String,
    /// Where it gets its tokens.
    pub token_uri: String,
}

impl fmt::Debug for DriveSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DriveSettings").field("base", &self.base).finish_non_exhaustive()
    }
}

impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount").finish_non_exhaustive()
    }
}

impl DriveSettings {
    /// Reads the settings of a function that copies; nothing when no copies are wanted.
    ///
    /// # Errors
    /// [`ConfigError`] for a key file that is missing or unreadable, or a stand-in in production.
    pub fn from_settings(settings: &Settings) -> Result<Option<Self>, ConfigError> {
        let Some(folder) = settings.get("GOOGLE_DRIVE_FOLDER_ID") else { return Ok(None) };
        let account = settings.require_secret("GOOGLE_SERVICE_ACCOUNT")?;
        let account: ServiceAccount = serde_json::from_str(account).map_err(|_| {
            ConfigError::new("GOOGLE_SERVICE_ACCOUNT", "is not the JSON of a service account's key file")
        })?;
        let base = settings.get("GOOGLE_API_BASE").unwrap_or(API).trim_end_matches('/').to_owned();
        let is_googles = base == API && account.token_uri == "https://oauth2.googleapis.com/token";
        if environment(settings)? == Environment::Production && !is_googles {
            return Err(ConfigError::new("GOOGLE_API_BASE", "and token_uri must be Google's own in production"));
        }
        Ok(Some(Self {
            folder: folder.to_owned(),
            delegated_user: settings.get("GOOGLE_DELEGATED_USER").map(ToOwned::to_owned),
            account,
            base,
        }))
    }
}
