//! Words whose letters were stretched, replaced or taken apart, and the listed words behind them.

use crate::text::{
    glyph::{Glyph, Kind as Glyphs},
    lexicon::{Sign, lexicon, usage},
    lookalike,
};

const CODES: &[&str] = &["a1c", "hba1c", "hb1ac", "hgba1c", "h1n1", "h5n1", "g6pd", "s1q3t3"];

/// The listed word that a piece disguises, and whether digits or signs stood for letters in it.
pub(super) fn hidden_word(piece: &[Glyph], bold: bool) -> Option<(String, bool)> {
    let letters = piece.iter().filter(|glyph| glyph.kind == Glyphs::Letter).count();
    let plain = piece.iter().all(|glyph| glyph.letter.is_ascii_alphabetic());
    let repeated = piece.windows(2).any(|pair| matches!(pair, [a, b] if a.letter == b.letter));
    let contraction = letters + 1 == piece.len() && piece.iter().any(|glyph| glyph.letter == '\'');
    if is_one_letter(piece) || contraction || !has_letters_enough(piece, letters, bold) || (plain && !repeated) {
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
    let wider = !by_mark && wild == 0 && (stretched || (by_digit && (bold || is_digit_inside(piece))));
    let usage = if wider { usage::HIDDEN | usage::PLAIN } else { usage::HIDDEN };
    let word = lexicon().resolve(&piece.iter().map(sign).collect::<Vec<_>>(), usage)?;
    Some((word, by_digit))
}

/// A code such as `b12` or `d13` has more digits than letters; in a message that hides words it may be one of them.
fn has_letters_enough(piece: &[Glyph], letters: usize, bold: bool) -> bool {
    letters * 2 >= piece.len() || (bold && letters > 0)
}

/// `w4nt`: codes and doses begin or end in digits, words do not.
fn is_digit_inside(piece: &[Glyph]) -> bool {
    let is_letter = |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| glyph.kind == Glyphs::Letter);
    piece.len() > 3 && is_letter(piece.first()) && is_letter(piece.last())
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

/// How many digits of a chunk stand for letters in the middle of a word, a vowel with syllables on both sides twice, and one at
/// its end with them.
pub(super) fn masks(chunk: &[Glyph]) -> usize {
    if !chunk.iter().any(|glyph| glyph.kind == Glyphs::Digit) || is_code(chunk) {
        return 0;
    }
    let runs: Vec<&[Glyph]> = chunk.chunk_by(|a, b| a.kind == b.kind).collect();
    let inside: usize = runs.windows(3).map(|three| if let [a, b, c] = three { mask(a, b, c) } else { 0 }).sum();
    inside + usize::from(inside > 0 && ends_in_mask(chunk))
}

fn mask(before: &[Glyph], digits: &[Glyph], behind: &[Glyph]) -> usize {
    let letters = |run: &[Glyph]| if is_all(run, Glyphs::Letter) { run.len() } else { 0 };
    let hides = digits.iter().all(|digit| matches!(digit.letter, '0' | '1' | '3' | '4' | '5' | '7'));
    if letters(before) == 0 || letters(behind) == 0 || !hides || digits.len() > 2 {
        return 0;
    }
    let is_consonant = |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| !"aeiou".contains(glyph.letter));
    let vowel = is_consonant(before.last()) && is_consonant(behind.first());
    digits.len() + usize::from(vowel && letters(before) > 1 && letters(behind) > 1)
}

fn is_all(run: &[Glyph], kind: Glyphs) -> bool {
    run.iter().all(|glyph| glyph.kind == kind)
}

/// `lif3`, `qui3r0.`
fn ends_in_mask(chunk: &[Glyph]) -> bool {
    let end = chunk.iter().rev().skip_while(|glyph| glyph.kind == Glyphs::Mark);
    end.clone().take_while(|glyph| glyph.kind == Glyphs::Digit).count() == 1
        && end.skip(1).take_while(|glyph| glyph.kind == Glyphs::Letter).count() > 2
}

/// Laboratory values and viruses are written with digits inside.
fn is_code(chunk: &[Glyph]) -> bool {
    let letters: String = chunk.iter().filter(|glyph| glyph.kind != Glyphs::Mark).map(|glyph| glyph.letter).collect();
    CODES.contains(&letters.as_str())
}

/// A chunk with its digits read as letters, where it is a word with digits in it rather than a number, dose or code; `None`
/// where it is not. Only for messages that hide words: `omega3` is a word with a number in any other.
pub(super) fn unmask(chunk: &[Glyph]) -> Option<Vec<Glyph>> {
    let masked = masks(chunk) > 0 || ends_in_mask(chunk);
    masked.then(|| chunk.iter().map(unmasked).collect())
}

fn unmasked(glyph: &Glyph) -> Glyph {
    match stands_for(glyph.letter).filter(|_| glyph.kind == Glyphs::Digit) {
        Some(Sign::Letter(letter) | Sign::Either(letter, _)) => Glyph { letter, kind: Glyphs::Letter, ..*glyph },
        Some(Sign::Any | Sign::Nothing) | None => *glyph,
    }
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
