//! An organisation's endpoints: where they are, what they subscribed to, with which secrets they are told, and when one is
//! disabled.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::target::TargetUrl;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::ids::{EndpointId, OrganizationId};
use crate::time::Timestamp;

/// An organisation has no more endpoints than this.
pub const MOST: usize = 20;
/// For so long an endpoint may fail before it is disabled.
pub const PATIENCE: Duration = Duration::from_hours(120);
/// For so long the secret before a rotation signs, too.
pub const OVERLAP: Duration = Duration::from_hours(24);
const LONGEST_DESCRIPTION: usize = 200;
/// Secrets that still sign beside the newest, at most.
const MOST_RETIRED: usize = 3;

/// A signing secret, `whsec_` and base64 (Standard Webhooks 1.0). It is not printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The secret with this text.
    #[must_use]
    pub fn of_text(text: String) -> Self {
        Self(text)
    }

    /// Its text, for the one who may see it and for who signs.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// A secret before the newest one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// The secret.
    pub secret: Secret,
    /// Until when it signs.
    pub until: Timestamp,
}

/// Why an endpoint is disabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disabled {
    /// Its organisation said so.
    ByOwner,
    /// It answered that it is no more.
    Gone,
    /// It failed for [`PATIENCE`].
    Failing,
}

/// An endpoint as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Where it is.
    pub url: TargetUrl,
    /// What its organisation says of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// What it is told.
    pub events: BTreeSet<EventKind>,
    /// Why it is told nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub disabled: Option<Disabled>,
    /// Since when every attempt failed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failing_since: Option<Timestamp>,
    /// The secret that signs.
    pub secret: Secret,
    /// Secrets that sign, too, for a while.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub retired: Vec<Retired>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed.
    pub updated: Timestamp,
    /// Moves with every change.
    pub version: u32,
}

/// What an organisation says of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointEntry {
    /// Where it is.
    pub url: TargetUrl,
    /// What it is told; nothing said is everything.
    pub events: BTreeSet<EventKind>,
    /// What its organisation says of it.
    pub description: Option<String>,
}

/// What is to change of an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointChange {
    /// Where it is.
    pub url: Option<TargetUrl>,
    /// What it is told.
    pub events: Option<BTreeSet<EventKind>>,
    /// What its organisation says of it; an inner nothing takes it away.
    pub description: Option<Option<String>>,
    /// Whether it is told anything.
    pub enabled: Option<bool>,
}

/// Reads the names of the events that an endpoint is told.
///
/// # Errors
/// [`Error::Invalid`] for a name that is none, or for none at all.
pub fn parse_events(names: &[String]) -> Result<BTreeSet<EventKind>> {
    let known = EventKind::ALL.map(EventKind::name).join(", ");
    let refuse = || Error::invalid("events", format!("events must be some of {known}."));
    let kinds = names.iter().map(|name| EventKind::of_name(name).ok_or_else(refuse));
    let kinds = kinds.collect::<Result<BTreeSet<_>>>()?;
    if kinds.is_empty() { Err(refuse()) } else { Ok(kinds) }
}

/// Reads what an organisation says of an endpoint.
///
/// # Errors
/// [`Error::Invalid`] when it is too long or has control characters.
pub fn parse_description(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.chars().count() > LONGEST_DESCRIPTION || text.contains(char::is_control) {
        let message = format!("description must be a line of at most {LONGEST_DESCRIPTION} characters.");
        return Err(Error::invalid("description", message));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

impl Endpoint {
    /// A new endpoint.
    #[must_use]
    pub fn new(
        id: EndpointId,
        organization_id: OrganizationId,
        entry: EndpointEntry,
        (secret, now): (Secret, Timestamp),
    ) -> Self {
        let EndpointEntry { url, events, description } = entry;
        let (disabled, failing_since, retired) = (None, None, Vec::new());
        let (created, updated, version) = (now, now, 0);
        Self {
            id,
            organization_id,
            url,
            description,
            events,
            disabled,
            failing_since,
            secret,
            retired,
            created,
            updated,
            version,
        }
    }

    /// Whether an event is for this endpoint: one that is meant for it, or one to which it subscribed that is meant for all.
    #[must_use]
    pub fn wants(&self, event: &Event) -> bool {
        event.target.map_or_else(|| self.events.contains(&event.kind), |target| target == self.id)
    }

    /// The secrets that sign now, the newest first.
    #[must_use]
    pub fn signing(&self, now: Timestamp) -> Vec<&Secret> {
        let retired = self.retired.iter().filter(|retired| retired.until > now).map(|retired| &retired.secret);
        std::iter::once(&self.secret).chain(retired).collect()
    }

    /// This endpoint as its organisation wants it. Who enables it again begins anew.
    #[must_use]
    pub fn changed(&self, change: &EndpointChange, now: Timestamp) -> Self {
        let mut endpoint = self.bumped(now);
        if let Some(url) = &change.url {
            endpoint.url = url.clone();
        }
        if let Some(events) = &change.events {
            endpoint.events.clone_from(events);
        }
        if let Some(description) = &change.description {
            endpoint.description.clone_from(description);
        }
        match change.enabled {
            Some(true) => (endpoint.disabled, endpoint.failing_since) = (None, None),
            Some(false) => endpoint.disabled = Some(Disabled::ByOwner),
            None => {}
        }
        endpoint
    }

    /// This endpoint with a new secret; the one before signs, too, for [`OVERLAP`].
    #[must_use]
    pub fn rotated(&self, secret: Secret, now: Timestamp) -> Self {
        let retired = Retired { secret: self.secret.clone(), until: now.plus(OVERLAP) };
        let still = self.retired.iter().filter(|retired| retired.until > now).cloned();
        let retired = std::iter::once(retired).chain(still).take(MOST_RETIRED).collect();
        Self { secret, retired, ..self.bumped(now) }
    }

    /// This endpoint after an attempt; nothing when that changes nothing of it.
    #[must_use]
    pub fn after(&self, is_success: bool, now: Timestamp) -> Option<Self> {
        match (is_success, self.failing_since) {
            (true, Some(_)) => Some(Self { failing_since: None, ..self.next() }),
            (false, None) => Some(Self { failing_since: Some(now), ..self.next() }),
            (false, Some(since)) if now.since(since) >= PATIENCE => self.disabled_for(Disabled::Failing, now),
            _ => None,
        }
    }

    /// This endpoint disabled; nothing when it is already.
    #[must_use]
    pub fn disabled_for(&self, why: Disabled, now: Timestamp) -> Option<Self> {
        self.disabled.is_none().then(|| Self { disabled: Some(why), ..self.bumped(now) })
    }

    fn bumped(&self, now: Timestamp) -> Self {
        Self { updated: now, ..self.next() }
    }

    fn next(&self) -> Self {
        Self { version: self.version.saturating_add(1), ..self.clone() }
    }
}

#[cfg(test)]
mod tests;
