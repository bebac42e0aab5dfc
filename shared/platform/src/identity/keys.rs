//! The keys that verify tokens: a shared secret on one machine, or a set of public keys that its issuer rotates.

use std::time::Duration;

use domain::time::Timestamp;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header};
use tokio::sync::Mutex;

use super::token::VerifyingKey;
use crate::config::Keys;

/// How long a fetched set is used before it is fetched anew.
const FRESH: Duration = Duration::from_mins(10);
/// An unknown key id asks for the set anew at most this often, so that forged ids cannot be used to make traffic.
const REFETCH: Duration = Duration::from_mins(1);
const TIMEOUT: Duration = Duration::from_secs(2);
/// API Gateway's own limit for a key set; nobody's is larger.
const LARGEST_SET: usize = 150_000;

/// Where verifying keys come from.
#[derive(Debug)]
pub enum KeySource {
    /// HS256 with a shared secret.
    Secret(Box<VerifyingKeyOf>),
    /// RS256 and ES256 with public keys at an address.
    Jwks(Jwks),
}

/// A verifying key, opaque outside of identity.
#[derive(Debug)]
pub struct VerifyingKeyOf(VerifyingKey);

/// A set of public keys at an address.
#[derive(Debug)]
pub struct Jwks {
    url: String,
    client: reqwest::Client,
    cache: Mutex<Cache>,
}

#[derive(Debug, Default)]
struct Cache {
    keys: Vec<NamedKey>,
    fetched: Option<Timestamp>,
    tried: Option<Timestamp>,
}

#[derive(Debug, Clone)]
struct NamedKey {
    kid: Option<String>,
    key: VerifyingKey,
}

impl KeySource {
    /// The source that the configuration names.
    pub(super) fn new(keys: &Keys) -> Result<Self, reqwest::Error> {
        Ok(match keys {
            Keys::Secret(secret) => {
                let key = VerifyingKey { key: DecodingKey::from_secret(secret), algorithms: &[Algorithm::HS256] };
                Self::Secret(Box::new(VerifyingKeyOf(key)))
            }
            Keys::Jwks { url } => {
                let policy = reqwest::redirect::Policy::none();
                let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(policy).build()?;
                Self::Jwks(Jwks { url: url.clone(), client, cache: Mutex::default() })
            }
        })
    }

    pub(super) async fn preload(&self, now: Timestamp) {
        if let Self::Jwks(jwks) = self {
            let mut cache = jwks.cache.lock().await;
            jwks.refresh(&mut cache, now).await;
        }
    }

    /// The key for a token's header. The header chooses among our keys by `kid` and can bring none of its own.
    pub(super) async fn find(&self, header: &Header, now: Timestamp) -> Option<VerifyingKey> {
        match self {
            Self::Secret(key) => Some(key.0.clone()),
            Self::Jwks(jwks) => jwks.find(header.kid.as_deref(), now).await,
        }
    }
}

impl Jwks {
    async fn find(&self, kid: Option<&str>, now: Timestamp) -> Option<VerifyingKey> {
        let mut cache = self.cache.lock().await;
        let fresh = cache.fetched.is_some_and(|at| now.since(at) < FRESH);
        if !fresh && cache.may_fetch(now) {
            self.refresh(&mut cache, now).await;
        }
        if let Some(key) = cache.choose(kid) {
            return Some(key);
        }
        if cache.may_fetch(now) {
            self.refresh(&mut cache, now).await;
        }
        cache.choose(kid)
    }

    /// Fetches the set; on any failure the last good one stays.
    async fn refresh(&self, cache: &mut Cache, now: Timestamp) {
        cache.tried = Some(now);
        match self.fetch().await {
            Ok(keys) => {
                cache.keys = keys;
                cache.fetched = Some(now);
            }
            Err(problem) => tracing::error!(problem, "the key set could not be fetched; the last good one stays"),
        }
    }

    async fn fetch(&self) -> Result<Vec<NamedKey>, &'static str> {
        let answer = self.client.get(&self.url).send().await.map_err(|_| "no answer")?;
        if !answer.status().is_success() {
            return Err("the answer is not a success");
        }
        if answer.content_length().is_some_and(|length| length > LARGEST_SET.try_into().unwrap_or(u64::MAX)) {
            return Err("too large");
        }
        let body = answer.bytes().await.map_err(|_| "the answer broke off")?;
        if body.len() > LARGEST_SET {
            return Err("too large");
        }
        let set: JwkSet = serde_json::from_slice(&body).map_err(|_| "not a key set")?;
        let keys: Vec<NamedKey> = set.keys.iter().filter_map(usable).collect();
        if keys.is_empty() { Err("no usable key") } else { Ok(keys) }
    }
}

impl Cache {
    fn may_fetch(&self, now: Timestamp) -> bool {
        self.tried.is_none_or(|at| now.since(at) >= REFETCH)
    }

    /// The one key with this id. A set of one key may be used without an id; two keys with one id are never used.
    fn choose(&self, kid: Option<&str>) -> Option<VerifyingKey> {
        let mut matching = self.keys.iter().filter(|key| match kid {
            Some(kid) => key.kid.as_deref() == Some(kid),
            None => self.keys.len() == 1,
        });
        let key = matching.next()?;
        matching.next().is_none().then(|| key.key.clone())
    }
}

/// A key of the set that may verify: public, for signatures, and of a family that we accept.
fn usable(jwk: &Jwk) -> Option<NamedKey> {
    let for_signatures = !matches!(jwk.common.public_key_use, Some(ref usage) if *usage != PublicKeyUse::Signature);
    let algorithms: &'static [Algorithm] = match (&jwk.algorithm, jwk.common.key_algorithm) {
        (AlgorithmParameters::RSA(_), None | Some(KeyAlgorithm::RS256)) => &[Algorithm::RS256],
        (AlgorithmParameters::EllipticCurve(parameters), None | Some(KeyAlgorithm::ES256))
            if parameters.curve == EllipticCurve::P256 =>
        {
            &[Algorithm::ES256]
        }
        _ => return None,
    };
    let key = DecodingKey::from_jwk(jwk).ok().filter(|_| for_signatures)?;
    Some(NamedKey { kid: jwk.common.key_id.clone(), key: VerifyingKey { key, algorithms } })
}
