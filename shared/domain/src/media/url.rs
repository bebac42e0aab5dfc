//! Addresses of media.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::error::{Error, Result};

/// An address that WhatsApp may be told to fetch: HTTPS on a public host name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MediaUrl(String);

impl MediaUrl {
    /// Checks the address. Numeric hosts and names that only resolve inside a network are refused: nobody has a good
    /// reason to send one, and they are how a server is made to fetch from its own network.
    ///
    /// # Errors
    /// [`Error::Invalid`] for anything but an HTTPS address on a public host name.
    pub fn parse(raw: &str) -> Result<Self> {
        let refuse = || Error::invalid("media_url", "media_url must be an HTTPS link to a public host.");
        let text = raw.trim();
        // Parsing would drop line ends and tabs without a word.
        if text.contains(char::is_control) {
            return Err(refuse());
        }
        let url = Url::parse(text).map_err(|_| refuse())?;
        let host_is_public = match url.host() {
            Some(Host::Domain(name)) => is_public_name(name),
            _ => false,
        };
        let plain =
            url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let text = String::from(url);
        (text.len() <= 2048 && plain && host_is_public).then_some(Self(text)).ok_or_else(refuse)
    }

    /// The host's name.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        Url::parse(&self.0).ok()?.host_str().map(ToOwned::to_owned)
    }

    /// The address of a file of ours.
    #[must_use]
    pub fn of_file(url: String) -> Self {
        Self(url)
    }

    /// The address, spelt as everybody will read it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) fn is_public_name(name: &str) -> bool {
    const PRIVATE: [&str; 8] = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa"];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.') && !PRIVATE.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_https_hosts() {
        assert!(MediaUrl::parse("https://cdn.prestigehealth.app/uploads/prescription-123.pdf").is_ok());
        for raw in [
            "",
            "http://cdn.example.com/a.png",
            "ftp://example.com/a",
            "https://localhost/a",
            "https://printer/a",
            "https://127.0.0.1/a",
            "https://10.0.0.8/a",
            "https://169.254.169.254/latest",
            "https://2130706433/a",
            "https://0x7f.1/a",
            "https://[::1]/a",
            "https://[::ffff:10.0.0.1]/a",
            "https://metadata.google.internal/a",
            "https://user:pw@example.com/a",
            "https://example.com:8443/a",
            "https://db.corp./a",
            "//example.com/a",
            "https://example.com/a\0.pdf",
            "https://example.com/a\n.pdf",
            "javascript:alert(1)",
            "data:text/plain,hi",
        ] {
            assert!(MediaUrl::parse(raw).is_err(), "{raw}");
        }
        assert!(MediaUrl::parse(&format!("https://example.com/{}", "a".repeat(2048))).is_err());
        for raw in ["https:cdn.example.com/a", "HTTPS://CDN.example.com/a", "https:\\\\cdn.example.com\\a"] {
            assert_eq!(
                MediaUrl::parse(raw).unwrap().as_str(),
                "https://cdn.example.com/a",
                "what is checked is what is kept"
            );
        }
    }
}
