//! Verifying a token: the checklist of RFC 8725 as `external-contracts.md` §6.2 numbers it.
//!
//! The library checks signature, algorithm, issuer and audience. What it leaves open by default is closed here: times
//! against the product's clock, `iat` in the future, unknown `crit`, foreign `typ`, oversized tokens.

use domain::account::AccountName;
use domain::caller::Role;
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, ProviderId, SectionId, UserId};
use domain::time::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde::Deserialize;

use super::Identity;
use super::keys::KeySource;
use crate::config::Auth;

/// Longer tokens are refused before anything in them is decoded.
const LONGEST_TOKEN: usize = 8 * 1024;
/// Allowed difference between the issuer's clock and ours, in seconds.
const LEEWAY_S: i64 = 30;

/// Verifies tokens of one issuer for one audience.
#[derive(Debug)]
pub struct Verifier {
    keys: KeySource,
    issuer: String,
    audience: String,
}

/// Why a token was refused. For the log only; a caller never learns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    TooLong,
    Malformed,
    Critical,
    Type,
    UnknownKey,
    Signature,
    Times,
    Claims,
}

#[derive(Debug, Deserialize)]
struct Claims {
    sub: String,
    role: Role,
    exp: i64,
    iat: Option<i64>,
    nbf: Option<i64>,
    organization_id: Option<u64>,
    provider_id: Option<u64>,
    user_id: Option<u64>,
    patient_id: Option<PatientClaim>,
    #[serde(default)]
    section_ids: Vec<u64>,
    /// Cognito marks its access tokens; an id token must not pass as one.
    token_use: Option<String>,
}

/// A patient by a number of ours, or by another system's name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum PatientClaim {
    Number(u64),
    Text(String),
}

impl PatientClaim {
    fn name(&self) -> Result<AccountName, Refusal> {
        let name = match self {
            Self::Number(number) => AccountName::parse(&number.to_string()),
            Self::Text(text) => AccountName::parse(text),
        };
        name.ok_or(Refusal::Claims)
    }
}

impl Verifier {
    /// A verifier as configured. Keys at an address are fetched at the first token, or by [`Verifier::preload`].
    ///
    /// # Errors
    /// A description when no HTTP client can be made.
    pub fn new(auth: &Auth) -> Result<Self, reqwest::Error> {
        Ok(Self { keys: KeySource::new(&auth.keys)?, issuer: auth.issuer.clone(), audience: auth.audience.clone() })
    }

    /// Fetches the keys ahead of the first request, while a starting function has CPU to spare.
    pub async fn preload(&self, now: Timestamp) {
        self.keys.preload(now).await;
    }

    /// The identity behind a token.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for every fault alike; which one it was is in the log.
    pub async fn verify(&self, token: &str, now: Timestamp) -> Result<Identity> {
        self.checked(token, now).await.map_err(|refusal| {
            tracing::info!(reason = ?refusal, "token refused");
            Error::Unauthenticated
        })
    }

    async fn checked(&self, token: &str, now: Timestamp) -> Result<Identity, Refusal> {
        if token.len() > LONGEST_TOKEN {
            return Err(Refusal::TooLong);
        }
        let header = decode_header(token).map_err(|_| Refusal::Malformed)?;
        acceptable(&header)?;
        let key = self.keys.find(&header, now).await.ok_or(Refusal::UnknownKey)?;
        let claims = decode::<Claims>(token, &key.key, &self.validation(key.algorithms))
            .map_err(|error| refusal_of(&error))?
            .claims;
        in_time(&claims, now)?;
        identity(claims)
    }

    fn validation(&self, algorithms: &'static [Algorithm]) -> Validation {
        let mut validation = Validation { algorithms: algorithms.to_vec(), ..Validation::default() };
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        // The library compares with the machine's clock; `in_time` compares with the product's.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation
    }
}

/// A key, and the algorithms for which it may be used.
#[derive(Debug, Clone)]
pub(super) struct VerifyingKey {
    pub(super) key: DecodingKey,
    pub(super) algorithms: &'static [Algorithm],
}

fn refusal_of(error: &jsonwebtoken::errors::Error) -> Refusal {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => Refusal::Signature,
        _ => Refusal::Claims,
    }
}

/// `jku`, `jwk`, `x5u` and `x5c` need no check: the key comes from our own set, whatever the token names.
fn acceptable(header: &Header) -> Result<(), Refusal> {
    if header.crit.is_some() {
        return Err(Refusal::Critical);
    }
    match header.typ.as_deref() {
        None => Ok(()),
        Some(typ) if typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("at+jwt") => Ok(()),
        Some(_) => Err(Refusal::Type),
    }
}

fn in_time(claims: &Claims, now: Timestamp) -> Result<(), Refusal> {
    let now = now.seconds();
    let expired = claims.exp.saturating_add(LEEWAY_S) <= now;
    let not_yet = [claims.nbf, claims.iat].into_iter().flatten().any(|at| at > now.saturating_add(LEEWAY_S));
    if expired || not_yet { Err(Refusal::Times) } else { Ok(()) }
}

fn identity(claims: Claims) -> Result<Identity, Refusal> {
    let is_access_token = claims.token_use.as_deref().is_none_or(|usage| usage == "access");
    let subject_fits = (1..=256).contains(&claims.sub.len());
    let organization_id =
        claims.organization_id.map(|id| OrganizationId::new(id).ok_or(Refusal::Claims)).transpose()?;
    let provider_id = claims.provider_id.map(|id| ProviderId::new(id).ok_or(Refusal::Claims)).transpose()?;
    let user_id = claims.user_id.map(|id| UserId::new(id).ok_or(Refusal::Claims)).transpose()?;
    let patient = claims.patient_id.as_ref().map(PatientClaim::name).transpose()?;
    let sections = claims.section_ids.into_iter().map(|id| SectionId::new(id).ok_or(Refusal::Claims));
    let section_ids = sections.collect::<Result<Vec<_>, _>>()?;
    if !is_access_token || !subject_fits {
        return Err(Refusal::Claims);
    }
    Ok(Identity { subject: claims.sub, role: claims.role, organization_id, provider_id, user_id, patient, section_ids })
}

#[cfg(test)]
mod tests;
