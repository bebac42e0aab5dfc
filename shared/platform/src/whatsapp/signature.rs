//! The signature of a webhook: HMAC-SHA256 over the bytes as they came.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Whether the header `X-Hub-Signature-256` signs these bytes with this secret. Takes the same time whatever differs.
///
/// Meta signs the form in which non-ASCII characters are escaped; that is the form on the wire, so the body must not be
/// parsed and written again first.
#[must_use]
pub fn is_signed(secret: &str, body: &[u8], header: Option<&str>) -> bool {
    let Some(signature) = header.and_then(|value| value.strip_prefix("sha256=")).and_then(bytes_of) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&signature).is_ok()
}

/// The header that signs these bytes; for whoever plays Meta.
#[must_use]
pub fn sign(secret: &str, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(body);
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("sha256={hex}"))
}

/// Whether the verification request knows our token.
#[must_use]
pub fn is_verify_token(ours: &str, theirs: &str) -> bool {
    ours.as_bytes().ct_eq(theirs.as_bytes()).into()
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let digits: Option<Vec<u8>> =
        hex.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    Some(digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "test_app_secret";
    const ESCAPED: &[u8] = br#"{"object":"whatsapp_business_account","entry":[{"id":"0","changes":[{"field":"messages","value":{"messages":[{"type":"text","text":{"body":"caf\u00e9 \ud83d\ude42"}}]}}]}]}"#;

    #[test]
    fn the_measured_vector() {
        let header = "sha256=ac948ba3e065b60c613f6bdc6e77b5fa9dc56dc2883e573ec701dc7b597dadc9";
        assert_eq!(sign(SECRET, ESCAPED).as_deref(), Some(header));
        assert!(is_signed(SECRET, ESCAPED, Some(header)));
    }

    #[test]
    fn a_body_written_again_is_another_body() {
        let again = serde_json::from_slice::<serde_json::Value>(ESCAPED).unwrap().to_string();
        assert!(!is_signed(SECRET, again.as_bytes(), sign(SECRET, ESCAPED).as_deref()));
    }

    #[test]
    fn a_forger_gets_nowhere() {
        let good = sign(SECRET, ESCAPED).unwrap();
        for header in [None, Some(""), Some("sha256="), Some("sha1=ac"), Some(good.trim_start_matches("sha256="))] {
            assert!(!is_signed(SECRET, ESCAPED, header));
        }
        assert!(!is_signed("other", ESCAPED, Some(&good)));
        assert!(!is_signed(SECRET, ESCAPED, Some(&format!("{good}00"))));
        assert!(!is_signed(SECRET, ESCAPED, Some(&format!("sha256={}", "é".repeat(32)))));
        assert!(!is_verify_token("token", "token2") && is_verify_token("token", "token"));
    }
}
