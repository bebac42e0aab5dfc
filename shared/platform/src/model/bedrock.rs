//! Amazon Bedrock through its Converse operation: the same request for every model that it has.

use aws_sdk_bedrockruntime::Client;
use aws_sdk_bedrockruntime::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ConversationRole, ConverseOutput, InferenceConfiguration, Message, StopReason, SystemContentBlock,
};
use tokio::time::{Instant, timeout_at};

use super::{Completion, ModelFault, Prompt, Speaker};

/// A client.
#[derive(Debug, Clone)]
pub struct Bedrock {
    client: Client,
    model: String,
}

impl Bedrock {
    pub(super) fn new(sdk: &aws_config::SdkConfig, model: String) -> Self {
        Self { client: Client::new(sdk), model }
    }

    /// The id of the model.
    pub(super) fn model(&self) -> &str {
        &self.model
    }

    pub(super) async fn complete(&self, prompt: &Prompt, deadline: Instant) -> Result<Completion, ModelFault> {
        let request = self
            .client
            .converse()
            .model_id(&self.model)
            .system(SystemContentBlock::Text(prompt.system.clone()))
            .set_messages(Some(messages(prompt)))
            // Left out, Bedrock reserves the model's maximum and throttles.
            .inference_config(InferenceConfiguration::builder().max_tokens(prompt.form.most_tokens()).build());
        let sent = timeout_at(deadline, request.send()).await.map_err(|_| ModelFault::Unreachable)?;
        let answer = sent.map_err(|error| fault(&error))?;
        if matches!(answer.stop_reason(), StopReason::ContentFiltered | StopReason::GuardrailIntervened) {
            return Err(ModelFault::Refused);
        }
        let content = match answer.output() {
            Some(ConverseOutput::Message(message)) => message.content(),
            _ => &[],
        };
        let text = content.iter().filter_map(|block| block.as_text().ok()).cloned().collect::<Vec<_>>().concat();
        Ok(Completion { text })
    }
}

/// Bedrock wants the two sides to take turns and the patient to begin: neighbours are joined.
fn messages(prompt: &Prompt) -> Vec<Message> {
    let mut turns: Vec<(ConversationRole, String)> = Vec::new();
    for line in prompt.lines.iter().skip_while(|line| line.by == Speaker::Team) {
        let role = match line.by {
            Speaker::Patient => ConversationRole::User,
            Speaker::Team => ConversationRole::Assistant,
        };
        match turns.last_mut() {
            Some((last, text)) if *last == role => {
                text.push('\n');
                text.push_str(&line.text);
            }
            _ => turns.push((role, line.text.clone())),
        }
    }
    let built =
        turns.into_iter().map(|(role, text)| Message::builder().role(role).content(ContentBlock::Text(text)).build());
    built.filter_map(Result::ok).collect()
}

fn fault<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> ModelFault {
    match error.code() {
        Some("ThrottlingException" | "ServiceUnavailableException" | "ModelNotReadyException") => ModelFault::Busy,
        Some("AccessDeniedException" | "ResourceNotFoundException") => ModelFault::Account,
        Some("ValidationException") => ModelFault::Invalid,
        _ => ModelFault::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Line};
    use super::*;

    #[test]
    fn the_sides_take_turns_and_the_patient_begins() {
        let line = |by, text: &str| Line { by, text: text.into() };
        let lines = vec![
            line(Speaker::Team, "Hello"),
            line(Speaker::Patient, "a"),
            line(Speaker::Patient, "b"),
            line(Speaker::Team, "c"),
            line(Speaker::Patient, "d"),
        ];
        let messages = messages(&Prompt { system: String::new(), lines, form: Form::Reply });
        let texts: Vec<&str> =
            messages.iter().map(|message| message.content()[0].as_text().unwrap().as_str()).collect();
        assert_eq!(texts, ["a\nb", "c", "d"]);
        assert_eq!(messages[1].role(), &ConversationRole::Assistant);
    }
}
