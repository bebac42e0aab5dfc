//! `POST /api/session` (MI-session): a short credential with which the browser is heard.

use axum::Extension;
use axum::extract::State;
use domain::visit::session::config::{
    AudioFormat, ConfigWish, SessionConfig, TurnDetection, TurnDetectionKind, TurnWish,
};
use domain::visit::session::{Issuer, Session};
use platform::identity::Clinician;
use platform::store::sessions;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::Optional;
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::Visits;

const INSTRUCTIONS: &str = "You are a medical interpreter. Interpret everything that is said between the clinician and the patient, \
    completely and exactly, into the other's language. Keep numbers, units, names of drugs, sides of the body and negations as they \
    were said. Add nothing, leave nothing out, and give no advice of your own.";

#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct SessionBody {
    /// What is to be otherwise than usual.
    config: Option<ConfigBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct ConfigBody {
    #[schema(example = "gpt-realtime")]
    model: Option<String>,
    #[schema(example = "verse")]
    voice: Option<String>,
    instructions: Option<String>,
    /// From 0 to 2.
    temperature: Option<f64>,
    /// `pcm16`, `g711_ulaw` or `g711_alaw`.
    #[schema(value_type = Option<String>, example = "pcm16")]
    input_audio_format: Option<AudioFormat>,
    /// As `input_audio_format`.
    #[schema(value_type = Option<String>, example = "pcm16")]
    output_audio_format: Option<AudioFormat>,
    turn_detection: Option<TurnBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct TurnBody {
    /// `server_vad`.
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>, example = "server_vad")]
    kind: Option<TurnDetectionKind>,
    /// From 0 to 1.
    threshold: Option<f64>,
    silence_duration_ms: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionView {
    /// The credential; it is shown once.
    #[schema(example = "eph_abc123xyz789")]
    token: String,
    #[schema(example = "sess_def456")]
    session_id: String,
    #[schema(example = "2024-01-15T10:30:00.000Z")]
    expires_at: String,
    config: ConfigView,
    /// Who gave the credential: `openai`, or `local` for one that leads nowhere.
    #[schema(example = "openai")]
    provider: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
struct ConfigView {
    model: String,
    voice: String,
    instructions: String,
    temperature: f64,
    #[schema(value_type = String)]
    input_audio_format: AudioFormat,
    #[schema(value_type = String)]
    output_audio_format: AudioFormat,
    turn_detection: TurnView,
}

#[derive(Debug, Serialize, ToSchema)]
struct TurnView {
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: TurnDetectionKind,
    threshold: f64,
    silence_duration_ms: u32,
}

/// Create a session: a credential for a minute, and the id under which one conversation begins.
#[utoipa::path(
    post,
    path = "/api/session",
    tag = "interpreter visits",
    operation_id = "create_session",
    request_body(content = Option<SessionBody>),
    responses((status = 200, description = "The session.", body = Enveloped<SessionView>), InterpreterVisitsRefusals,
        (status = 502, description = "The provider refused or did not answer.")),
    security(("bearer" = []))
)]
pub(crate) async fn create_session(
    State(api): State<Api>,
    Extension(visits): Extension<Visits>,
    Caller(caller): Caller<Clinician>,
    Optional(command): Optional<SessionBody>,
) -> Reply {
    let config = usual(&visits).with(command.body.config.map(wish).unwrap_or_default())?;
    let credential = visits.realtime.credential(&api.app, &config).await?;
    let session = Session {
        id: credential.session,
        organization_id: caller.organization(),
        clinician: caller.id(),
        issuer: credential.issuer,
        created: api.app.now(),
        expires_at: credential.expires_at,
        visit: None,
        ended: None,
        version: 1,
    };
    sessions::keep_new(&api.app, &session).await?;
    Ok(answered(view(credential.token, &session, config)))
}

/// What a session is like when nobody wants it otherwise.
fn usual(visits: &Visits) -> SessionConfig {
    SessionConfig {
        model: visits.settings.model.clone(),
        voice: "verse".to_owned(),
        instructions: INSTRUCTIONS.to_owned(),
        temperature: 0.7,
        input_audio_format: AudioFormat::Pcm16,
        output_audio_format: AudioFormat::Pcm16,
        turn_detection: TurnDetection { kind: TurnDetectionKind::ServerVad, threshold: 0.5, silence_duration_ms: 500 },
    }
}

fn wish(body: ConfigBody) -> ConfigWish {
    ConfigWish {
        model: body.model,
        voice: body.voice,
        instructions: body.instructions,
        temperature: body.temperature,
        input_audio_format: body.input_audio_format,
        output_audio_format: body.output_audio_format,
        turn_detection: body.turn_detection.map(|turn| TurnWish {
            kind: turn.kind,
            threshold: turn.threshold,
            silence_duration_ms: turn.silence_duration_ms,
        }),
    }
}

fn view(token: String, session: &Session, config: SessionConfig) -> SessionView {
    SessionView {
        token,
        session_id: session.id.to_string(),
        expires_at: session.expires_at.rfc3339_millis(),
        config: ConfigView {
            model: config.model,
            voice: config.voice,
            instructions: config.instructions,
            temperature: config.temperature,
            input_audio_format: config.input_audio_format,
            output_audio_format: config.output_audio_format,
            turn_detection: TurnView {
                kind: config.turn_detection.kind,
                threshold: config.turn_detection.threshold,
                silence_duration_ms: config.turn_detection.silence_duration_ms,
            },
        },
        provider: Issuer::name(session.issuer),
    }
}
