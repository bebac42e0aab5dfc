//! A thin client for any server that speaks OpenAI's chat completions (external contracts, section 2.1): tolerant of what
//! compatible servers leave out, strict about what comes of it.

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Method, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout_at};

use super::{Completion, Form, LARGEST_ANSWER, LEAST_TIME, ModelFault, Prompt, Speaker};
use crate::App;
use crate::config::OpenAiSettings;
use crate::outward::Outward;
use crate::store::retry::jittered;

/// How often a request is sent to a server that is busy or does not answer.
const TRIES: u32 = 3;
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// The member that asks for JSON of our form; not every compatible server knows it, and what comes is validated anyway.
const FORM: &str = "response_format";

/// A client.
#[derive(Debug, Clone)]
pub struct OpenAi {
    outward: Outward,
    settings: OpenAiSettings,
}

/// Why a try gave nothing, and whether another may.
enum Failure {
    /// The same request may succeed after a while.
    Passing(ModelFault, Option<Duration>),
    /// It will not.
    Final(ModelFault),
    /// The server does not take what was asked, perhaps because it knows no [`FORM`].
    Form,
}

#[derive(Debug, Deserialize)]
struct Completed {
    choices: Vec<Choice>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Refused {
    error: RefusedError,
}

#[derive(Debug, Deserialize)]
struct RefusedError {
    #[serde(rename = "type")]
    kind: Option<String>,
    code: Option<Value>,
}

impl OpenAi {
    /// A client on a given way to the server.
    #[must_use]
    pub fn on(outward: Outward, settings: OpenAiSettings) -> Self {
        Self { outward, settings }
    }

    pub(super) async fn complete(
        &self,
        app: &App,
        prompt: &Prompt,
        deadline: Instant,
    ) -> Result<Completion, ModelFault> {
        let mut body = self.body(prompt);
        let mut ceiling = Duration::from_millis(500);
        for attempt in 1..=TRIES {
            let (fault, wait) = match timeout_at(deadline, self.send(&body, deadline)).await {
                Err(_) => return Err(ModelFault::Unreachable),
                Ok(Ok(completion)) => return Ok(completion),
                Ok(Err(Failure::Final(fault))) => return Err(fault),
                Ok(Err(Failure::Form)) => match body.as_object_mut().and_then(|body| body.remove(FORM)) {
                    Some(_) => continue,
                    None => return Err(ModelFault::Invalid),
                },
                Ok(Err(Failure::Passing(fault, wait))) => (fault, wait),
            };
            let wait = wait.unwrap_or_else(|| jittered(ceiling, app.random.bits()));
            // A server may ask for any wait, also one that no clock can add.
            let is_in_time = wait <= LONGEST_WAIT && Instant::now() + wait + LEAST_TIME < deadline;
            if attempt == TRIES || !is_in_time {
                return Err(fault);
            }
            sleep(wait).await;
            ceiling *= 2;
        }
        Err(ModelFault::Unreachable)
    }

    fn body(&self, prompt: &Prompt) -> Value {
        let lines = prompt.lines.iter().map(|line| {
            let role = match line.by {
                Speaker::Patient => "user",
                Speaker::Team => "assistant",
            };
            json!({ "role": role, "content": line.text })
        });
        let system = json!({ "role": "system", "content": prompt.system });
        let messages: Vec<Value> = std::iter::once(system).chain(lines).collect();
        json!({
            "model": self.settings.model,
            "messages": messages,
            "max_completion_tokens": prompt.form.most_tokens(),
            FORM: { "type": "json_schema", "json_schema": schema(prompt.form) },
        })
    }

    /// The name of the model.
    pub(super) fn model(&self) -> &str {
        &self.settings.model
    }

    /// Whether the server answers and takes our key, told without asking the model anything.
    pub(super) async fn answers(&self, limit: Duration) -> Result<(), ModelFault> {
        let request = self.outward.request(Method::GET, &format!("{}/models", self.settings.base));
        let sent = self.outward.send(request.bearer_auth(&self.settings.key), limit).await;
        match sent.map_err(|_| ModelFault::Unreachable)?.status() {
            status if status.is_success() => Ok(()),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(ModelFault::Account),
            _ => Err(ModelFault::Busy),
        }
    }

    async fn send(&self, body: &Value, deadline: Instant) -> Result<Completion, Failure> {
        let url = format!("{}/chat/completions", self.settings.base);
        let request = self.outward.request(Method::POST, &url).bearer_auth(&self.settings.key).json(body);
        let limit = deadline.saturating_duration_since(Instant::now());
        let answer =
            self.outward.send(request, limit).await.map_err(|_| Failure::Passing(ModelFault::Unreachable, None))?;
        let (status, wait) = (answer.status(), retry_after(&answer));
        let body = limited(answer).await.ok_or(Failure::Passing(ModelFault::Unreachable, None))?;
        if status.is_success() { completion(&body) } else { Err(failure(status, &body, wait)) }
    }
}

/// The form of an answer, as OpenAI's strict mode takes it.
fn schema(form: Form) -> Value {
    match form {
        Form::Reply => reply_schema(),
        Form::Note => super::note::schema(),
    }
}

fn reply_schema() -> Value {
    json!({
        "name": "assistant_answer",
        "strict": true,
        "schema": {
            "type": "object",
            "additionalProperties": false,
            "required": ["reply", "concern"],
            "properties": {
                "reply": { "type": "string" },
                "concern": { "type": "string", "enum": ["none", "watch", "urgent", "emergency"] },
            },
        },
    })
}

/// Whole seconds, as OpenAI sends them.
fn retry_after(answer: &Response) -> Option<Duration> {
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse::<f64>().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// The body, if it is not larger than an answer can be.
async fn limited(mut answer: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Some(Vec::new());
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// Four outcomes before the text is looked at: refused, filtered, cut off, and none of these. What is no completion at all
/// is an empty text, which is no valid answer.
fn completion(body: &[u8]) -> Result<Completion, Failure> {
    let completed: Option<Completed> = serde_json::from_slice(body).ok();
    let Some(choice) = completed.and_then(|completed| completed.choices.into_iter().next()) else {
        return Ok(Completion { text: String::new() });
    };
    if choice.message.refusal.is_some() || choice.finish_reason.as_deref() == Some("content_filter") {
        return Err(Failure::Final(ModelFault::Refused));
    }
    Ok(Completion { text: choice.message.content.unwrap_or_default() })
}

/// A 429 is two things: too fast, which passes, and no money, which does not.
fn failure(status: StatusCode, body: &[u8], wait: Option<Duration>) -> Failure {
    let error = serde_json::from_slice::<Refused>(body).ok().map(|refused| refused.error);
    let is_quota = error.is_some_and(|error| {
        let code = error.code.as_ref().and_then(Value::as_str).unwrap_or_default();
        error.kind.as_deref() == Some("insufficient_quota")
            || code.ends_with("_exceeded") && code != "rate_limit_exceeded"
    });
    match status {
        StatusCode::TOO_MANY_REQUESTS if is_quota => Failure::Final(ModelFault::Account),
        StatusCode::TOO_MANY_REQUESTS => Failure::Passing(ModelFault::Busy, wait),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => Failure::Final(ModelFault::Account),
        status if status.is_server_error() => Failure::Passing(ModelFault::Busy, wait),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Failure::Form,
        _ => Failure::Final(ModelFault::Invalid),
    }
}
