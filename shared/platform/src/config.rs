//! Configuration: the only code that reads the environment. `README.md` has the table of all settings.

use std::collections::BTreeMap;

use domain::delivery::InDoubt;
use domain::ids::OrganizationId;
use domain::template::{self, Language, Template, TemplateName};
use domain::zone::{QuietHours, Zone};

mod auth;
mod drive;
mod model;
mod visits;
mod webhook;
mod whatsapp;

pub use auth::{Auth, Keys};
pub use drive::{DriveSettings, ServiceAccount};
pub use model::{ModelSettings, OpenAiSettings};
pub use visits::{RealtimeSettings, VisitSettings};
pub use webhook::loopback;
pub use whatsapp::{WhatsappApi, WhatsappWebhook};

/// A setting is missing or wrong. It names the setting and never prints a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} {problem}")]
pub struct ConfigError {
    name: &'static str,
    problem: &'static str,
}

impl ConfigError {
    pub(crate) fn new(name: &'static str, problem: &'static str) -> Self {
        Self { name, problem }
    }
}

/// Settings by name, wherever they come from.
#[derive(Debug, Clone, Default)]
pub struct Settings(BTreeMap<String, String>);

impl Settings {
    /// The process's environment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_environment() -> Self {
        Self(std::env::vars().collect())
    }

    /// Adds settings; those that were there are replaced.
    pub fn extend(&mut self, settings: impl IntoIterator<Item = (String, String)>) {
        self.0.extend(settings);
    }

    /// A setting that may be missing; blank counts as missing.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// A setting that must be there.
    ///
    /// # Errors
    /// [`ConfigError`] when it is missing or blank.
    pub fn require(&self, name: &'static str) -> Result<&str, ConfigError> {
        self.get(name).ok_or_else(|| ConfigError::new(name, "is required"))
    }

    /// A setting that is too secret for the environment of a function.
    fn require_secret(&self, name: &'static str) -> Result<&str, ConfigError> {
        let missing = "is required; on AWS it stands in the secret that SECRET_ARN names";
        self.get(name).ok_or_else(|| ConfigError::new(name, missing))
    }

    fn parsed<T: std::str::FromStr>(&self, name: &'static str) -> Result<Option<T>, ConfigError> {
        let Some(raw) = self.get(name) else { return Ok(None) };
        raw.parse().map(Some).map_err(|_| ConfigError::new(name, "is not valid"))
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Settings {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

/// Where the product runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// With real patients: no stand-in, no shared secret for tokens.
    Production,
    /// On one machine, with stand-ins.
    Local,
}

/// The tables' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Threads and the lists in which they stand.
    pub threads: String,
    /// Messages.
    pub messages: String,
    /// Patients, contacts, providers, templates and versions.
    pub records: String,
    /// Idempotency, webhook deduplication, rate counters; all with an end.
    pub guards: String,
    /// Who did what to whose record; append only.
    pub audit: String,
}

/// The queues' addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queues {
    /// To the delivery worker (`DELIVERY_QUEUE_URL`).
    pub delivery: String,
    /// To the assistant (`ASSISTANT_QUEUE_URL`).
    pub assistant: String,
    /// To whoever moves files (`TRANSFER_QUEUE_URL`).
    pub transfer: String,
    /// To whoever delivers webhooks (`WEBHOOK_QUEUE_URL`).
    pub webhook: String,
    /// To whoever has models write summaries (`SUMMARY_QUEUE_URL`).
    pub summary: String,
}

/// Where files are, and where else they may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaPlaces {
    /// The bucket (`MEDIA_BUCKET`).
    pub bucket: String,
    /// Hosts from which WhatsApp may be told to fetch (`MEDIA_HOSTS`, separated by commas).
    pub hosts: Vec<String>,
}

/// When the product does something by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Where it is day when nobody knows better (`DEFAULT_TIME_ZONE`).
    pub zone: Zone,
    /// When nothing is sent to patients by itself (`QUIET_HOURS`).
    pub quiet: QuietHours,
    /// At what hour of that zone doctors get their daily reports (`DAILY_REPORT_HOUR`).
    pub report: i8,
}

/// Requests per caller and minute; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// For requests that change nothing.
    pub reads: Option<u32>,
    /// For requests that change something.
    pub writes: Option<u32>,
    /// For files among them.
    pub uploads: Option<u32>,
    /// For answers of a model that a request waits for.
    pub replies: Option<u32>,
}

/// What every function needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where the product runs (`APP_ENV`).
    pub environment: Environment,
    /// The tables' names (`THREADS_TABLE`, `MESSAGES_TABLE`, `RECORDS_TABLE`, `GUARDS_TABLE`, `AUDIT_TABLE`).
    pub tables: Tables,
    /// Where hints go.
    pub queues: Queues,
    /// Where files are.
    pub media: MediaPlaces,
    /// When the product does something by itself.
    pub hours: Hours,
    /// What happens to a message in doubt (`IN_DOUBT`: `resend` or `fail`).
    pub in_doubt: InDoubt,
    /// The organisation to which unknown senders belong (`DEFAULT_ORGANIZATION_ID`).
    pub default_organization: OrganizationId,
    /// The country code that completes national phone numbers (`PHONE_COUNTRY_CODE`).
    pub phone_country: Option<String>,
    /// The template of organisations that have none of their own (`WHATSAPP_TEMPLATE_CHECK_IN`, `WHATSAPP_TEMPLATE_LANG`).
    pub template: Template,
    /// Requests per minute (`RATE_LIMIT_READS`, `RATE_LIMIT_WRITES`, `RATE_LIMIT_UPLOADS`, `RATE_LIMIT_REPLIES`; 0 is no limit).
    pub rate_limits: RateLimits,
}

