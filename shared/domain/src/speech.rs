//! What the assistant may say: words that came from a model, made fit to be said.

use crate::text::MessageText;

/// The longest reply of the assistant, in Unicode scalar values: what a patient reads on a phone.
pub const REPLY_LIMIT: usize = 1_500;

/// A model's words as they may be said: no control or invisible characters, no addresses of the web, at most
/// [`REPLY_LIMIT`] characters, cut after a sentence. Nothing when nothing is left.
#[must_use]
pub fn spoken(raw: &str) -> Option<MessageText> {
    let visible: String = raw.chars().filter(|c| *c == '\n' || !(c.is_control() || is_invisible(*c))).collect();
    let lines = visible.lines().map(without_addresses).collect::<Vec<_>>().join("\n");
    MessageText::received(&cut(lines.trim()))
}

/// Characters without width, those that turn the direction of writing, and tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// A line without its web addresses. What a model invents must not be followed by a patient, and what a patient planted
/// must not be passed on.
fn without_addresses(line: &str) -> String {
    line.split(' ').filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ")
}

fn is_address(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let has_scheme = word.contains("://") || word.contains("www.") || word.contains("](");
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let host = bare.split(['/', '?', '#', ':', '@']).find(|part| part.contains('.')).unwrap_or_default();
    has_scheme || is_host(host)
}

/// Whether a word is a host name, for example `example.com`: its last part is letters and the parts before are no number.
fn is_host(word: &str) -> bool {
    let Some((name, last)) = word.rsplit_once('.') else { return false };
    let is_suffix = (2..=12).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_name =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_suffix && name.split('.').all(is_name) && COMMON_SUFFIXES.contains(&last)
}

/// Only these: "please.Take" without a blank is a sentence's end and no address.
const COMMON_SUFFIXES: [&str; 24] = [
    "com", "org", "net", "info", "biz", "io", "co", "me", "app", "dev", "ly", "gov", "edu", "health", "online", "site",
    "xyz", "shop", "top", "ru", "uk", "de", "ng", "link",
];

/// The text, or its sentences that fit.
fn cut(text: &str) -> String {
    if text.chars().count() <= REPLY_LIMIT {
        return text.to_owned();
    }
    let fits: String = text.chars().take(REPLY_LIMIT - 1).collect();
    let end = fits.rfind(['.', '!', '?', '\n']).filter(|end| *end > REPLY_LIMIT / 2);
    match end.and_then(|end| fits.get(..=end)) {
        Some(sentences) => sentences.to_owned(),
        None => fits + "…",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(raw: &str) -> String {
        spoken(raw).map(|text| text.as_str().to_owned()).unwrap_or_default()
    }

    #[test]
    fn nothing_invisible_and_no_address_is_said() {
        assert_eq!(said("Rest\u{202E} well\u{0}\u{200B}.\nDrink water."), "Rest well.\nDrink water.");
        assert_eq!(said("See https://evil.example/x?y=1 for more."), "See for more.");
        assert_eq!(said("[here](http://a.b) or www.a.b or evil.com/login, (example.org)."), "or or");
        assert_eq!(said("Write to me@evil.com now"), "Write to now");
        for plain in ["Take 2.5 ml e.g. after lunch.", "Your value is 140/90.Please rest.", "a.m. and p.m.", "Dr.Smith"]
        {
            assert_eq!(said(plain), plain);
        }
        assert_eq!(spoken(" \u{200B}\n https://a.b "), None);
    }

    #[test]
    fn a_long_reply_ends_after_a_sentence() {
        let long = "This is a sentence. ".repeat(200);
        let cut = said(&long);
        assert!(cut.chars().count() <= REPLY_LIMIT && cut.ends_with("sentence."));
        let word = "é".repeat(5_000);
        assert_eq!(said(&word).chars().count(), REPLY_LIMIT);
        assert!(said(&word).ends_with('…'));
    }
}
