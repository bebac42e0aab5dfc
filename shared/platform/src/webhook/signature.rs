//! Secrets and signatures: document 004's in the body, and those of Standard Webhooks 1.0 in headers, with the same secret
//! (external contracts, section 4.3; contract A-36).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::error::{Error, Result};
use domain::webhook::endpoint::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::random::Random;

const PREFIX: &str = "whsec_";

/// A new secret of 32 random bytes.
#[must_use]
pub fn new_secret(random: &Random) -> Secret {
    let bytes = [random.wide().to_be_bytes(), random.wide().to_be_bytes()].concat();
    Secret::of_text(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

/// A key that signs.
pub struct Key(Hmac<Sha256>);

impl Key {
    /// The key of a secret.
    ///
    /// # Errors
    /// [`Error::Internal`] when the kept secret is none.
    pub fn of(secret: &Secret) -> Result<Self> {
        let bytes = secret.reveal().strip_prefix(PREFIX).and_then(|text| STANDARD.decode(text).ok());
        let mac = bytes.and_then(|bytes| Hmac::new_from_slice(&bytes).ok());
        mac.map(Self).ok_or(Error::Internal)
    }

    /// `sha256=` and the code of a body in hexadecimal digits.
    #[must_use]
    pub fn of_body(&self, body: &str) -> String {
        let code = self.0.clone().chain_update(body).finalize().into_bytes();
        let digits: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("sha256={digits}")
    }

    /// `v1,` and the code of a message's id, time and body in base64.
    #[must_use]
    pub fn of_message(&self, (id, seconds): (&str, i64), body: &str) -> String {
        let code = self.0.clone().chain_update(format!("{id}.{seconds}.{body}")).finalize().into_bytes();
        format!("v1,{}", STANDARD.encode(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_standard_webhooks() {
        let key = Key::of(&Secret::of_text("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".to_owned())).unwrap();
        let signed = key.of_message(
            ("msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1_649_367_553),
            r#"{"email":"test@example.com","username":"test_user"}"#,
        );
        assert_eq!(signed, "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }

    #[test]
    fn a_secret_has_32_bytes_and_is_another_each_time() {
        let random = Random::seeded(1);
        let (one, other) = (new_secret(&random), new_secret(&random));
        assert_ne!(one, other);
        assert_eq!(STANDARD.decode(one.reveal().strip_prefix(PREFIX).unwrap()).unwrap().len(), 32);
        for text in ["", "whsec_", "whsec_?", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="] {
            let made = Key::of(&Secret::of_text(text.to_owned()));
            assert_eq!(made.err().is_some(), text != "whsec_", "{text}");
        }
    }
}
