//! Everything together: the embedded services, the functions, the gateway and what stands in for the outside.

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use platform::App;
use platform::config::Settings;
use platform::points::Script;
use tokio::sync::watch;

use crate::clock::MovableClock;
use crate::connector::Faults;
use crate::drive::Google;
use crate::embedded::{Embedded, Endpoints, bind};
use crate::model_server::ModelServer;
use crate::pollers::Busy;
use crate::receiver::Receiver;
use crate::settings::{Secrets, deployment};
use crate::template::{TEMPLATE, Template, TemplateError};
use crate::timers::Scheduled;
use crate::whatsapp::Meta;
use assembly::Parts;

mod assembly;

/// What a person can choose.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port of the API; 0 is any.
    pub port: u16,
    /// The port of the AWS services for people and their tools; 0 is any.
    pub aws_port: u16,
    /// Where data is kept; in memory when left out.
    pub data_dir: Option<PathBuf>,
    /// Changing requests per caller and minute, and three times as many reading ones; 0 is no limit.
    pub rate_limit: Option<u32>,
    /// What is to go wrong between the functions and their tables; nothing when left out.
    pub faults: Option<Arc<Faults>>,
    /// What answers for the assistant.
    pub assistant: Assistant,
}

/// What answers for the assistant.
#[derive(Debug, Clone, Default)]
pub enum Assistant {
    /// The rules.
    #[default]
    Rules,
    /// The simulated model.
    Simulated,
    /// What these settings name.
    Configured(Vec<(String, String)>),
}

/// The runner cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port is taken or cannot be listened on.
    #[error("port {0} cannot be used: {1}")]
    Port(u16, std::io::Error),
    /// Another runner keeps its data there.
    #[error("another careline is using this data directory; stop it, or name another one with --data-dir")]
    DataInUse,
    /// The data of an earlier version.
    #[error(
        "{0} was made by an earlier version and cannot be used by this one; name another --data-dir, or remove this one"
    )]
    OldData(String),
    /// Data cannot be opened or made.
    #[error("the data cannot be used: {0}")]
    Data(Box<dyn std::error::Error + Send + Sync>),
    /// The template is not understood.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A function cannot start.
    #[error(transparent)]
    Function(#[from] platform::app::StartError),
    /// The template names a function that the runner does not have.
    #[error("template.yaml names the function {0}, which the runner does not have")]
    NoCode(String),
    /// The tables refused.
    #[error("the tables refused: {0}")]
    Tables(#[from] domain::Error),
}

impl StartError {
    pub(crate) fn data(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Data(error.into())
    }
}

impl From<platform::config::ConfigError> for StartError {
    fn from(error: platform::config::ConfigError) -> Self {
        Self::Function(error.into())
    }
}

impl From<reqwest::Error> for StartError {
    fn from(error: reqwest::Error) -> Self {
        Self::Function(error.into())
    }
}

/// What runs, as the control routes see it.
#[derive(Clone)]
pub(crate) struct Running {
    pub(crate) app: App,
    pub(crate) clock: MovableClock,
    pub(crate) embedded: Embedded,
    pub(crate) secrets: Secrets,
    pub(crate) meta: Meta,
    pub(crate) model: ModelServer,
    pub(crate) google: Google,
    pub(crate) points: Arc<Script>,
    pub(crate) receiver: Receiver,
    pub(crate) busy: Busy,
    pub(crate) scheduled: Arc<[Scheduled]>,
    pub(crate) triggers: Arc<[String]>,
}

/// A running stack.
pub struct Stack {
    /// Where the API listens.
    pub api: SocketAddr,
    /// Where the AWS services listen.
    pub endpoints: Endpoints,
    /// The app of the functions, for tests that look behind the API.
    pub app: App,
    /// What happens at the steps between which a process can die.
    pub points: Arc<Script>,
    /// The settings of the functions, for tests that start them elsewhere.
    pub settings: Settings,
    stop: watch::Sender<bool>,
    server: tokio::task::JoinHandle<()>,
    _lock: Option<File>,
}

/// Takes a data directory for this process until the file is closed.
fn lock(directory: &Path) -> Result<File, StartError> {
    let file = File::create(directory.join("lock")).map_err(StartError::data)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StartError::DataInUse),
        Err(TryLockError::Error(error)) => Err(StartError::data(error)),
    }
}

impl Stack {
    /// Starts everything; when this returns, the API answers.
    ///
    /// # Errors
    /// [`StartError`] saying what is in the way.
    pub async fn start(options: &Options) -> Result<Self, StartError> {
        let directory = options.data_dir.as_deref();
        if let Some(directory) = directory {
            std::fs::create_dir_all(directory).map_err(StartError::data)?;
        }
        let lock = directory.map(lock).transpose()?;
        let clock = MovableClock::open(directory);
        let embedded = Embedded::open(directory, &clock)?;
        let (stop, stopped) = watch::channel(false);
        let endpoints = embedded.serve(options.aws_port, stopped.clone()).await?;
        let template = Template::read(TEMPLATE, &deployment(&endpoints.sqs.to_string()))?;
        embedded.create(&template)?;
        let parts = Parts { clock, embedded, endpoints, template, options, points: Arc::default() };
        let (running, router, settings) = parts.assemble().await?;
        let listener = bind(options.port).await?;
        let api = listener.local_addr().map_err(|error| StartError::Port(options.port, error))?;
        running.meta.call_back(format!("http://{api}/webhooks/whatsapp"));
        let (app, points) = (running.app.clone(), Arc::clone(&running.points));
        let server = tokio::spawn(async move {
            let mut stopped = stopped;
            let ended = async move {
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            let _ = axum::serve(listener, router).with_graceful_shutdown(ended).await;
        });
        Ok(Self { api, endpoints, app, points, settings, stop, server, _lock: lock })
    }

    /// Ends it: no new requests, those in hand are answered.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(Duration::from_secs(5), self.server).await;
    }
}
