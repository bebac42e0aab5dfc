//! How a realtime session is set up, in the flat form of document 004, within what providers take.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::{is_blank, without_control_characters};

/// How a session is set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionConfig {
    /// The model that hears and speaks.
    pub model: String,
    /// Its voice.
    pub voice: String,
    /// What it is told to do.
    pub instructions: String,
    /// How freely it speaks. Providers of today have no such setting; it is given back to the client.
    pub temperature: f64,
    /// How sound comes.
    pub input_audio_format: AudioFormat,
    /// How sound goes.
    pub output_audio_format: AudioFormat,
    /// When somebody has finished speaking.
    pub turn_detection: TurnDetection,
}

/// How sound is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AudioFormat {
    /// 16 bits, 24 kHz.
    Pcm16,
    /// Telephones in North America and Japan.
    G711Ulaw,
    /// Telephones elsewhere.
    G711Alaw,
}

/// When somebody has finished speaking.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TurnDetection {
    /// How that is told.
    #[serde(rename = "type")]
    pub kind: TurnDetectionKind,
    /// How loud speech is, from 0 to 1.
    pub threshold: f64,
    /// How long silence is.
    pub silence_duration_ms: u32,
}

/// How it is told that somebody has finished speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnDetectionKind {
    /// By silence.
    ServerVad,
}

/// What a client wants otherwise; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct ConfigWish {
    /// Another model.
    pub model: Option<String>,
    /// Another voice.
    pub voice: Option<String>,
    /// Other instructions.
    pub instructions: Option<String>,
    /// Another temperature.
    pub temperature: Option<f64>,
    /// Another form of what comes.
    pub input_audio_format: Option<AudioFormat>,
    /// Another form of what goes.
    pub output_audio_format: Option<AudioFormat>,
    /// Another end of speech.
    pub turn_detection: Option<TurnWish>,
}

/// What a client wants otherwise about the end of speech.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct TurnWish {
    /// How it is told.
    #[serde(rename = "type")]
    pub kind: Option<TurnDetectionKind>,
    /// How loud speech is.
    pub threshold: Option<f64>,
    /// How long silence is.
    pub silence_duration_ms: Option<u32>,
}

const LONGEST_NAME: usize = 64;
const LONGEST_INSTRUCTIONS: usize = 8_000;
const LONGEST_SILENCE_MS: u32 = 10_000;

impl SessionConfig {
    /// This set-up as a client wants it.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn with(self, wish: ConfigWish) -> Result<Self> {
        let turn = wish.turn_detection.unwrap_or_default();
        let config = Self {
            model: name("config.model", wish.model, self.model)?,
            voice: name("config.voice", wish.voice, self.voice)?,
            instructions: instructions(wish.instructions, self.instructions)?,
            temperature: wish.temperature.unwrap_or(self.temperature),
            input_audio_format: wish.input_audio_format.unwrap_or(self.input_audio_format),
            output_audio_format: wish.output_audio_format.unwrap_or(self.output_audio_format),
            turn_detection: TurnDetection {
                kind: turn.kind.unwrap_or(self.turn_detection.kind),
                threshold: turn.threshold.unwrap_or(self.turn_detection.threshold),
                silence_duration_ms: turn.silence_duration_ms.unwrap_or(self.turn_detection.silence_duration_ms),
            },
        };
        within("config.temperature", config.temperature, 2.0)?;
        within("config.turn_detection.threshold", config.turn_detection.threshold, 1.0)?;
        if config.turn_detection.silence_duration_ms > LONGEST_SILENCE_MS {
            let field = "config.turn_detection.silence_duration_ms";
            return Err(Error::invalid(field, format!("{field} must be at most {LONGEST_SILENCE_MS}.")));
        }
        Ok(config)
    }
}

fn name(field: &'static str, wish: Option<String>, own: String) -> Result<String> {
    let Some(wish) = wish else { return Ok(own) };
    let is_plain = wish.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'));
    if (1..=LONGEST_NAME).contains(&wish.len()) && is_plain {
        Ok(wish)
    } else {
        Err(Error::invalid(field, format!("{field} must be a name of 1 to {LONGEST_NAME} letters, digits, - _ . :")))
    }
}

fn instructions(wish: Option<String>, own: String) -> Result<String> {
    let field = "config.instructions";
    let Some(wish) = wish else { return Ok(own) };
    without_control_characters(field, &wish)?;
    if is_blank(&wish) || wish.chars().count() > LONGEST_INSTRUCTIONS {
        return Err(Error::invalid(field, format!("{field} must have 1 to {LONGEST_INSTRUCTIONS} characters.")));
    }
    Ok(wish)
}

fn within(field: &'static str, value: f64, most: f64) -> Result<()> {
    if (0.0..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must be from 0 to {most}.")))
}
