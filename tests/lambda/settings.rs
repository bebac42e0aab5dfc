//! Settings: a function starts with what the template declares for it, reads all of that, and refuses to start with
//! anything missing or wrong, naming the setting and no value.

use std::net::SocketAddr;

use local::settings::deployment;
use local::template::{TEMPLATE, Template};
use platform::config::{Config, Settings};
use tokio::task::JoinSet;

use crate::child::{Environment, Function, NotStarted};
use crate::events::directory;
use crate::vault;

/// Nobody listens there, and a start must not mind.
const NOBODY: &str = "127.0.0.1:1";
/// Long enough, and only ever found where it leaked.
const TOKEN_SECRET: &str = "0123456789abcdef0123456789abcdef";
/// Settings that may be missing: their default, a value that is refused, and why it is.
const OPTIONAL: [(&str, &str, (&str, &str)); 12] = [
    ("DAILY_REPORT_HOUR", "18", ("24", "must be from 0 to 23")),
    ("DEFAULT_TIME_ZONE", "UTC", ("Mars/Olympus", "is not a name of the IANA database")),
    ("IN_DOUBT", "resend", ("maybe", "must be resend or fail")),
    ("MEDIA_HOSTS", "", ("https://cdn.example.com", "must be host names")),
    ("PHONE_COUNTRY_CODE", "", ("none", "must be 1 to 3 digits")),
    ("QUIET_HOURS", "21-8", ("at night", "must be two hours")),
    ("RATE_LIMIT_READS", "300", ("many", "is not valid")),
    ("RATE_LIMIT_WRITES", "100", ("many", "is not valid")),
    ("RATE_LIMIT_UPLOADS", "20", ("many", "is not valid")),
    ("RATE_LIMIT_REPLIES", "20", ("many", "is not valid")),
    ("WHATSAPP_TEMPLATE_CHECK_IN", "doctor_check_in", ("No Name", "is not a template name")),
    ("WHATSAPP_TEMPLATE_LANG", "en_US", ("English!", "is not a language code")),
];
/// Settings of the model, which only the functions that ask it read; and only those of the model that is chosen.
const OF_THE_MODEL: [&str; 5] =
    ["ASSISTANT_MODEL", "BEDROCK_MODEL_ID", "OPENAI_BASE_URL", "OPENAI_MODEL", "SECRET_ARN"];
const ASK_THE_MODEL: [&str; 5] =
    ["assistant-replies", "interpreter-visits", "summary-generation", "symptom-assessment", "therapy-chat"];
/// Settings of visits, which may be missing.
const OF_THE_VISITS: [&str; 3] = ["ORDER_WEBHOOK_BASE", "PUBLIC_URL", "REALTIME_MODEL"];
/// Settings of the copies at Google, which are off until a folder is named.
const OF_THE_COPIES: [&str; 2] = ["GOOGLE_DELEGATED_USER", "GOOGLE_DRIVE_FOLDER_ID"];
/// The one function without any state; it gets the settings of all functions all the same.
const READS_NOTHING: &str = "unmatched-routes";

fn template() -> Template {
    Template::read(TEMPLATE, &deployment(NOBODY)).expect("template.yaml is understood")
}

/// What the template declares for each function, with addresses for what only a deployment knows.
fn declared() -> Vec<(String, Environment)> {
    let functions = template().functions.into_iter().map(|mut function| {
        for (name, value) in
            [("AUTH_JWKS_URL", format!("http://{NOBODY}/keys")), ("SECRET_ARN", vault::SECRET_ARN.into())]
        {
            function.environment.entry(name.to_owned()).and_modify(|declared| *declared = value);
        }
        (function.code, function.environment)
    });
    functions.collect()
}

async fn start(name: &str, environment: &Environment, vault: SocketAddr) -> Result<Function, NotStarted> {
    let mut environment = environment.clone();
    environment.insert("AWS_ENDPOINT_URL".to_owned(), format!("http://{vault}"));
    Function::start(name, &environment).await
}

/// The function must refuse to start, name the setting, and repeat no value.
#[track_caller]
fn assert_refused(started: Result<Function, NotStarted>, (name, problem): (&str, &str), environment: &Environment) {
    let Err(refusal) = started else { panic!("it starts, although {name} {problem}") };
    assert_ne!(refusal.code, 0, "{refusal:?}");
    assert!(refusal.output.contains(name) && refusal.output.contains(problem), "{name} {problem}: {refusal:?}");
    let told = format!("{}{:?}", refusal.output, refusal.init_error);
    for value in environment.values().filter(|value| value.len() >= 4 && *value != "local" && *value != "production") {
        assert!(!told.contains(value.as_str()), "{value} is repeated: {told}");
    }
}

