//! A JSON body, parsed, with the guard that makes the request's effect happen once.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use domain::Error;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use platform::identity::Identity;
use platform::store::guards::{Guard, KeyScope};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::{Api, Refusal};

/// No operation takes a larger JSON body: the longest text has 10,000 characters.
pub const LARGEST_BODY: usize = 256 * 1024;
/// What takes a whole transcript takes a body of this size: 256 KB of text, however it is escaped.
pub const TRANSCRIPT_BODY: usize = 1024 * 1024;
const LONGEST_KEY: usize = 255;

/// A request that changes something, with a body of at most so many bytes.
#[derive(Debug)]
pub struct Command<T, const LARGEST: usize = LARGEST_BODY> {
    /// The parsed body.
    pub body: T,
    raw: Bytes,
    route: String,
    key: Option<String>,
}

impl<T, const LARGEST: usize> Command<T, LARGEST> {
    /// The guard of this request: the caller's `Idempotency-Key`, or the request's own id.
    #[must_use]
    pub fn guard(&self, api: &Api, identity: &Identity) -> Guard {
        let scope = self.key.as_deref().map(|key| KeyScope { subject: identity.subject(), route: &self.route, key });
        Guard::of_request(&api.app, scope, &self.raw)
    }
}

/// A request that changes something and says it all by its path. Whatever body it has is ignored.
#[derive(Debug)]
pub struct NoBody {
    route: String,
    key: Option<String>,
}

impl NoBody {
    /// The guard of this request: the caller's `Idempotency-Key`, or the request's own id.
    #[must_use]
    pub fn guard(&self, api: &Api, identity: &Identity) -> Guard {
        let scope = self.key.as_deref().map(|key| KeyScope { subject: identity.subject(), route: &self.route, key });
        Guard::of_request(&api.app, scope, b"")
    }
}

impl FromRequestParts<Api> for NoBody {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Refusal> {
        Ok(Self { route: format!("{} {}", parts.method, parts.uri.path()), key: idempotency_key(&parts.headers)? })
    }
}

impl<T: DeserializeOwned + Send, const LARGEST: usize> FromRequest<Api> for Command<T, LARGEST> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &Api) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        if !is_json(&parts.headers) {
            return Err(Refusal::UnsupportedMediaType);
        }
        let key = idempotency_key(&parts.headers)?;
        let raw = to_bytes(body, LARGEST).await.map_err(|_| Refusal::TooLarge)?;
        Ok(Self { body: parse(&raw)?, raw, route: format!("{} {}", parts.method, parts.uri.path()), key })
    }
}

/// As [`Command`], of a body that may be left out, and then says nothing.
#[derive(Debug)]
pub struct Optional<T, const LARGEST: usize = LARGEST_BODY>(pub Command<T, LARGEST>);

impl<T: DeserializeOwned + Default + Send, const LARGEST: usize> FromRequest<Api> for Optional<T, LARGEST> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &Api) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let key = idempotency_key(&parts.headers)?;
        let raw = to_bytes(body, LARGEST).await.map_err(|_| Refusal::TooLarge)?;
        let body = match raw.is_empty() {
            true => T::default(),
            false if is_json(&parts.headers) => parse(&raw)?,
            false => return Err(Refusal::UnsupportedMediaType),
        };
        Ok(Self(Command { body, raw, route: format!("{} {}", parts.method, parts.uri.path()), key }))
    }
}

/// For a field in which null says something else than leaving it out.
///
/// # Errors
/// The deserializer's own.
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Error> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default().trim();
    if (1..=LONGEST_KEY).contains(&key.len()) {
        Ok(Some(key.to_owned()))
    } else {
        Err(Error::malformed(format!("Idempotency-Key must have 1 to {LONGEST_KEY} visible ASCII characters.")))
    }
}

