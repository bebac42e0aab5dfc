//! Where webhooks may go: public HTTPS addresses, whatever a name resolves to when it is asked (external contracts, section 4.2).
//! The blocked networks are the special-purpose registries of IANA (RFC 6890), and those in which IPv4 addresses hide.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::error::{Error, Result};
use crate::media::url::is_public_name;

const LONGEST: usize = 2048;

/// Whether this machine itself may be told, which only a runner on one machine allows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Loopback {
    /// It is refused like every address that is not public.
    #[default]
    Refused,
    /// It is reached, also without TLS.
    Allowed,
}

/// The address of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TargetUrl(String);

impl TargetUrl {
    /// Checks an address as far as that is possible without asking for its name.
    ///
    /// # Errors
    /// [`Error::Invalid`] for anything but an HTTPS address, without credentials and fragment, on a host that may be public.
    pub fn parse(raw: &str, loopback: Loopback) -> Result<Self> {
        let refuse = || Error::invalid("url", "url must be an HTTPS address on a public host.");
        let text = raw.trim();
        // Parsing would drop line ends and tabs without a word.
        let url = if text.contains(char::is_control) { None } else { Url::parse(text).ok() };
        let url = url.filter(|url| is_acceptable(url, loopback)).ok_or_else(refuse)?;
        let text = String::from(url);
        if text.len() <= LONGEST { Ok(Self(text)) } else { Err(refuse()) }
    }

    /// Whether it would still be taken: what was kept once may be refused by now.
    #[must_use]
    pub fn is_acceptable(&self, loopback: Loopback) -> bool {
        Url::parse(&self.0).is_ok_and(|url| is_acceptable(&url, loopback))
    }

    /// The address, spelt as everybody will read it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_acceptable(url: &Url, loopback: Loopback) -> bool {
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if is_here {
        return is_plain && loopback == Loopback::Allowed && matches!(url.scheme(), "http" | "https");
    }
    let is_public = match url.host() {
        Some(Host::Ipv4(address)) => may_connect(IpAddr::V4(address), loopback),
        Some(Host::Ipv6(address)) => may_connect(IpAddr::V6(address), loopback),
        Some(Host::Domain(name)) => is_public_name(name),
        None => false,
    };
    is_plain && is_public && url.scheme() == "https"
}

/// Networks of IPv4 that are not the public internet, with the length of their prefix.
const NOT_PUBLIC_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The same of IPv6; among them those that carry an IPv4 address, which could be any.
const NOT_PUBLIC_V6: [(Ipv6Addr, u32); 13] = [
    (Ipv6Addr::UNSPECIFIED, 96),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    (Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),
];

/// Whether a connection to an address may be made.
#[must_use]
pub fn may_connect(address: IpAddr, loopback: Loopback) -> bool {
    // An IPv4 address in the clothes of IPv6 is that IPv4 address.
    let address = address.to_canonical();
    if address.is_loopback() {
        return loopback == Loopback::Allowed;
    }
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4
            .iter()
            .any(|(network, length)| (address.to_bits() ^ network.to_bits()).leading_zeros() >= *length),
        IpAddr::V6(address) => !NOT_PUBLIC_V6
            .iter()
            .any(|(network, length)| (address.to_bits() ^ network.to_bits()).leading_zeros() >= *length),
    }
}

#[cfg(test)]
mod tests;
