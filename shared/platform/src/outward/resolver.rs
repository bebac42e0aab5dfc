//! Names of hosts that others chose. The connection is made to exactly the addresses that were looked at here: a name that
//! resolves otherwise a moment later changes nothing.

use std::net::SocketAddr;

use domain::webhook::target::{Loopback, may_connect};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

/// Resolves names to public addresses alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct PublicAddresses(pub(super) Loopback);

/// A name leads to no public address.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
pub(super) struct NotPublic;

impl Resolve for PublicAddresses {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.0;
        Box::pin(async move {
            let found = lookup_host((name.as_str(), 0)).await?;
            Ok(public(found, loopback)?)
        })
    }
}

fn public(found: impl Iterator<Item = SocketAddr>, loopback: Loopback) -> Result<Addrs, NotPublic> {
    let public: Vec<SocketAddr> = found.filter(|address| may_connect(address.ip(), loopback)).collect();
    if public.is_empty() { Err(NotPublic) } else { Ok(Box::new(public.into_iter())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_left_of_what_a_name_resolves_to() {
        let of = |addresses: &[&str], loopback| {
            let found: Vec<SocketAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
            public(found.into_iter(), loopback).map(|left| left.map(|address| address.to_string()).collect::<Vec<_>>())
        };
        let mixed = ["10.0.0.1:0", "1.1.1.1:0", "[::ffff:169.254.169.254]:0", "[::1]:0", "[2606:4700::1]:0"];
        assert_eq!(of(&mixed, Loopback::Refused).unwrap(), ["1.1.1.1:0", "[2606:4700::1]:0"]);
        assert!(of(&["127.0.0.1:0", "192.168.0.1:0"], Loopback::Refused).is_err());
        assert_eq!(of(&["127.0.0.1:0", "192.168.0.1:0"], Loopback::Allowed).unwrap(), ["127.0.0.1:0"]);
        assert!(of(&[], Loopback::Allowed).is_err());
    }
}
