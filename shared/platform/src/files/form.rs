//! Presigned POST: a form whose policy S3 checks (Amazon S3 API reference, "Authenticating requests in browser-based uploads
//! using POST", Signature Version 4).

use std::time::Duration;

use aws_credential_types::Credentials;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::media::content::FileType;
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

/// What a form may put.
#[derive(Debug, Clone, Copy)]
pub struct FormWish<'a> {
    /// Under exactly this key.
    pub key: &'a str,
    /// Of exactly this type.
    pub file_type: FileType,
    /// Of exactly this size.
    pub size: u64,
    /// For so long.
    pub lasts: Duration,
}

/// A form: where it is posted, and its fields in order; the file comes last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The address.
    pub url: String,
    /// Names and values.
    pub fields: Vec<(&'static str, String)>,
}

/// Where the form is for, and when it is made.
pub(super) struct Place<'a> {
    pub(super) bucket: &'a str,
    pub(super) region: &'a str,
    pub(super) url: String,
    pub(super) now: Timestamp,
}

/// The signed form.
pub(super) fn signed(wish: &FormWish<'_>, place: Place<'_>, credentials: &Credentials) -> Option<Form> {
    let (date, time) = stamps(place.now);
    let scope = format!("{date}/{}/s3/aws4_request", place.region);
    let mut fields = vec![
        ("key", wish.key.to_owned()),
        ("Content-Type", wish.file_type.mime_type.to_owned()),
        ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
        ("x-amz-credential", format!("{}/{scope}", credentials.access_key_id())),
        ("x-amz-date", time),
    ];
    fields.extend(credentials.session_token().map(|token| ("x-amz-security-token", token.to_owned())));
    let mut conditions = vec![json!({ "bucket": place.bucket }), json!(["content-length-range", wish.size, wish.size])];
    conditions.extend(fields.iter().map(|(name, value)| json!({ *name: value })));
    let expiration = place.now.plus(wish.lasts).rfc3339_seconds();
    let policy = STANDARD.encode(json!({ "expiration": expiration, "conditions": conditions }).to_string());
    let key = [place.region, "s3", "aws4_request"].iter().try_fold(
        mac(format!("AWS4{}", credentials.secret_access_key()).as_bytes(), date.as_bytes())?,
        |key, part| mac(&key, part.as_bytes()),
    )?;
    let signature: String = mac(&key, policy.as_bytes())?.iter().map(|byte| format!("{byte:02x}")).collect();
    fields.push(("policy", policy));
    fields.push(("x-amz-signature", signature));
    Some(Form { url: place.url, fields })
}

/// `20261124` and `20261124T120000Z`.
fn stamps(now: Timestamp) -> (String, String) {
    let time: String = now.rfc3339_seconds().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    (time.split('T').next().unwrap_or_default().to_owned(), time)
}

fn mac(key: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(message);
    Some(mac.finalize().into_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the API reference ("Example: Browser-Based Upload using HTTP POST"): same key chain, same signature.
    #[test]
    fn signs_as_the_reference_does() {
        let policy = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";
        let secret = b"AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let key = [&b"us-east-1"[..], b"s3", b"aws4_request"]
            .iter()
            .fold(mac(secret, b"20151229").unwrap(), |key, part| mac(&key, part).unwrap());
        let signature: String =
            mac(&key, policy.as_bytes()).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(signature, "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    }

    #[test]
    fn a_form_says_exactly_what_may_come() {
        let wish = FormWish {
            key: "incoming/x.pdf",
            file_type: FileType::of_extension("pdf").unwrap(),
            size: 77,
            lasts: Duration::from_mins(5),
        };
        let place = Place {
            bucket: "b",
            region: "eu-west-1",
            url: "https://b.example/".into(),
            now: Timestamp::from_seconds(1_800_000_000),
        };
        let credentials = Credentials::new("AK", "SK", Some("ST".into()), None, "test");
        let form = signed(&wish, place, &credentials).unwrap();
        let field = |name| form.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!(field("x-amz-credential"), Some("AK/20270115/eu-west-1/s3/aws4_request"));
        assert_eq!((field("x-amz-date"), field("x-amz-security-token")), (Some("20270115T080000Z"), Some("ST")));
        let policy: serde_json::Value =
            serde_json::from_slice(&STANDARD.decode(field("policy").unwrap()).unwrap()).unwrap();
        assert_eq!(policy["expiration"], "2027-01-15T08:05:00Z");
        let conditions = policy["conditions"].as_array().unwrap();
        for condition in [
            json!({ "bucket": "b" }),
            json!(["content-length-range", 77, 77]),
            json!({ "key": "incoming/x.pdf" }),
            json!({ "Content-Type": "application/pdf" }),
        ] {
            assert!(conditions.contains(&condition), "{condition}");
        }
    }
}
