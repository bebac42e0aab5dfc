//! Plain text, and only that: what a browser or a shell would run is refused, whatever it is called.

/// How things begin that are not to be read but run or rendered. Compared without case behind white space and a byte order mark.
const NOT_PLAIN: [&str; 3] = ["#!", "@echo", "{\\rtf"];

/// Whether a text may be one, as far as its beginning tells.
pub(super) fn is_plain_so_far(head: &[u8]) -> bool {
    let Some(text) = readable(head) else { return false };
    let start: String = text.trim_start_matches('\u{FEFF}').trim_start().chars().take(16).collect();
    let start = start.to_ascii_lowercase();
    !NOT_PLAIN.iter().any(|not_plain| start.starts_with(not_plain))
        && !is_markup(&start)
        && text.chars().all(is_printable)
}

/// Whether a text begins with a tag, whichever: "<5 mg" does not.
fn is_markup(start: &str) -> bool {
    let behind = start.strip_prefix('<').and_then(|rest| rest.chars().next());
    behind.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '!' | '?' | '/'))
}

/// Whether a whole text, or what was read of a long one, is plain.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    is_plain_so_far(bytes) && readable(bytes).is_some_and(|text| !text.trim().is_empty())
}

/// UTF-8 that may be cut in the middle of its last character.
fn readable(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok())
        }
        Err(_) => None,
    }
}

fn is_printable(c: char) -> bool {
    !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{C}')
}