impl Config {
    /// Reads the settings that every function has.
    ///
    /// # Errors
    /// [`ConfigError`] naming the first setting that is missing or wrong.
    pub fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        let table = |name| settings.require(name).map(ToOwned::to_owned);
        Ok(Self {
            environment: environment(settings)?,
            tables: Tables {
                threads: table("THREADS_TABLE")?,
                messages: table("MESSAGES_TABLE")?,
                records: table("RECORDS_TABLE")?,
                guards: table("GUARDS_TABLE")?,
                audit: table("AUDIT_TABLE")?,
            },
            queues: Queues {
                delivery: table("DELIVERY_QUEUE_URL")?,
                assistant: table("ASSISTANT_QUEUE_URL")?,
                transfer: table("TRANSFER_QUEUE_URL")?,
                webhook: table("WEBHOOK_QUEUE_URL")?,
                summary: table("SUMMARY_QUEUE_URL")?,
            },
            media: MediaPlaces { bucket: table("MEDIA_BUCKET")?, hosts: hosts(settings)? },
            hours: hours(settings)?,
            in_doubt: in_doubt(settings)?,
            default_organization: settings
                .parsed("DEFAULT_ORGANIZATION_ID")?
                .ok_or_else(|| ConfigError::new("DEFAULT_ORGANIZATION_ID", "is required"))?,
            phone_country: whatsapp::phone_country(settings)?,
            template: template(settings)?,
            rate_limits: RateLimits {
                reads: limit(settings, "RATE_LIMIT_READS", 300)?,
                writes: limit(settings, "RATE_LIMIT_WRITES", 100)?,
                uploads: limit(settings, "RATE_LIMIT_UPLOADS", 20)?,
                replies: limit(settings, "RATE_LIMIT_REPLIES", 20)?,
            },
        })
    }

    /// Whether real patients are reached.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.environment == Environment::Production
    }
}

pub(crate) fn environment(settings: &Settings) -> Result<Environment, ConfigError> {
    match settings.require("APP_ENV")? {
        "production" => Ok(Environment::Production),
        "local" => Ok(Environment::Local),
        _ => Err(ConfigError::new("APP_ENV", "must be production or local")),
    }
}

fn hosts(settings: &Settings) -> Result<Vec<String>, ConfigError> {
    let listed =
        settings.get("MEDIA_HOSTS").unwrap_or_default().split(',').map(str::trim).filter(|host| !host.is_empty());
    let hosts: Vec<String> = listed.map(str::to_ascii_lowercase).collect();
    let is_host = |host: &String| {
        host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
    };
    if hosts.iter().all(is_host) {
        Ok(hosts)
    } else {
        Err(ConfigError::new("MEDIA_HOSTS", "must be host names separated by commas"))
    }
}

fn in_doubt(settings: &Settings) -> Result<InDoubt, ConfigError> {
    match settings.get("IN_DOUBT") {
        None | Some("resend") => Ok(InDoubt::Resend),
        Some("fail") => Ok(InDoubt::Fail),
        Some(_) => Err(ConfigError::new("IN_DOUBT", "must be resend or fail")),
    }
}

fn hours(settings: &Settings) -> Result<Hours, ConfigError> {
    let zone = settings.get("DEFAULT_TIME_ZONE").map(|name| {
        Zone::parse(name).ok_or_else(|| ConfigError::new("DEFAULT_TIME_ZONE", "is not a name of the IANA database"))
    });
    let quiet = settings.get("QUIET_HOURS").map(|hours| {
        QuietHours::parse(hours).ok_or_else(|| ConfigError::new("QUIET_HOURS", "must be two hours, for example 21-8"))
    });
    let report = settings.parsed("DAILY_REPORT_HOUR")?.unwrap_or(18);
    if !(0..24).contains(&report) {
        return Err(ConfigError::new("DAILY_REPORT_HOUR", "must be from 0 to 23"));
    }
    Ok(Hours {
        zone: zone.transpose()?.unwrap_or_else(Zone::utc),
        quiet: quiet.transpose()?.unwrap_or_default(),
        report,
    })
}

fn template(settings: &Settings) -> Result<Template, ConfigError> {
    let name = settings.get("WHATSAPP_TEMPLATE_CHECK_IN").unwrap_or("doctor_check_in");
    let language = settings.get("WHATSAPP_TEMPLATE_LANG").unwrap_or("en_US");
    Ok(Template {
        name: TemplateName::parse(name)
            .map_err(|_| ConfigError::new("WHATSAPP_TEMPLATE_CHECK_IN", "is not a template name"))?,
        language: Language::parse(language)
            .map_err(|_| ConfigError::new("WHATSAPP_TEMPLATE_LANG", "is not a language code"))?,
        body: template::CHECK_IN_BODY.to_owned(),
        approved: true,
    })
}

fn limit(settings: &Settings, name: &'static str, default: u32) -> Result<Option<u32>, ConfigError> {
    let limit = settings.parsed(name)?.unwrap_or(default);
    Ok((limit > 0).then_some(limit))
}

#[cfg(test)]
mod tests;