/// A body as `T`; a fault names the field and never repeats what was in it.
fn parse<T: DeserializeOwned>(raw: &[u8]) -> Result<T, Error> {
    // A struct would read a list as its fields in order.
    if raw.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'[') {
        return Err(Error::malformed("The request body must be a JSON object with each field given once."));
    }
    let mut json = serde_json::Deserializer::from_slice(raw);
    let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let is_value = error.inner().classify() == serde_json::error::Category::Data;
        if is_value && path != "." && !path.contains('?') {
            Error::invalid(path.clone(), format!("{path} is not of the expected type, or is given twice."))
        } else if is_value {
            Error::malformed("The request body must be a JSON object with each field given once.")
        } else {
            Error::malformed("The request body is not valid JSON.")
        }
    })?;
    json.end().map_err(|_| Error::malformed("The request body is not valid JSON."))?;
    Ok(parsed)
}

/// Reads an integer id that a client may send as a number or as text.
///
/// # Errors
/// When it is neither.
pub fn lenient_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u64),
        Text(String),
    }
    match Option::<Either>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Either::Number(number)) => Ok(Some(number)),
        Some(Either::Text(text)) if text.trim().is_empty() => Ok(None),
        Some(Either::Text(text)) => text.trim().parse().map(Some).map_err(serde::de::Error::custom),
    }
}

/// Whether an answer repeats what an earlier request with the same key was answered.
#[must_use]
pub fn replayed(mut response: axum::response::Response, is_replay: bool) -> axum::response::Response {
    if is_replay && response.status().is_success() {
        response.headers_mut().insert("idempotency-replayed", http::HeaderValue::from_static("true"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Body {
        phone_number: Option<String>,
        #[serde(deserialize_with = "lenient_id")]
        patient_id: Option<u64>,
        conditions: Vec<String>,
    }

    fn refused(raw: &[u8]) -> String {
        parse::<Body>(raw).unwrap_err().to_string()
    }

    #[test]
    fn a_fault_names_the_field_and_not_its_value() {
        let deep = [b"[".repeat(100_000)].concat();
        let nul = b"{\"phone_number\":\"a\0b\"}";
        let faults = [
            &br#"{"phone_number":5551234}"#[..],
            br#"{"conditions":["a",{"b":1}]}"#,
            br#"{"patient_id":"x"}"#,
            br#"{"patient_id":-1}"#,
            br#"{"phone_number":"a","phone_number":"b"}"#,
            b"[]",
            b"\"text\"",
            b"",
            b"{",
            b"{} {}",
            b"\xff\xfe",
            nul,
            &deep,
        ];
        insta::assert_snapshot!(faults.map(refused).join("\n"), @r"
        phone_number is not of the expected type, or is given twice.
        conditions[1] is not of the expected type, or is given twice.
        patient_id is not of the expected type, or is given twice.
        patient_id is not of the expected type, or is given twice.
        The request body must be a JSON object with each field given once.
        The request body must be a JSON object with each field given once.
        The request body must be a JSON object with each field given once.
        The request body is not valid JSON.
        The request body is not valid JSON.
        The request body is not valid JSON.
        The request body is not valid JSON.
        The request body is not valid JSON.
        The request body must be a JSON object with each field given once.
        ");
    }

    #[test]
    fn ids_come_as_numbers_or_text() {
        for (raw, id) in [
            (r#"{"patient_id":5}"#, Some(5)),
            (r#"{"patient_id":" 5 "}"#, Some(5)),
            (r#"{"patient_id":""}"#, None),
            (r#"{"patient_id":null}"#, None),
        ] {
            assert_eq!(parse::<Body>(raw.as_bytes()).unwrap().patient_id, id, "{raw}");
        }
    }

    #[test]
    fn json_by_any_of_its_names() {
        let of = |value: &str| is_json(&HeaderMap::from_iter([(CONTENT_TYPE, value.parse().unwrap())]));
        assert!(of("application/json") && of("Application/JSON; charset=utf-8") && of("application/fhir+json"));
        assert!(
            !of("text/plain") && !of("application/x-www-form-urlencoded") && !of("") && !is_json(&HeaderMap::new())
        );
    }
}
