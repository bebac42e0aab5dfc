//! What a function is given: everything that is shared, nothing that is global.

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;

use crate::clock::Clock;
use crate::config::{Config, ConfigError, Settings};
use crate::files::Files;
use crate::metrics::{Count, Metrics};
use crate::points::Points;
use crate::queue::Hints;
use crate::random::Random;
use crate::store::Store;

/// Everything that the code of a function may reach.
#[derive(Debug, Clone)]
pub struct App {
    /// The settings.
    pub config: Arc<Config>,
    /// The time.
    pub clock: Clock,
    /// Random bits.
    pub random: Random,
    /// Counters.
    pub metrics: Metrics,
    /// What happens at the steps between which a process can die.
    pub points: Points,
    /// The tables.
    pub store: Store,
    /// The queues to the workers.
    pub hints: Hints,
    /// The bucket.
    pub files: Files,
}

/// The AWS clients of a process.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The tables.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The queues.
    pub sqs: aws_sdk_sqs::Client,
    /// How the bucket is reached.
    pub s3: SdkConfig,
}

impl Clients {
    /// Clients for the services that an SDK configuration names.
    #[must_use]
    pub fn new(sdk: &SdkConfig) -> Self {
        Self { dynamodb: aws_sdk_dynamodb::Client::new(sdk), sqs: aws_sdk_sqs::Client::new(sdk), s3: sdk.clone() }
    }
}

/// How long a call may take: a hanging connection must not eat the 30 s of the gateway.
#[must_use]
pub fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(5))
        .build()
}

/// How often the SDK itself repeats a call.
#[must_use]
pub fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(3)
}

/// A function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The secret cannot be read.
    #[error("the secret named by SECRET_ARN cannot be read: {0}")]
    Secret(&'static str),
    /// No HTTP client can be made.
    #[error("no HTTP client can be made")]
    Http(#[from] reqwest::Error),
}

impl App {
    /// An app on given clients, with the machine's clock and randomness.
    ///
    /// # Errors
    /// [`ConfigError`] naming the first setting that is missing or wrong.
    pub fn new(settings: &Settings, clients: Clients) -> Result<Self, ConfigError> {
        let config = Config::from_settings(settings)?;
        Ok(Self {
            clock: Clock::System,
            random: Random::System,
            metrics: Metrics::Embedded,
            points: Points::Passed,
            store: Store::new(clients.dynamodb, config.tables.clone()),
            hints: Hints::new(clients.sqs, config.queues.clone()),
            files: Files::new(&clients.s3, config.media.bucket.clone()),
            config: Arc::new(config),
        })
    }

    /// The app of a Lambda function, from the environment, and the settings with the secret's values among them.
    ///
    /// # Errors
    /// [`StartError`] when a setting or the secret is missing or wrong: the function must not start then.
    pub async fn start() -> Result<(Self, Settings), StartError> {
        let mut settings = Settings::from_environment();
        let sdk = aws_config::from_env().timeout_config(timeouts()).retry_config(retries()).load().await;
        if let Some(arn) = settings.get("SECRET_ARN").map(ToOwned::to_owned) {
            settings.extend(secret(&sdk, &arn).await?);
        }
        let app = Self::new(&settings, Clients::new(&sdk))?;
        Ok((app, settings))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> domain::time::Timestamp {
        self.clock.now()
    }

    /// Adds one to a count.
    pub fn count(&self, count: Count) {
        self.metrics.add(count, 1, self.now());
    }
}

/// The settings in a secret: a JSON object of names and texts.
async fn secret(sdk: &SdkConfig, arn: &str) -> Result<Vec<(String, String)>, StartError> {
    let client = aws_sdk_secretsmanager::Client::new(sdk);
    let answer = client.get_secret_value().secret_id(arn).send().await;
    let value = answer.map_err(|_| StartError::Secret("Secrets Manager refused or did not answer"))?;
    let text = value.secret_string().ok_or(StartError::Secret("it is not text"))?;
    let settings: std::collections::BTreeMap<String, String> =
        serde_json::from_str(text).map_err(|_| StartError::Secret("it is not a JSON object of texts"))?;
    Ok(settings.into_iter().collect())
}
