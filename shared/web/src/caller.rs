//! Extractors that turn a token into a caller: verified, of the right role, and within its rate.

use axum::extract::FromRequestParts;
use domain::Error;
use http::Method;
use http::header::AUTHORIZATION;
use http::request::Parts;
use platform::identity::{CareTeam, Clinician, Identity, Operator};
use platform::metrics::Count;
use platform::store::rate::{self, Class};

use crate::{Api, Refusal};

/// An authorised caller of one kind.
#[derive(Debug)]
pub struct Caller<T>(pub T);

impl FromRequestParts<Api> for Caller<CareTeam> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let caller = CareTeam::new(identity(parts, api).await?)?;
        within_rate(parts, api, caller.identity()).await?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<Api> for Caller<Operator> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let caller = Operator::new(identity(parts, api).await?)?;
        within_rate(parts, api, caller.identity()).await?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<Api> for Caller<Clinician> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let caller = Clinician::new(identity(parts, api).await?)?;
        within_rate(parts, api, caller.identity()).await?;
        Ok(Self(caller))
    }
}

async fn identity(parts: &Parts, api: &Api) -> Result<Identity, Refusal> {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        header.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        return Err(Error::Unauthenticated.into());
    };
    let verified = api.verifier.verify(token.trim(), api.app.now()).await;
    if verified.is_err() {
        api.app.count(Count::TokenRefused);
    }
    Ok(verified?)
}

async fn within_rate(parts: &Parts, api: &Api, identity: &Identity) -> Result<(), Refusal> {
    let class = if matches!(parts.method, Method::GET | Method::HEAD) { Class::Read } else { Class::Write };
    Ok(rate::count(&api.app, identity, class).await?)
}
