//! What the assistant may say: words that came from a model, made fit to be said.

use unicode_normalization::UnicodeNormalization;

use crate::text::MessageText;

/// The longest reply of the assistant, in Unicode scalar values: what a patient reads on a phone.
pub const REPLY_LIMIT: usize = 1_500;

/// A model's words as they may be said: no control or invisible characters, no addresses of the web, at most
/// [`REPLY_LIMIT`] characters, cut after a sentence. Nothing when nothing is left.
#[must_use]
pub fn spoken(raw: &str) -> Option<MessageText> {
    let visible: String =
        raw.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_invisible(*c))).collect();
    let lines = visible.lines().map(without_addresses).collect::<Vec<_>>().join("\n");
    MessageText::received(&cut(lines.trim()))
}

/// Characters without width, those that turn the direction of writing, and tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{180E}' | '\u{3164}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// A line without its web addresses. What a model invents must not be followed by a patient, and what a patient planted
/// must not be passed on.
fn without_addresses(line: &str) -> String {
    line.split(char::is_whitespace).filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ")
}

/// Whether a word has an address in it, however it is put: full-width letters and full stops are those that a phone follows.
fn is_address(word: &str) -> bool {
    let plain: String = word.nfkc().filter(|c| !is_joiner(*c)).map(|c| if c == '。' { '.' } else { c }).collect();
    let small = plain.to_lowercase();
    let has_scheme = small.contains("://") || small.contains("www.") || small.contains("](");
    has_scheme || SCHEMES.iter().any(|scheme| small.contains(scheme)) || plain.split(DELIMITERS).any(is_link)
}

/// Beginnings of links that need no slashes.
const SCHEMES: [&str; 9] =
    ["http:", "https:", "hxxp", "mailto:", "javascript:", "tel:", "sms:", "whatsapp:", "intent:"];

/// What no host name has in it and may stand between an address and a word without a blank.
const DELIMITERS: [char; 16] = [',', ';', '(', ')', '[', ']', '{', '}', '<', '>', '"', '“', '”', '«', '»', '|'];

/// Characters that change how their neighbours are drawn and have no shape of their own.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}')
}

/// Whether a piece of a word is a link without a scheme: a known host, or any host with something behind it, or a mail
/// address.
fn is_link(piece: &str) -> bool {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = bare.split('@').collect();
    match parts.as_slice() {
        [user, host, ..] if !user.is_empty() => is_host(host) && host.contains('.'),
        [address] => is_known_host(address) || has_path(address),
        _ => false,
    }
}

/// Where a host ends and a port, a path or a question begins.
const BEHIND_HOST: [char; 4] = ['/', '?', '#', ':'];

/// A host whose suffix is one that people meet, in any part: the second address of "a.com/b.com" counts too.
fn is_known_host(address: &str) -> bool {
    address.split(BEHIND_HOST).any(|part| {
        let part = part.trim_matches('.');
        let suffix = part.rsplit('.').next().unwrap_or_default();
        let is_sentence =
            suffix.chars().next().is_some_and(char::is_uppercase) && suffix.chars().any(char::is_lowercase);
        let small = suffix.to_lowercase();
        let is_known = SUFFIXES.contains(&small.as_str()) || (WORD_SUFFIXES.contains(&small.as_str()) && !is_sentence);
        is_host(part) && (is_known || small.starts_with("xn--")) || is_number_address(part)
    })
}

/// Any host with a path, a port, a question or a mark behind it: "portal.example-clinic/login". A capital behind the full
/// stop is a sentence that lacks its blank: "Rest.Eat/drink".
fn has_path(address: &str) -> bool {
    let Some((host, behind)) = address.split_once(BEHIND_HOST) else { return false };
    let is_small = host.rsplit('.').next().is_some_and(|suffix| suffix.chars().all(|c| !c.is_uppercase()));
    !behind.is_empty() && is_small && is_host(host)
}

/// `192.0.2.1`: four numbers; a date has three.
fn is_number_address(part: &str) -> bool {
    let numbers: Vec<&str> = part.split('.').collect();
    numbers.len() == 4 && numbers.iter().all(|number| number.parse::<u8>().is_ok())
}

/// Whether a word has the shape of a host name, for example `example.com`: the last part is letters, two at least, as no
/// abbreviation ("e.g", "a.m") and no number ("3.5") has it.
fn is_host(word: &str) -> bool {
    let Some((name, last)) = word.rsplit_once('.') else { return false };
    let is_suffix = (2..=24).contains(&last.chars().count())
        && (last.chars().all(char::is_alphabetic) || last.to_lowercase().starts_with("xn--"));
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_suffix && name.split('.').all(is_name)
}

/// Suffixes of hosts that are no words of a sentence: "please.Take" without a blank is a sentence's end and no address.
const SUFFIXES: [&str; 79] = [
    "com", "org", "net", "info", "biz", "io", "co", "app", "dev", "ly", "gov", "edu", "int", "mil", "health", "online",
    "site", "xyz", "shop", "top", "ru", "uk", "de", "ng", "link", "mx", "ar", "cl", "pe", "br", "fr", "pt", "nl", "ch",
    "pl", "cn", "jp", "kr", "au", "nz", "ca", "eu", "ie", "za", "ke", "gh", "tk", "ml", "ga", "cf", "gq", "cc", "tv",
    "ws", "gg", "su", "vip", "icu", "club", "store", "tech", "website", "web", "blog", "cloud", "clinic", "pharmacy",
    "hospital", "live", "page", "click", "gl", "gd", "py", "uy", "ve", "ec", "example", "onion",
];

/// Suffixes that are words too: only in small letters, as hosts are written.
const WORD_SUFFIXES: [&str; 96] = [
    "me",
    "es",
    "us",
    "is",
    "it",
    "in",
    "to",
    "at",
    "be",
    "so",
    "am",
    "la",
    "ai",
    "id",
    "care",
    "help",
    "news",
    "doctor",
    "today",
    "life",
    "test",
    "local",
    "work",
    "zip",
    "mov",
    "run",
    "space",
    "fun",
    "pro",
    "one",
    "world",
    "group",
    "agency",
    "email",
    "support",
    "services",
    "center",
    "company",
    "digital",
    "solutions",
    "chat",
    "best",
    "rest",
    "bar",
    "men",
    "win",
    "bid",
    "loan",
    "download",
    "review",
    "science",
    "date",
    "trade",
    "host",
    "press",
    "fit",
    "yoga",
    "vet",
    "dental",
    "surgery",
    "healthcare",
    "med",
    "bio",
    "ltd",
    "inc",
    "llc",
    "se",
    "dk",
    "fi",
    "cz",
    "sk",
    "hu",
    "ro",
    "bg",
    "gr",
    "tr",
    "ua",
    "kz",
    "il",
    "ae",
    "eg",
    "ma",
    "tz",
    "ug",
    "zm",
    "zw",
    "rw",
    "pk",
    "lk",
    "th",
    "vn",
    "ph",
    "sg",
    "hk",
    "tw",
    "my",
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
mod tests;
