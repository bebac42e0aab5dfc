//! Extractors that turn a token into a caller: verified, of the right role, and within its rate.

use axum::extract::{FromRequestParts, RawPathParams};
use domain::Error;
use domain::ids::SectionId;
use http::Method;
use http::header::AUTHORIZATION;
use http::request::Parts;
use platform::identity::{
    CareTeam, Clinician, Correspondent, Identity, Operator, PatientAccount, RecordReader, Subject, Therapist,
};
use platform::metrics::Count;
use platform::store::rate::{self, Class};
use platform::store::sections;

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

impl FromRequestParts<Api> for Caller<Subject> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let (identity, section) = (identity(parts, api).await?, section(parts).await?);
        Subject::admits(&identity, section)?;
        within_rate(parts, api, &identity).await?;
        let owner = sections::owner(&api.app, section, &identity).await?;
        let caller = Subject::new(identity, section, owner)?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<Api> for Caller<Therapist> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let (identity, section) = (identity(parts, api).await?, section(parts).await?);
        Therapist::admits(&identity, section)?;
        within_rate(parts, api, &identity).await?;
        let owner = sections::owner(&api.app, section, &identity).await?;
        let caller = Therapist::new(identity, section, owner)?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<Api> for Caller<PatientAccount> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let caller = PatientAccount::new(identity(parts, api).await?, api.app.config.default_organization)?;
        within_rate(parts, api, caller.identity()).await?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<Api> for Caller<Correspondent> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let caller = Correspondent::new(identity(parts, api).await?, api.app.config.default_organization)?;
        within_rate(parts, api, caller.identity()).await?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<Api> for Caller<RecordReader> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let caller = RecordReader::new(identity(parts, api).await?, api.app.config.default_organization)?;
        within_rate(parts, api, caller.identity()).await?;
        Ok(Self(caller))
    }
}

/// The section of the request's path; what is no section is nobody's.
async fn section(parts: &mut Parts) -> Result<SectionId, Refusal> {
    let path = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Error::Forbidden)?;
    let found = path.iter().find(|(name, _)| *name == "section_id").and_then(|(_, raw)| raw.parse().ok());
    Ok(found.ok_or(Error::Forbidden)?)
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
