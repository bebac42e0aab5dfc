//! Putting the parts together: secrets, simulators, the app, seeds, functions, gateway, pollers and timers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use platform::App;
use platform::config::Settings;
use platform::identity::Operator;
use platform::metrics::Metrics;
use platform::points::{Points, Script};
use platform::random::Random;
use web::Api;

use super::{Assistant, Options, Running, StartError};
use crate::accounts::{Account, TokenWish, accounts, token};
use crate::clients;
use crate::clock::MovableClock;
use crate::connector::Connector;
use crate::drive::{Google, Shelf};
use crate::embedded::{Embedded, Endpoints, bind};
use crate::functions::{self, Code};
use crate::gateway::{self, Gateway};
use crate::model_server::{self, ModelServer};
use crate::pollers::{self, Busy};
use crate::receiver::Receiver;
use crate::settings::{Secrets, settings};
use crate::template::Template;
use crate::timers::{self, Scheduled};
use crate::whatsapp::{Ledger, Meta};
use crate::{control, seed};

/// Every how often expired rows are deleted; DynamoDB itself may take days.
const EXPIRE: Duration = Duration::from_mins(5);

/// What exists before the functions do.
pub(super) struct Parts<'a> {
    pub(super) clock: MovableClock,
    pub(super) embedded: Embedded,
    pub(super) endpoints: Endpoints,
    pub(super) template: Template,
    pub(super) options: &'a Options,
    pub(super) points: Arc<Script>,
}

/// What stands in for the outside.
struct Outside {
    secrets: Secrets,
    meta: Meta,
    model: ModelServer,
    google: Google,
    busy: Busy,
    graph: SocketAddr,
    models: SocketAddr,
    drive: SocketAddr,
}

