//! Words whose letters were stretched, replaced or taken apart, and the listed words behind them.

use crate::text::{
    glyph::{Glyph, Kind as Glyphs},
    lexicon::{Sign, lexicon, usage},
    lookalike,
};

/// The listed word that a piece disguises, and whether digits or signs stood for letters in it.
pub(super) fn hidden_word(piece: &[Glyph], bold: bool) -> Option<(String, bool)> {
    let letters = piece.iter().filter(|glyph| glyph.kind == Glyphs::Letter).count();
    let plain = piece.iter().all(|glyph| glyph.letter.is_ascii_alphabetic());
    let repeated = piece.windows(2).any(|pair| matches!(pair, [a, b] if a.letter == b.letter));
    let contraction = letters + 1 == piece.len() && piece.iter().any(|glyph| glyph.letter == '\'');
    if is_one_letter(piece) || contraction || letters * 2 < piece.len() || (plain && !repeated) {
        return None;
    }
    if plain && piece.iter().any(|glyph| glyph.accented) && !stretches(piece) {
        return None;
    }
    if plain && lexicon().usage(piece.iter().map(|glyph| glyph.letter)) != 0 {
        return None;
    }
    let stretched = stretches(piece);
    let by_digit = piece.iter().any(|glyph| glyph.kind != Glyphs::Letter && stands_for(glyph.letter).is_some());
    let by_mark = piece
        .iter()
        .any(|glyph| glyph.kind == Glyphs::Emoji || (glyph.kind == Glyphs::Mark && stands_for(glyph.letter).is_none()));
    let wild = piece.iter().filter(|glyph| matches!(glyph.letter, '*' | '#')).count();
    if wild * 2 > letters {
        return None;
    }
    let wider = !by_mark && wild == 0 && (stretched || (by_digit && bold));
    let usage = if wider { usage::HIDDEN | usage::PLAIN } else { usage::HIDDEN };
    let word = lexicon().resolve(&piece.iter().map(sign).collect::<Vec<_>>(), usage)?;
    Some((word, by_digit))
}

/// A letter three times and more.
pub(super) fn stretches(piece: &[Glyph]) -> bool {
    piece.windows(3).any(|three| matches!(three, [a, b, c] if a.letter == b.letter && b.letter == c.letter))
}

/// `III`, `AAA`: a numeral or an abbreviation.
pub(super) fn is_one_letter(piece: &[Glyph]) -> bool {
    piece.windows(2).all(|pair| matches!(pair, [a, b] if a.letter == b.letter))
}

fn sign(glyph: &Glyph) -> Sign {
    match (glyph.kind, glyph.letter) {
        (_, '*' | '#') => Sign::Any,
        (Glyphs::Letter, letter) => Sign::Letter(lookalike::latin(letter).unwrap_or(letter)),
        (_, letter) => stands_for(letter).unwrap_or(Sign::Nothing),
    }
}

/// The letters that digits and signs stand for inside a word.
fn stands_for(letter: char) -> Option<Sign> {
    Some(match letter {
        '0' => Sign::Letter('o'),
        '1' | '!' | '|' | '¡' => Sign::Either('i', 'l'),
        '3' | '€' => Sign::Letter('e'),
        '4' | '@' => Sign::Letter('a'),
        '5' | '$' => Sign::Letter('s'),
        '7' | '+' => Sign::Letter('t'),
        '8' => Sign::Letter('b'),
        '9' | '6' => Sign::Letter('g'),
        '2' => Sign::Letter('z'),
        _ => return None,
    })
}

/// A word whose look-alikes stand between Latin letters is Latin; a word wholly of another script is that script's.
pub(super) fn in_latin(word: &str) -> String {
    if word.is_ascii() || !word.chars().any(|letter| letter.is_ascii_alphabetic()) {
        return word.to_owned();
    }
    word.chars().map(|letter| lookalike::latin(letter).unwrap_or(letter)).collect()
}

/// Three or more of the same letter are one, but two where that is usual.
pub(super) fn collapse(word: &str) -> String {
    let mut collapsed = String::with_capacity(word.len());
    let letters: Vec<char> = word.chars().collect();
    for same in letters.chunk_by(|a, b| a == b) {
        let Some(letter) = same.first() else { continue };
        let kept = match same.len() {
            0..=2 => same.len(),
            _ if letter.is_ascii_digit() => same.len(),
            _ if matches!(letter, 'l' | 's' | 'f') => 2,
            _ => 1,
        };
        collapsed.extend(std::iter::repeat_n(*letter, kept));
    }
    collapsed
}
