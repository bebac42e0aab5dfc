//! `cargo run`: the whole product on this machine.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use local::stack::{Assistant, Options, Stack};
use platform::config::Settings;
use tracing_subscriber::EnvFilter;

/// Careline on this machine: the API, embedded AWS services and simulators in one process.
#[derive(Debug, Parser)]
#[command(name = "careline")]
struct Arguments {
    /// The port of the API; 0 is any.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port of DynamoDB, SQS and S3 for the AWS CLI and other tools; 0 is any.
    #[arg(long, default_value_t = 4566)]
    aws_port: u16,
    /// Where data is kept.
    #[arg(long, default_value = ".careline")]
    data_dir: PathBuf,
    /// Keep nothing.
    #[arg(long)]
    ephemeral: bool,
    /// Changing requests per caller and minute, and three times as many reading ones; 0 is no limit.
    #[arg(long)]
    rate_limit: Option<u32>,
    /// What answers for the assistant; with `OPENAI_API_KEY` set, that account.
    #[arg(long, value_enum, default_value_t = AssistantModel::Rules)]
    assistant_model: AssistantModel,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AssistantModel {
    /// The rules: they need nothing.
    Rules,
    /// A simulated model that answers as `/_local/model/script` says.
    Simulated,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the OpenAPI document of all functions.
    Openapi,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if matches!(arguments.command, Some(Command::Openapi)) {
        return print(&local::openapi::document());
    }
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,dynoxide=error,s3s=off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let options = Options {
        port: arguments.port,
        aws_port: arguments.aws_port,
        data_dir: (!arguments.ephemeral).then_some(arguments.data_dir),
        rate_limit: arguments.rate_limit,
        faults: None,
        assistant: assistant(arguments.assistant_model),
    };
    match Stack::start(&options).await {
        Ok(stack) => {
            let code = print(&banner(&stack, &options));
            asked_to_end().await;
            stack.stop().await;
            code
        }
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// An account with a key of the person's own is used when there is one.
fn assistant(wanted: AssistantModel) -> Assistant {
    let environment = Settings::from_environment();
    match (environment.get("OPENAI_API_KEY"), wanted) {
        (_, AssistantModel::Simulated) => Assistant::Simulated,
        (None, AssistantModel::Rules) => Assistant::Rules,
        (Some(key), AssistantModel::Rules) => {
            let given =
                ["OPENAI_BASE_URL", "OPENAI_MODEL"].into_iter().filter_map(|name| Some((name, environment.get(name)?)));
            let fixed = [("ASSISTANT_MODEL", "openai"), ("OPENAI_API_KEY", key)];
            Assistant::Configured(
                fixed.into_iter().chain(given).map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            )
        }
    }
}

/// Waits for Ctrl-C or, where there is one, the signal that service managers send.
async fn asked_to_end() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn banner(stack: &Stack, options: &Options) -> String {
    let data = options.data_dir.as_ref().map_or("in memory".to_owned(), |directory| directory.display().to_string());
    format!(
        "careline listening on http://{}\n\
         \n  inbox and patient's phone   http://{0}/\
         \n  accounts and their tokens   http://{0}/_local/accounts\
         \n  DynamoDB, SQS and S3        http://{}\
         \n  data                        {data}\n",
        stack.api, stack.endpoints.aws,
    )
}

#[expect(clippy::print_stdout, reason = "what a person started to read")]
fn print(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}
