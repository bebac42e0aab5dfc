//! The functions beside a running stack: other processes on the same tables, queues and simulators.

use std::net::SocketAddr;

use local::settings::deployment;
use local::stack::Options;
use local::template::{TEMPLATE, Template};
use serde_json::Value;
use tests::World;

use crate::child::{Environment, Function};
use crate::events::event_of;
use crate::vault;

/// A stack, and what functions beside it need.
pub(crate) struct Deployed {
    pub(crate) world: World,
    template: Template,
    vault: SocketAddr,
}

impl Deployed {
    /// Starts a stack in memory, with the template's rate limits.
    pub(crate) async fn new() -> Self {
        let world = World::with(Options::default()).await;
        let template = Template::read(TEMPLATE, &deployment(&world.stack.endpoints.sqs.to_string()));
        let access_token = world.stack.settings.get("WHATSAPP_ACCESS_TOKEN").expect("an access token");
        let vault = vault::serve(access_token).await;
        Self { template: template.expect("template.yaml is understood"), vault, world }
    }

    /// The environment of a function: what the template gives it, with stand-ins for what is outside of the template.
    pub(crate) fn environment(&self, function: &str) -> Environment {
        let declared = self.template.functions.iter().find(|declared| declared.code == function);
        let mut environment = declared.expect("a function of the template").environment.clone();
        let endpoints = self.world.stack.endpoints;
        let settings = &self.world.stack.settings;
        let setting = |name| settings.get(name).expect("a setting of the stack").to_owned();
        let verifies_tokens = environment.contains_key("AUTH_JWKS_URL");
        let has_secret = environment.contains_key("SECRET_ARN");
        let mut set = |name: &str, value| environment.insert(name.to_owned(), value);
        // Of S3 the functions ask for the address that everything has: presigned addresses name it too.
        set("AWS_ENDPOINT_URL", format!("http://{}", endpoints.s3));
        set("AWS_ENDPOINT_URL_DYNAMODB", format!("http://{}", endpoints.dynamodb));
        set("AWS_ENDPOINT_URL_SQS", format!("http://{}", endpoints.sqs));
        if verifies_tokens {
            set("AUTH_HS256_SECRET", setting("AUTH_HS256_SECRET"));
        }
        if has_secret {
            set("SECRET_ARN", vault::SECRET_ARN.to_owned());
            set("AWS_ENDPOINT_URL_SECRETS_MANAGER", format!("http://{}", self.vault));
        }
        if matches!(function, "whatsapp-delivery" | "media-transfers") {
            set("WHATSAPP_API_BASE", setting("WHATSAPP_API_BASE"));
        }
        environment
    }

    /// Starts a function that must start.
    pub(crate) async fn start(&self, function: &str) -> Function {
        Function::start(function, &self.environment(function)).await.expect("the function starts")
    }

    /// The event of a file from a seeded account.
    pub(crate) fn event(&self, name: &str, who: &str) -> Value {
        event_of(name, self.world.token(who))
    }
}
