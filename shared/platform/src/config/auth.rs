//! How tokens are verified (external contracts, section 6).

use super::{ConfigError, Environment, Settings, environment};

/// The shortest shared secret, in bytes (RFC 7518, section 3.2: as long as the hash).
const SHORTEST_SECRET: usize = 32;

/// Who issues the tokens, for whom, and how they are signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Auth {
    /// The exact `iss` (`AUTH_ISSUER`).
    pub issuer: String,
    /// The expected `aud` (`AUTH_AUDIENCE`).
    pub audience: String,
    /// What verifies the signature.
    pub keys: Keys,
}

/// What verifies the signature of a token.
#[derive(Clone, PartialEq, Eq)]
pub enum Keys {
    /// Public keys at an address, RS256 and ES256 (`AUTH_JWKS_URL`).
    Jwks {
        /// The address.
        url: String,
    },
    /// A shared secret, HS256 (`AUTH_HS256_SECRET`): on one machine only.
    Secret(Vec<u8>),
}

impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Auth").field("issuer", &self.issuer).field("audience", &self.audience).finish_non_exhaustive()
    }
}

impl Auth {
    /// Reads the settings of a function that serves HTTP.
    ///
    /// # Errors
    /// [`ConfigError`] for a missing setting, for both kinds of keys at once, for a short secret, for a shared secret in
    /// production, and for an address without TLS that is not this machine.
    pub fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        let keys = match (settings.get("AUTH_JWKS_URL"), settings.get("AUTH_HS256_SECRET")) {
            (Some(_), Some(_)) => Err(ConfigError::new("AUTH_HS256_SECRET", "must not be set beside AUTH_JWKS_URL")),
            (Some(url), None) => jwks(url, environment(settings)?),
            (None, Some(secret)) => shared_secret(secret, environment(settings)?),
            (None, None) => Err(ConfigError::new("AUTH_JWKS_URL", "is required")),
        }?;
        Ok(Self {
            issuer: settings.require("AUTH_ISSUER")?.to_owned(),
            audience: settings.require("AUTH_AUDIENCE")?.to_owned(),
            keys,
        })
    }
}

fn jwks(url: &str, environment: Environment) -> Result<Keys, ConfigError> {
    let on_this_machine = environment == Environment::Local && url.starts_with("http://127.0.0.1:");
    if url.starts_with("https://") || on_this_machine {
        Ok(Keys::Jwks { url: url.to_owned() })
    } else {
        Err(ConfigError::new("AUTH_JWKS_URL", "must begin with https://"))
    }
}

fn shared_secret(secret: &str, environment: Environment) -> Result<Keys, ConfigError> {
    if environment == Environment::Production {
        Err(ConfigError::new("AUTH_HS256_SECRET", "is refused in production"))
    } else if secret.len() < SHORTEST_SECRET {
        Err(ConfigError::new("AUTH_HS256_SECRET", "must have at least 32 bytes"))
    } else {
        Ok(Keys::Secret(secret.as_bytes().to_vec()))
    }
}
