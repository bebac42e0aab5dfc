//! The model that answers for the assistant: rules, a server that speaks OpenAI's protocol, or Amazon Bedrock.
//!
//! A model has no authority: it has no tools, it chooses no recipient, it changes no responder and lowers no risk. It gives
//! a text and may say that it is worried. What it gives is validated here, asked for once more when it is not valid, and
//! otherwise given up; the caller then answers by the rules (external contracts, section 2.1).

use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;

use crate::App;
use crate::app::StartError;
use crate::config::{ModelSettings, Settings};
use crate::metrics::Count;
use crate::outward::Outward;

pub use bedrock::Bedrock;
pub use note::{NoteAnswer, note_prompt};
pub use openai::OpenAi;
pub use prompt::{Background, Form, Line, Prompt, Speaker, prompt};

mod bedrock;
mod note;
mod openai;
mod prompt;

/// The longest that a model may take: the function has 30 s, and must still keep what comes of it.
pub const BUDGET: Duration = Duration::from_secs(20);
/// So much of an answer is read; more is no reply to a patient.
const LARGEST_ANSWER: usize = 256 * 1024;
/// A repair that has less time than this is not begun.
const LEAST_TIME: Duration = Duration::from_secs(3);

/// A configured model.
#[derive(Debug, Clone)]
pub enum Model {
    /// None: the rules answer.
    Rules,
    /// A server that speaks OpenAI's protocol.
    OpenAi(OpenAi),
    /// Amazon Bedrock.
    Bedrock(Bedrock),
}

/// The model of a Lambda function.
///
/// # Errors
/// [`StartError`] when a setting is missing or wrong.
pub async fn start(settings: &Settings) -> Result<Model, StartError> {
    let wanted = ModelSettings::from_settings(settings)?;
    let sdk = match wanted {
        ModelSettings::Bedrock { .. } => Some(aws_config::from_env().load().await),
        ModelSettings::Rules | ModelSettings::OpenAi(_) => None,
    };
    Ok(Model::new(&wanted, sdk.as_ref())?)
}

/// What a model said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What the patient is to read.
    pub reply: String,
    /// How worried it is.
    pub concern: Concern,
}

/// How worried a model is about what the patient wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Concern {
    /// Not at all.
    None,
    /// Somebody should watch it.
    Watch,
    /// Somebody should look within the hour.
    Urgent,
    /// Somebody should look now.
    Emergency,
}

/// Why a model gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelFault {
    /// It could not be reached, was too slow, or broke off.
    Unreachable,
    /// It has too much to do.
    Busy,
    /// The account has no money or no right; a person must act.
    Account,
    /// It would not answer.
    Refused,
    /// It gave what is no answer, twice.
    Invalid,
}

/// What one request to a model gave.
#[derive(Debug)]
struct Completion {
    text: String,
}

impl Model {
    /// The configured model.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(settings: &ModelSettings, sdk: Option<&aws_config::SdkConfig>) -> Result<Self, reqwest::Error> {
        Ok(match settings {
            ModelSettings::Rules => Self::Rules,
            ModelSettings::OpenAi(settings) => Self::OpenAi(OpenAi::on(Outward::network()?, settings.clone())),
            ModelSettings::Bedrock { model } => match sdk {
                Some(sdk) => Self::Bedrock(Bedrock::new(sdk, model.clone())),
                None => Self::Rules,
            },
        })
    }

    /// What the model answers, within [`BUDGET`]; nothing when the rules are to answer.
    ///
    /// # Errors
    /// [`ModelFault`] when it gave no answer; it is logged and counted here, without a word of what was said.
    pub async fn answer(&self, app: &App, prompt: &Prompt) -> Result<Option<Answer>, ModelFault> {
        self.asked(app, prompt, parsed).await
    }

    /// What the model writes of a visit, within [`BUDGET`]; nothing when there is only the rules' summary.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub async fn note(&self, app: &App, prompt: &Prompt) -> Result<Option<NoteAnswer>, ModelFault> {
        self.asked(app, prompt, note::parsed).await
    }

    /// The name of the model; nothing when there is none.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Rules => None,
            Self::OpenAi(openai) => Some(openai.model()),
            Self::Bedrock(bedrock) => Some(bedrock.model()),
        }
    }

    /// Whether the model can be reached, as far as that costs nothing.
    ///
    /// # Errors
    /// [`ModelFault`] when it cannot.
    pub async fn check(&self, limit: Duration) -> Result<(), ModelFault> {
        match self {
            Self::OpenAi(openai) => openai.answers(limit).await,
            Self::Rules | Self::Bedrock(_) => Ok(()),
        }
    }

    async fn asked<T>(&self, app: &App, prompt: &Prompt, parsed: Parse<T>) -> Result<Option<T>, ModelFault> {
        if matches!(self, Self::Rules) {
            return Ok(None);
        }
        let deadline = Instant::now() + BUDGET;
        let answered = self.within(app, prompt, (parsed, deadline)).await;
        if let Err(fault) = &answered {
            tracing::error!(?fault, "the model gave no answer; the rules answer");
            app.count(Count::ModelFault);
        }
        answered.map(Some)
    }

    async fn within<T>(
        &self,
        app: &App,
        prompt: &Prompt,
        (parsed, deadline): (Parse<T>, Instant),
    ) -> Result<T, ModelFault> {
        let first = self.complete(app, prompt, deadline).await?;
        if let Some(answer) = parsed(&first.text) {
            return Ok(answer);
        }
        if deadline.saturating_duration_since(Instant::now()) < LEAST_TIME {
            return Err(ModelFault::Invalid);
        }
        app.count(Count::ModelRepaired);
        let repaired = self.complete(app, &prompt.repaired(), deadline).await?;
        parsed(&repaired.text).ok_or(ModelFault::Invalid)
    }

    async fn complete(&self, app: &App, prompt: &Prompt, deadline: Instant) -> Result<Completion, ModelFault> {
        match self {
            Self::Rules => Err(ModelFault::Unreachable),
            Self::OpenAi(openai) => openai.complete(app, prompt, deadline).await,
            Self::Bedrock(bedrock) => bedrock.complete(prompt, deadline).await,
        }
    }
}

/// What makes an answer of a completion; nothing when it is none.
type Parse<T> = fn(&str) -> Option<T>;

/// The answer in a completion: JSON of our form, whatever the server promised about it.
fn parsed(text: &str) -> Option<Answer> {
    let answer: Answer = serde_json::from_str(unfenced(text)).ok()?;
    (!answer.reply.trim().is_empty()).then_some(answer)
}

/// A completion without the fence in which some models wrap it.
fn unfenced(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("```json").or_else(|| text.strip_prefix("```")).unwrap_or(text);
    inner.trim().trim_end_matches("```").trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_of_our_form_is_an_answer() {
        let answer = Answer { reply: "Rest.".into(), concern: Concern::Urgent };
        assert_eq!(parsed(r#" {"reply":"Rest.","concern":"urgent"} "#), Some(answer.clone()));
        assert_eq!(parsed("```json\n{\"reply\":\"Rest.\",\"concern\":\"urgent\"}\n```"), Some(answer));
        for text in [
            "",
            "Rest.",
            "<html>",
            "{}",
            r#"{"reply":" ","concern":"none"}"#,
            r#"{"reply":"x"}"#,
            r#"{"reply":"x","concern":"calm"}"#,
            r#"{"reply":"x","concern":"none","switch_responder":"doctor"}"#,
            r#"{"reply":"x","concern":"none"} {"reply":"y","concern":"none"}"#,
            r#"{"reply":"x","concern":"no"#,
        ] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }
}
