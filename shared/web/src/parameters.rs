//! Path and query parameters as text, for the domain to parse.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, Path, Query};
use domain::Error;
use http::request::Parts;

use crate::{Api, Refusal};

/// The query of a request. Unknown names are ignored; of a name that comes twice the last counts.
#[derive(Debug, Default)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// A parameter; blank counts as missing.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The query with a parameter replaced, for a link to another page.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut parameters = self.0.clone();
        parameters.insert(name.to_owned(), value.to_owned());
        let pairs = parameters.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// Percent-encodes everything but the unreserved characters (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

impl FromRequestParts<Api> for Parameters {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let query = Query::from_request_parts(parts, api).await;
        let Query(parameters) = query.map_err(|_| Error::malformed("The query is not valid."))?;
        Ok(Self(parameters))
    }
}

/// The one parameter of a path, parsed; what is no id of the kind names nothing.
#[derive(Debug)]
pub struct PathId<T>(pub T);

impl<T: std::str::FromStr + Send> FromRequestParts<Api> for PathId<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let path = Path::<String>::from_request_parts(parts, api).await;
        let Path(raw) = path.map_err(|_| Error::NotFound)?;
        raw.parse().map(Self).map_err(|_| Error::NotFound.into())
    }
}