fn with(environment: &Environment, name: &str, value: &str) -> Environment {
    let mut environment = environment.clone();
    environment.insert(name.to_owned(), value.to_owned());
    environment
}

fn without(environment: &Environment, name: &str) -> Environment {
    let mut environment = environment.clone();
    environment.remove(name).expect("a declared setting");
    environment
}

/// What a function calls missing when `name` is missing: the secret itself is optional, what it holds is not.
fn missing<'a>(function: &str, name: &'a str) -> &'a str {
    match (name, function) {
        ("SECRET_ARN", "whatsapp-delivery" | "media-transfers") => "WHATSAPP_ACCESS_TOKEN",
        ("SECRET_ARN", _) => "WHATSAPP_APP_SECRET",
        _ => name,
    }
}

#[tokio::test]
async fn what_is_declared_is_enough_and_is_read() {
    let vault = vault::serve("token-at-whatsapp").await;
    let functions = declared().into_iter().map(|(function, environment)| async move {
        start(&function, &environment, vault).await.unwrap_or_else(|error| panic!("{function}: {error:?}"));
        if function == READS_NOTHING {
            start(&function, &Environment::new(), vault).await.expect("it needs nothing");
            return;
        }
        let of_the_model =
            |name: &&String| ASK_THE_MODEL.contains(&function.as_str()) && OF_THE_MODEL.contains(&name.as_str());
        let of_the_copies =
            |name: &&String| OF_THE_COPIES.contains(&name.as_str()) || (function == "uploads" && *name == "SECRET_ARN");
        let of_the_visits = |name: &&String| OF_THE_VISITS.contains(&name.as_str());
        let required = |name: &&String| !of_the_model(name) && !of_the_copies(name) && !of_the_visits(name);
        for name in environment.keys().filter(required) {
            check(&function, name, (&environment, vault)).await;
        }
    });
    functions.collect::<JoinSet<()>>().join_all().await;
}

/// A function must read a setting: it does not start without it; or, when it may be missing, with a wrong value.
async fn check(function: &str, name: &str, (environment, vault): (&Environment, SocketAddr)) {
    let less = without(environment, name);
    let started = start(function, &less, vault).await;
    let Some((_, _, (wrong, problem))) = OPTIONAL.iter().find(|(optional, ..)| *optional == name) else {
        return assert_refused(started, (missing(function, name), "is required"), &less);
    };
    started.unwrap_or_else(|error| panic!("{function} without {name}: {error:?}"));
    let wrong = with(environment, name, wrong);
    assert_refused(start(function, &wrong, vault).await, (name, problem), &wrong);
}

#[tokio::test]
async fn each_model_needs_its_own_settings() {
    let vault = vault::serve("token-at-whatsapp").await;
    for (name, environment) in declared().into_iter().filter(|(name, _)| ASK_THE_MODEL.contains(&name.as_str())) {
        needs_the_settings_of_its_model(&name, &environment, vault).await;
    }
}

async fn needs_the_settings_of_its_model(name: &str, environment: &Environment, vault: SocketAddr) {
    let of = |model: &str| with(environment, "ASSISTANT_MODEL", model);
    let refused = async |environment: Environment, refusal: (&str, &str)| {
        assert_refused(start(name, &environment, vault).await, refusal, &environment);
    };
    let starts = async |environment: Environment| {
        start(name, &environment, vault).await.unwrap_or_else(|error| panic!("{environment:?}: {error:?}"));
    };
    refused(of("oracle"), ("ASSISTANT_MODEL", "must be rules, openai or bedrock")).await;
    starts(without(&without(&of("rules"), "OPENAI_BASE_URL"), "SECRET_ARN")).await;
    starts(of("bedrock")).await;
    refused(without(&of("bedrock"), "BEDROCK_MODEL_ID"), ("BEDROCK_MODEL_ID", "is required")).await;
    refused(of("openai"), ("OPENAI_MODEL", "is required")).await;
    let openai = with(&of("openai"), "OPENAI_MODEL", "any-model");
    starts(openai.clone()).await;
    refused(with(&openai, "OPENAI_BASE_URL", "http://models.example"), ("OPENAI_BASE_URL", "https://")).await;
    refused(without(&openai, "SECRET_ARN"), ("OPENAI_API_KEY", "is required")).await;
}

