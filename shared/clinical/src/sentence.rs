//! Sentences of a message.

/// The sentences of a text with their closing marks, trimmed, in order.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', '\n']).map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric))
}

/// The text on one line, cut after so many characters.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    let line = domain::text::one_line(text);
    if line.chars().count() <= limit {
        return line;
    }
    let cut: String = line.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_marks() {
        let parts: Vec<&str> = sentences("Hi. Is it bad?\n ... Call me!! ok").collect();
        assert_eq!(parts, ["Hi.", "Is it bad?", "Call me!", "ok"]);
        assert_eq!(sentences("").count(), 0);
    }

    #[test]
    fn a_long_text_ends_with_an_ellipsis() {
        assert_eq!(shortened("short\ntext", 20), "short text");
        assert_eq!(shortened("héllo wörld", 7), "héllo…");
    }
}
