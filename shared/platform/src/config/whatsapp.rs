//! How WhatsApp is reached, and how its webhooks are known.

use std::fmt;

use super::{ConfigError, Environment, Settings, environment};

/// The oldest version of the Graph API that is still served when this was written is v21.0.
const CURRENT_VERSION: &str = "v26.0";

/// How the Cloud API is called.
#[derive(Clone, PartialEq, Eq)]
pub struct WhatsappApi {
    /// Address with version, for example `https://graph.facebook.com/v26.0` (`WHATSAPP_API_BASE`, `WHATSAPP_API_VERSION`).
    pub base: String,
    /// The sender's id (`WHATSAPP_PHONE_NUMBER_ID`).
    pub phone_number_id: String,
    /// The access token (`WHATSAPP_ACCESS_TOKEN`, from the secret).
    pub token: String,
}

/// How webhooks from Meta are verified.
#[derive(Clone, PartialEq, Eq)]
pub struct WhatsappWebhook {
    /// The key of the signature (`WHATSAPP_APP_SECRET`, from the secret).
    pub app_secret: String,
    /// What Meta repeats when the webhook is registered (`WHATSAPP_VERIFY_TOKEN`, from the secret).
    pub verify_token: String,
    /// Only what came for this number is ours (`WHATSAPP_PHONE_NUMBER_ID`).
    pub phone_number_id: String,
}

impl fmt::Debug for WhatsappApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WhatsappApi").field("base", &self.base).finish_non_exhaustive()
    }
}

impl fmt::Debug for WhatsappWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WhatsappWebhook").finish_non_exhaustive()
    }
}

impl WhatsappApi {
    /// Whether this is Meta itself, and no stand-in.
    #[must_use]
    pub fn is_metas(&self) -> bool {
        self.base.starts_with("https://graph.facebook.com/")
    }

    /// Whether an address is at the same host and port.
    #[must_use]
    pub fn is_at(&self, url: &reqwest::Url) -> bool {
        reqwest::Url::parse(&self.base).is_ok_and(|base| base.origin() == url.origin())
    }

    /// Reads the settings of the delivery worker.
    ///
    /// # Errors
    /// [`ConfigError`] for a missing setting, or for a stand-in as address in production.
    pub fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        let base = settings.get("WHATSAPP_API_BASE").unwrap_or("https://graph.facebook.com");
        let version = settings.get("WHATSAPP_API_VERSION").unwrap_or(CURRENT_VERSION);
        if environment(settings)? == Environment::Production && base != "https://graph.facebook.com" {
            return Err(ConfigError::new("WHATSAPP_API_BASE", "must be https://graph.facebook.com in production"));
        }
        Ok(Self {
            base: format!("{}/{version}", base.trim_end_matches('/')),
            phone_number_id: settings.require("WHATSAPP_PHONE_NUMBER_ID")?.to_owned(),
            token: settings.require_secret("WHATSAPP_ACCESS_TOKEN")?.to_owned(),
        })
    }
}

impl WhatsappWebhook {
    /// Reads the settings of the webhook function.
    ///
    /// # Errors
    /// [`ConfigError`] for a missing setting.
    pub fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        Ok(Self {
            app_secret: settings.require_secret("WHATSAPP_APP_SECRET")?.to_owned(),
            verify_token: settings.require_secret("WHATSAPP_VERIFY_TOKEN")?.to_owned(),
            phone_number_id: settings.require("WHATSAPP_PHONE_NUMBER_ID")?.to_owned(),
        })
    }
}

/// The country code that completes national phone numbers.
pub(super) fn phone_country(settings: &Settings) -> Result<Option<String>, ConfigError> {
    let Some(code) = settings.get("PHONE_COUNTRY_CODE") else {
        return Ok(None);
    };
    let fits =
        (1..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()) && !code.starts_with('0');
    if fits { Ok(Some(code.to_owned())) } else { Err(ConfigError::new("PHONE_COUNTRY_CODE", "must be 1 to 3 digits")) }
}
