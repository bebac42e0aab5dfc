//! The id that joins what a caller saw with what the log says.

use std::future::Future;

use http::HeaderMap;
use platform::random::Random;
use tracing::Instrument;

/// The id of one request: the caller's own, or a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrelationId(String);

impl CorrelationId {
    /// The caller's `X-Correlation-Id` when it is fit for a log, else a new id.
    #[must_use]
    pub fn of(headers: &HeaderMap, random: &Random) -> Self {
        let given = headers.get("x-correlation-id").and_then(|value| value.to_str().ok());
        let fits = |id: &&str| {
            (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        Self(given.filter(fits).map_or_else(|| format!("req_{}", random.hex()), ToOwned::to_owned))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Runs a request with its id on every line of its log.
pub async fn correlated<T>(id: &CorrelationId, work: impl Future<Output = T>) -> T {
    work.instrument(tracing::info_span!("request", correlation_id = id.as_str())).await
}
