//! The settings of the functions here: what the template gives them, with stand-ins where it names the outside.

use std::collections::BTreeMap;

use platform::config::Settings;
use platform::random::Random;

use crate::template::{Deployment, Template};

/// The organisation of the seeded accounts and of people who write without being known.
pub const ORGANIZATION: u64 = 21;
/// The sender's id at the simulated Meta.
pub const PHONE_NUMBER_ID: &str = "100000000000021";
/// `iss` of the runner's tokens.
pub const ISSUER: &str = "https://careline.local";
/// `aud` of the runner's tokens.
pub const AUDIENCE: &str = "careline";

/// What only this machine knows.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// Signs tokens.
    pub tokens: String,
    /// The access token at the simulated Meta.
    pub whatsapp_token: String,
    /// Signs the simulated Meta's webhooks.
    pub whatsapp_app: String,
    /// What the simulated Meta repeats at verification.
    pub whatsapp_verify: String,
}

impl Secrets {
    /// New secrets.
    #[must_use]
    pub fn generate(random: &Random) -> Self {
        Self {
            tokens: random.hex() + &random.hex(),
            whatsapp_token: random.hex(),
            whatsapp_app: random.hex(),
            whatsapp_verify: random.hex(),
        }
    }

    /// The secrets as lines of a file, and back.
    #[must_use]
    pub fn to_lines(&self) -> String {
        [&self.tokens, &self.whatsapp_token, &self.whatsapp_app, &self.whatsapp_verify].map(String::as_str).join("\n")
    }

    /// The secrets from the lines of a file; nothing when a line is missing.
    #[must_use]
    pub fn from_lines(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(ToOwned::to_owned).filter(|line| line.len() >= 32);
        Some(Self {
            tokens: lines.next()?,
            whatsapp_token: lines.next()?,
            whatsapp_app: lines.next()?,
            whatsapp_verify: lines.next()?,
        })
    }
}

/// The parameters with which the template is read here.
#[must_use]
pub fn deployment(sqs_host: &str) -> Deployment {
    let parameters = [
        ("AppEnv", "local"),
        ("AuthIssuer", ISSUER),
        ("AuthAudience", AUDIENCE),
        ("WhatsAppPhoneNumberId", PHONE_NUMBER_ID),
        ("DefaultOrganizationId", "21"),
        // As document 004 shows them.
        ("RealtimeModel", "gpt-4o-realtime-preview-2024-12-17"),
        ("OrderWebhookBase", "https://webhook.site"),
    ];
    let parameters = parameters.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Deployment { parameters: parameters.collect(), sqs_host: sqs_host.to_owned() }
}

/// The settings of all functions: the template's environment, then the stand-ins.
#[must_use]
pub fn settings(template: &Template, secrets: &Secrets, more: &[(&str, String)]) -> Settings {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for function in &template.functions {
        all.extend(function.environment.clone());
    }
    let stand_ins = [
        ("SECRET_ARN", String::new()),
        ("WEBHOOK_LOOPBACK", "allow".to_owned()),
        // Where the documents' examples have their files.
        ("MEDIA_HOSTS", "cdn.prestigehealth.app".to_owned()),
        ("AUTH_HS256_SECRET", secrets.tokens.clone()),
        ("WHATSAPP_ACCESS_TOKEN", secrets.whatsapp_token.clone()),
        ("WHATSAPP_APP_SECRET", secrets.whatsapp_app.clone()),
        ("WHATSAPP_VERIFY_TOKEN", secrets.whatsapp_verify.clone()),
    ];
    all.extend(stand_ins.into_iter().chain(more.iter().cloned()).map(|(name, value)| (name.to_owned(), value)));
    let mut settings = Settings::default();
    settings.extend(all);
    settings
}