#[tokio::test]
async fn addresses_of_visits_have_tls() {
    let vault = vault::serve("token-at-whatsapp").await;
    let (name, environment) = declared().into_iter().find(|(name, _)| name == ASK_THE_MODEL[1]).expect("the function");
    let bare = OF_THE_VISITS.iter().fold(environment.clone(), |environment, setting| without(&environment, setting));
    start(&name, &bare, vault).await.unwrap_or_else(|error| panic!("{error:?}"));
    for setting in ["ORDER_WEBHOOK_BASE", "PUBLIC_URL"] {
        let wrong = with(&environment, setting, "http://orders.example");
        assert_refused(start(&name, &wrong, vault).await, (setting, "must begin with https://"), &wrong);
    }
}

#[tokio::test]
async fn copies_need_a_folder_and_an_account() {
    let vault = vault::serve("token-at-whatsapp").await;
    for (name, environment) in declared().into_iter().filter(|(_, declared)| declared.contains_key(OF_THE_COPIES[1])) {
        let without_folder = without(&without(&environment, OF_THE_COPIES[0]), OF_THE_COPIES[1]);
        start(&name, &without_folder, vault).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let with_folder = with(&environment, OF_THE_COPIES[1], "0AFolder");
        let refused = start(&name, &with_folder, vault).await;
        assert_refused(refused, ("GOOGLE_SERVICE_ACCOUNT", "is required"), &with_folder);
        let unreadable = with(&with_folder, "GOOGLE_SERVICE_ACCOUNT", "{\"private_key\":1}");
        let refused = start(&name, &unreadable, vault).await;
        assert_refused(refused, ("GOOGLE_SERVICE_ACCOUNT", "is not the JSON"), &unreadable);
    }
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_is_no_secret() {
    let vault = vault::serve("token-at-whatsapp").await;
    for (function, environment) in declared().into_iter().filter(|(_, declared)| declared.contains_key("SECRET_ARN")) {
        let other = with(&environment, "SECRET_ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:other");
        assert_refused(start(&function, &other, vault).await, ("Secret", "refused or did not answer"), &other);
    }
}

#[test]
fn what_is_optional_has_the_templates_default() {
    let of = |environment: &Environment| {
        let mut settings = Settings::default();
        settings.extend(environment.clone());
        Config::from_settings(&settings).expect("complete settings")
    };
    for (function, environment) in declared() {
        for (name, default, _) in OPTIONAL {
            assert_eq!(environment[name], default, "{function}");
            assert_eq!(of(&without(&environment, name)), of(&environment), "{function}: {name}");
        }
    }
}

#[tokio::test]
async fn production_refuses_stand_ins() {
    let vault = vault::serve("token-at-whatsapp").await;
    for (function, environment) in declared() {
        let mut production = with(&environment, "APP_ENV", "production");
        if matches!(function.as_str(), "whatsapp-delivery" | "media-transfers") {
            let stand_in = with(&production, "WHATSAPP_API_BASE", "https://graph.example.com");
            let refusal = ("WHATSAPP_API_BASE", "must be https://graph.facebook.com");
            assert_refused(start(&function, &stand_in, vault).await, refusal, &stand_in);
        }
        if production.contains_key("AUTH_JWKS_URL") {
            assert_refused(start(&function, &production, vault).await, ("AUTH_JWKS_URL", "https://"), &production);
            production.insert("AUTH_JWKS_URL".to_owned(), format!("https://{NOBODY}/keys"));
            let both = with(&production, "AUTH_HS256_SECRET", TOKEN_SECRET);
            assert_refused(start(&function, &both, vault).await, ("AUTH_HS256_SECRET", "must not be set"), &both);
            let secret = with(&both, "AUTH_JWKS_URL", "");
            assert_refused(start(&function, &secret, vault).await, ("AUTH_HS256_SECRET", "refused"), &secret);
        }
        start(&function, &production, vault).await.unwrap_or_else(|error| panic!("{function}: {error:?}"));
    }
}

/// `events/local.env`, with which the README starts functions by hand, has every setting that some function reads.
#[tokio::test]
async fn the_environment_for_starting_by_hand_is_complete() {
    let text = std::fs::read_to_string(directory().join("local.env")).expect("the file");
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    let mut environment: Environment = lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    assert_eq!(environment["WHATSAPP_APP_SECRET"], vault::APP_SECRET);
    assert_eq!(environment["WHATSAPP_VERIFY_TOKEN"], vault::VERIFY_TOKEN);
    environment.insert("AUTH_HS256_SECRET".to_owned(), TOKEN_SECRET.to_owned());
    for (function, _) in declared() {
        Function::start(&function, &environment).await.unwrap_or_else(|error| panic!("{function}: {error:?}"));
    }
}
