//! The service account's key: made once in a process, known to nobody else.

use std::sync::OnceLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::stack::StartError;

/// The key pair as text and as bytes.
struct Pair {
    private_pem: String,
    public_der: Vec<u8>,
}

fn pair() -> Result<&'static Pair, StartError> {
    static PAIR: OnceLock<Option<Pair>> = OnceLock::new();
    let made = PAIR.get_or_init(|| {
        let pair = KeyPair::generate(KeySize::Rsa2048).ok()?;
        let private: Pkcs8V1Der<'_> = pair.as_der().ok()?;
        let text = STANDARD.encode(private.as_ref());
        Some(Pair {
            private_pem: format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n"),
            public_der: pair.public_key().as_ref().to_vec(),
        })
    });
    made.as_ref().ok_or_else(|| StartError::data("no key for the simulated service account"))
}

/// What the service account's key file holds.
pub(super) fn private_pem() -> Result<String, StartError> {
    Ok(pair()?.private_pem.clone())
}

/// With which its assertions are verified.
pub(super) fn public_der() -> Option<&'static [u8]> {
    pair().ok().map(|pair| pair.public_der.as_slice())
}
