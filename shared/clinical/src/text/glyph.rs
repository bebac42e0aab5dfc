//! The characters of a message as a reader sees them: lower case, without width, accents and invisible characters.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{span::Span, text::lookalike};

/// One visible character of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Lower case, without its accent. Look-alikes of other scripts are still themselves.
    pub(super) letter: char,
    /// Where the writer put it.
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// An accent was taken off.
    pub(super) accented: bool,
}

/// What a glyph is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Letter,
    Digit,
    Space,
    Line,
    Mark,
    Emoji,
}

/// The glyphs of a text, in order. Zero-width and bidirectional controls leave nothing behind.
pub(super) fn read(text: &str) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len());
    for (start, written) in text.char_indices() {
        let span = Span { start, end: start + written.len_utf8() };
        if written.is_ascii() {
            let letter = written.to_ascii_lowercase();
            glyphs.push(Glyph { letter, span, kind: kind(letter), accented: false });
        } else if !is_invisible(written) {
            decompose(written, span, &mut glyphs);
        }
    }
    glyphs
}

/// Takes a character apart (compatibility decomposition, UAX #15) and keeps its bases.
fn decompose(written: char, span: Span, glyphs: &mut Vec<Glyph>) {
    if let Some(letter) = lookalike::plain(written) {
        glyphs.push(Glyph { letter, span, kind: kind(letter), accented: false });
        return;
    }
    for part in std::iter::once(written).nfkd() {
        if is_combining_mark(part) {
            if let Some(last) = glyphs.last_mut() {
                last.accented |= last.kind == Kind::Letter;
            }
            continue;
        }
        for lower in part.to_lowercase().filter(|c| !is_combining_mark(*c)) {
            let spelled_out = lookalike::spelled_out(lower).unwrap_or_default();
            let alone = spelled_out.is_empty().then(|| lookalike::plain(lower).unwrap_or(lower));
            let letters = spelled_out.chars().chain(alone);
            glyphs.extend(letters.map(|letter| Glyph { letter, span, kind: kind(letter), accented: false }));
        }
    }
}

fn kind(letter: char) -> Kind {
    match letter {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Kind::Line,
        _ if letter.is_ascii_digit() => Kind::Digit,
        _ if letter.is_alphabetic() => Kind::Letter,
        _ if letter.is_whitespace() => Kind::Space,
        _ if is_emoji(letter) => Kind::Emoji,
        _ => Kind::Mark,
    }
}

/// The blocks that hold pictures.
fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{231A}'..='\u{23FF}')
        && !is_skin_tone(letter)
}

fn is_skin_tone(letter: char) -> bool {
    matches!(letter, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Default-ignorable characters, controls of direction, tags and fillers: readers do not see them, filters trip over them.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{20D0}'..='\u{20F0}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    ) || is_skin_tone(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        read(text).iter().map(|glyph| glyph.letter).collect()
    }

    #[test]
    fn what_is_seen_is_kept_and_nothing_else() {
        assert_eq!(letters("Ｋｉｌｌ"), "kill");
        assert_eq!(letters("k\u{200b}i\u{200d}l\u{ad}l\u{202e}"), "kill");
        assert_eq!(letters("𝐝𝐢𝐞 𝓭𝓲𝓮"), "die die");
        assert_eq!(letters("d̶i̶e̶"), "die");
        assert_eq!(letters("Mátate, ÑOÑO"), "matate, nono");
        assert_eq!(letters("don’t “go” – now…"), "don't \"go\" – now...");
        assert_eq!(letters("ᴋɪʟʟ 🅺🅸🅻🅻 ⓚⓘⓛⓛ"), "kill kill kill");
        assert_eq!(letters("straße œuvre İ"), "strasse oeuvre i");
    }

    #[test]
    fn every_glyph_knows_where_it_came_from() {
        let text = "a\u{200b}Ｋé…🙏🏽";
        let words: Vec<&str> = read(text).iter().map(|glyph| glyph.span.of(text)).collect();
        assert_eq!(words, ["a", "Ｋ", "é", "…", "…", "…", "🙏"]);
        assert!(read(text).iter().any(|glyph| glyph.accented && glyph.letter == 'e'));
    }
}
