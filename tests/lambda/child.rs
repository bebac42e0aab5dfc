//! A function's process.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::binaries::binary;
use crate::runtime_api::{Reply, RuntimeApi};

/// Lambda allows 10 s; a busy test machine may need longer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Environment variables by name.
pub(crate) type Environment = BTreeMap<String, String>;

/// A function that has started. Dropping it kills its process.
pub(crate) struct Function {
    api: RuntimeApi,
    id: u32,
    output: Output,
    exit: watch::Receiver<Option<i32>>,
    process: JoinHandle<()>,
}

/// A function that has not started.
#[derive(Debug)]
pub(crate) struct NotStarted {
    /// The exit code of its process.
    pub(crate) code: i32,
    /// What it wrote.
    pub(crate) output: String,
    /// What it said to the Runtime API.
    pub(crate) init_error: Option<Value>,
}

/// Standard output and standard error, line by line.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<String>>);

impl Function {
    /// Starts a function with an environment and with what Lambda itself sets, and with nothing else.
    pub(crate) async fn start(name: &str, environment: &Environment) -> Result<Self, NotStarted> {
        let api = RuntimeApi::start().await;
        let child = Command::new(binary(name))
            .env_clear()
            .envs(reserved(name, &api))
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("a process");
        let id = child.id().expect("a process that runs");
        let (exited, mut exit) = watch::channel(None);
        let output = Output::default();
        let process = tokio::spawn(run(child, output.clone(), exited));
        let ended = async { exit.wait_for(Option::is_some).await.ok().and_then(|code| *code) };
        let started = tokio::time::timeout(TIMEOUT, async {
            tokio::select! {
                () = api.polled() => None,
                code = ended => code,
            }
        });
        match started.await.expect("a start in time") {
            None => Ok(Self { api, id, output, exit, process }),
            Some(code) => Err(NotStarted { code, output: output.text(), init_error: api.init_error() }),
        }
    }

    /// Gives the function an event.
    pub(crate) async fn invoke(&self, event: &Value) -> Reply {
        let mut exit = self.exit.clone();
        tokio::select! {
            reply = self.api.invoke(event.to_string().into_bytes()) => reply,
            _ = exit.wait_for(Option::is_some) => panic!("the process ended:\n{}", self.output()),
        }
    }

    /// What an event costs in memory: the highest that the process had of it, above what it had before, in bytes.
    pub(crate) async fn memory_of(&self, event: &Value) -> (Reply, u64) {
        let of = |name: &str| {
            let status = std::fs::read_to_string(format!("/proc/{}/status", self.id)).expect("a process that runs");
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line").to_owned();
            let number: String = line.chars().filter(char::is_ascii_digit).collect();
            number.parse::<u64>().expect("a number") * 1024
        };
        let idle = of("VmRSS:");
        // The kernel forgets the highest so far (proc(5), clear_refs).
        std::fs::write(format!("/proc/{}/clear_refs", self.id), "5").expect("our own process");
        let reply = self.invoke(event).await;
        (reply, of("VmHWM:").saturating_sub(idle))
    }

    /// What the function has written so far: its log and its metrics.
    pub(crate) fn output(&self) -> String {
        self.output.text()
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        // The task owns the process, which is killed with it.
        self.process.abort();
    }
}

impl Output {
    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn read(&self, pipe: Option<impl AsyncRead + Unpin>) {
        let mut lines = BufReader::new(pipe.expect("a pipe")).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            text.push_str(&line);
            text.push('\n');
        }
    }
}

/// Reads what a process writes until it ends, so that nothing of it is missing when its end is told.
async fn run(mut child: Child, output: Output, exited: watch::Sender<Option<i32>>) {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    tokio::join!(output.read(stdout), output.read(stderr));
    let status = child.wait().await.expect("a process ends");
    exited.send_replace(Some(status.code().unwrap_or(-1)));
}

/// What Lambda sets for every function ("Defined runtime environment variables"), as far as the runtime and the AWS SDK
/// read it.
fn reserved(name: &str, api: &RuntimeApi) -> Environment {
    let runtime = api.address.to_string();
    let log_group = format!("/aws/lambda/{name}");
    let variables = [
        ("AWS_LAMBDA_RUNTIME_API", runtime.as_str()),
        ("AWS_LAMBDA_FUNCTION_NAME", name),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", log_group.as_str()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/03/12/[$LATEST]0123456789abcdef0123456789abcdef"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        // Not Lambda's, but a mistake here must not wait for a metadata service that is not there.
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
