//! Credentials of realtime sessions: from OpenAI's `client_secrets`, with document 004's flat set-up translated to the form of today
//! (external contracts, section 2.2), or from this machine.

use std::time::Duration;

use domain::error::{Error, Result};
use domain::ids::SessionId;
use domain::time::Timestamp;
use domain::visit::session::config::{AudioFormat, SessionConfig};
use domain::visit::session::{Issuer, TOKEN_LASTS};
use reqwest::{Method, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::App;
use crate::config::{OpenAiSettings, RealtimeSettings};
use crate::outward::Outward;

/// A browser waits for this.
const LIMIT: Duration = Duration::from_secs(10);
/// So much of an answer is read.
const LARGEST_ANSWER: usize = 64 * 1024;
const PROVIDER: &str = "openai";

/// Whoever gives credentials.
#[derive(Debug, Clone)]
pub enum Realtime {
    /// This machine; they lead nowhere.
    Local,
    /// OpenAI, or a server that speaks its protocol.
    OpenAi(Outward, OpenAiSettings),
    /// Nobody.
    Nobody,
}

/// A credential.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// What the browser shows. It is in no row, log or debug output.
    pub token: String,
    /// The session that it opens.
    pub session: SessionId,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// Who gave it.
    pub issuer: Issuer,
}

#[derive(Deserialize)]
struct Created {
    value: String,
    expires_at: i64,
    session: CreatedSession,
}

#[derive(Deserialize)]
struct CreatedSession {
    id: Option<String>,
}

impl Realtime {
    /// As the settings say.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(settings: &RealtimeSettings) -> Result<Self, reqwest::Error> {
        Ok(match settings {
            RealtimeSettings::Local => Self::Local,
            RealtimeSettings::OpenAi(settings) => Self::OpenAi(Outward::network()?, settings.clone()),
            RealtimeSettings::Nobody => Self::Nobody,
        })
    }

    /// A credential for one session.
    ///
    /// # Errors
    /// [`Error::Provider`] when the provider refuses, does not answer, or there is none.
    pub async fn credential(&self, app: &App, config: &SessionConfig) -> Result<Credential> {
        match self {
            Self::Local => Ok(Credential {
                token: format!("eph_{}{}", app.random.hex(), app.random.hex()),
                session: SessionId::from_hex(&app.random.hex()),
                expires_at: app.now().plus(TOKEN_LASTS),
                issuer: Issuer::Local,
            }),
            Self::OpenAi(outward, settings) => {
                let url = format!("{}/realtime/client_secrets", settings.base);
                let request = outward.request(Method::POST, &url).bearer_auth(&settings.key).json(&translated(config));
                let answer = outward.send(request, LIMIT).await.map_err(|_| failed(504))?;
                let status = answer.status().as_u16();
                if !answer.status().is_success() {
                    return Err(failed(status));
                }
                let body = limited(answer).await.ok_or_else(|| failed(504))?;
                credential(app, &body).ok_or_else(|| failed(502))
            }
            Self::Nobody => Err(failed(503)),
        }
    }
}

fn failed(status: u16) -> Error {
    tracing::error!(status, "no realtime session could be had");
    Error::Provider { what: "Failed to create session", provider: PROVIDER, status }
}

/// What the provider gave; nothing when it is no credential.
fn credential(app: &App, body: &[u8]) -> Option<Credential> {
    let created: Created = serde_json::from_slice(body).ok()?;
    // Not every server that speaks the protocol names the session.
    let named = created.session.id.and_then(|id| id.parse().ok());
    (!created.value.is_empty()).then(|| Credential {
        token: created.value,
        session: named.unwrap_or_else(|| SessionId::from_hex(&app.random.hex())),
        expires_at: Timestamp::from_seconds(created.expires_at),
        issuer: Issuer::OpenAi,
    })
}

async fn limited(mut answer: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// The set-up as providers take it today. It has no temperature any more.
fn translated(config: &SessionConfig) -> Value {
    json!({
        "expires_after": { "anchor": "created_at", "seconds": TOKEN_LASTS.as_secs() },
        "session": {
            "type": "realtime",
            "model": config.model,
            "instructions": config.instructions,
            "output_modalities": ["audio"],
            "audio": {
                "input": {
                    "format": format(config.input_audio_format),
                    "turn_detection": {
                        "type": "server_vad",
                        "threshold": config.turn_detection.threshold,
                        "prefix_padding_ms": 300,
                        "silence_duration_ms": config.turn_detection.silence_duration_ms,
                    },
                },
                "output": { "format": format(config.output_audio_format), "voice": config.voice },
            },
        },
    })
}

fn format(format: AudioFormat) -> Value {
    match format {
        AudioFormat::Pcm16 => json!({ "type": "audio/pcm", "rate": 24_000 }),
        AudioFormat::G711Ulaw => json!({ "type": "audio/pcmu" }),
        AudioFormat::G711Alaw => json!({ "type": "audio/pcma" }),
    }
}

#[cfg(test)]
mod tests {
    use domain::visit::session::config::{TurnDetection, TurnDetectionKind};

    use super::*;

    #[test]
    fn the_flat_set_up_becomes_that_of_today() {
        let config = SessionConfig {
            model: "gpt-realtime".into(),
            voice: "verse".into(),
            instructions: "You are a medical interpreter.".into(),
            temperature: 0.7,
            input_audio_format: AudioFormat::Pcm16,
            output_audio_format: AudioFormat::G711Ulaw,
            turn_detection: TurnDetection {
                kind: TurnDetectionKind::ServerVad,
                threshold: 0.5,
                silence_duration_ms: 500,
            },
        };
        insta::assert_snapshot!(translated(&config).to_string());
    }
}