impl Parts<'_> {
    pub(super) async fn assemble(self) -> Result<(Running, Router, Settings), StartError> {
        let kept = self.file("secrets").and_then(|file| std::fs::read_to_string(file).ok());
        let known = kept.as_deref().and_then(Secrets::from_lines);
        let is_new = known.is_none();
        let outside = self.outside(known.unwrap_or_else(|| Secrets::generate(&Random::System))).await?;
        let settings = settings(&self.template, &outside.secrets, &self.stand_ins(&outside)?);
        let app = self.app(&settings)?;
        if is_new {
            let api = Api::new(app.clone(), &settings)?;
            seed::seed(&app, &operator(&api, &outside.secrets).await?).await?;
            if let Some(file) = self.file("secrets") {
                std::fs::write(file, outside.secrets.to_lines()).map_err(StartError::data)?;
            }
        }
        let code = functions::all(&app, &settings, &self.template)?;
        let running = self.running(app, outside, &code);
        let gateway = Gateway::new(&self.template, |name| match code.get(name) {
            Some(Code::Http(router)) => Some(router.clone()),
            _ => None,
        });
        let router = control::router(&running)
            .fallback(move |request| gateway.clone().answer(request))
            .layer(gateway::cors(&self.template.cors));
        Ok((running, router, settings))
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        self.options.data_dir.as_ref().map(|directory| directory.join(name))
    }

    async fn outside(&self, secrets: Secrets) -> Result<Outside, StartError> {
        let busy = Busy::default();
        let ledger = Ledger::open(self.file("whatsapp.sqlite").as_deref()).map_err(StartError::data)?;
        let meta = Meta::new(ledger, self.clock.clone(), secrets.clone(), busy.clone())?;
        let model = ModelServer::default();
        let google = Google::new(Shelf::open(self.file("drive.sqlite").as_deref()).map_err(StartError::data)?);
        let (graph, models) = (served(meta.router()).await?, served(model.router()).await?);
        let drive = served(google.router()).await?;
        Ok(Outside { secrets, meta, model, google, busy, graph, models, drive })
    }

    fn stand_ins(&self, outside: &Outside) -> Result<Vec<(&str, String)>, StartError> {
        let mut stand_ins = vec![("WHATSAPP_API_BASE", format!("http://{}", outside.graph))];
        stand_ins.extend(outside.google.settings(format!("http://{}", outside.drive))?);
        match &self.options.assistant {
            Assistant::Rules => stand_ins.push(("ASSISTANT_MODEL", "rules".to_owned())),
            Assistant::Simulated => stand_ins.extend([
                ("ASSISTANT_MODEL", "openai".to_owned()),
                ("OPENAI_BASE_URL", format!("http://{}/v1", outside.models)),
                ("OPENAI_MODEL", model_server::MODEL.to_owned()),
                ("OPENAI_API_KEY", model_server::KEY.to_owned()),
            ]),
            Assistant::Configured(settings) => {
                stand_ins.extend(settings.iter().map(|(name, value)| (name.as_str(), value.clone())));
            }
        }
        if let Some(writes) = self.options.rate_limit {
            stand_ins.push(("RATE_LIMIT_WRITES", writes.to_string()));
            stand_ins.push(("RATE_LIMIT_UPLOADS", writes.div_ceil(5).to_string()));
            stand_ins.push(("RATE_LIMIT_READS", writes.saturating_mul(3).to_string()));
        }
        Ok(stand_ins)
    }

    fn app(&self, settings: &Settings) -> Result<App, StartError> {
        let clients = match &self.options.faults {
            Some(faults) => clients::in_process(&Connector::new(self.embedded.clone(), Arc::clone(faults))),
            None => clients::over_sockets(self.endpoints),
        };
        let mut app = App::new(settings, clients)?;
        app.clock = self.clock.clock.clone();
        app.metrics = Metrics::memory();
        app.points = Points::Watched(Arc::clone(&self.points));
        Ok(app)
    }

    fn running(&self, app: App, outside: Outside, code: &BTreeMap<String, Code>) -> Running {
        let mut scheduled = Vec::new();
        let mut triggers = Vec::new();
        for function in &self.template.functions {
            match (code.get(&function.code), &function.trigger, &function.schedule) {
                (Some(Code::Queue(code)), Some(trigger), _) => {
                    pollers::start(&self.embedded.queues, trigger, code, &outside.busy);
                    triggers.push(trigger.queue.clone());
                }
                (Some(Code::Schedule(code)), _, Some(schedule)) => scheduled.push(Scheduled {
                    name: function.code.clone(),
                    every: Duration::from_secs(schedule.every_s.into()),
                    code: code.clone(),
                }),
                _ => {}
            }
        }
        let running = Running {
            app,
            clock: self.clock.clone(),
            embedded: self.embedded.clone(),
            secrets: outside.secrets,
            meta: outside.meta,
            model: outside.model,
            google: outside.google,
            points: Arc::clone(&self.points),
            receiver: Receiver::new(self.clock.clone()),
            busy: outside.busy,
            scheduled: scheduled.into(),
            triggers: triggers.into(),
        };
        for scheduled in running.scheduled.iter() {
            timers::start(&running, scheduled);
        }
        expire(&running.embedded);
        running
    }
}

/// Serves a stand-in on a port of its own.
async fn served(router: Router) -> Result<SocketAddr, StartError> {
    let listener = bind(0).await?;
    let address = listener.local_addr().map_err(StartError::data)?;
    tokio::spawn(axum::serve(listener, router).into_future());
    Ok(address)
}

/// Deletes expired rows now and then, as DynamoDB does.
fn expire(embedded: &Embedded) {
    let database = embedded.database.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(EXPIRE).await;
            let database = database.clone();
            let _ = tokio::task::spawn_blocking(move || database.sweep_ttl()).await;
        }
    });
}

async fn operator(api: &Api, secrets: &Secrets) -> Result<Operator, StartError> {
    let service = accounts().into_iter().find(|account| account.key == "service");
    let claims = service.as_ref().map(Account::claims).unwrap_or_default();
    let wish = TokenWish { claims, ..TokenWish::default() };
    let token = token(wish, &secrets.tokens, api.app.now()).unwrap_or_default();
    Ok(Operator::new(api.verifier.verify(&token, api.app.now()).await?)?)
}
