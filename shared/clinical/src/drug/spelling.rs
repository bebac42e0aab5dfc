//! Misspelled drugs: the same by ear, or a letter or two away.
//!
//! A drug name is compared by how it sounds, in English or Spanish: ph and f, y and i, a silent h, a doubled letter and the
//! last vowel make no difference. So one rule reads "ibuprofeno", "amoxicilina" and "metphormin". What is left is bounded by
//! one slip (two in long names), a known first letter, and a list of ordinary words that are near a drug by chance.

use std::sync::LazyLock;

use super::table;

pub(crate) static COMMON_BRAND: &str = include_str!("../../data/drug/common_brand.txt");
pub(crate) static ORDINARY_WORD: &str = include_str!("../../data/drug/ordinary_word.txt");

/// Shorter words are never taken for a misspelled drug.
const MIN_LETTERS: usize = 6;
/// Longer words are no drug, and would only cost time.
const MAX_LETTERS: usize = 32;
/// Sounds shorter than this must be the same.
const MIN_SOUND_FOR_ONE_SLIP: usize = 7;
/// Sounds of this length may differ by two slips.
const MIN_SOUND_FOR_TWO_SLIPS: usize = 11;

struct Sound {
    sound: String,
    /// Which letters occur, as bits: two sounds that differ in many cannot be near.
    letters: u32,
    name: &'static str,
}

/// The sounds of the ingredients and the common brands, sorted.
static SOUNDS: LazyLock<Vec<Sound>> = LazyLock::new(|| {
    let lists = || table::ingredients().map(|ingredient| (ingredient.name, ingredient.other_names));
    let names = lists().flat_map(|(name, others)| std::iter::once(name).chain(others.split(',')));
    let names = names.chain(COMMON_BRAND.lines().filter(|line| !line.starts_with('#')));
    let mut sounds: Vec<_> =
        names.filter(|name| name.len() >= MIN_LETTERS && !name.contains(' ')).map(sound_of).collect();
    sounds.sort_by(|one, other| one.sound.cmp(&other.sound));
    sounds
});

/// The name that a folded word misspells.
pub(crate) fn corrected(word: &str) -> Option<&'static str> {
    if !(MIN_LETTERS..=MAX_LETTERS).contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if ORDINARY_WORD.lines().any(|known| known == word) {
        return None;
    }
    let heard = sound_of_word(word);
    let at = SOUNDS.partition_point(|known| known.sound < heard);
    match SOUNDS.get(at).filter(|known| known.sound == heard) {
        Some(same) => Some(same.name),
        None => nearest(&heard),
    }
}

fn nearest(heard: &str) -> Option<&'static str> {
    // One slip changes at most two of the letters that occur.
    let (slips, changed_letters) = match heard.len() {
        ..MIN_SOUND_FOR_ONE_SLIP => return None,
        MIN_SOUND_FOR_ONE_SLIP..MIN_SOUND_FOR_TWO_SLIPS => (1, 2),
        _ => (2, 4),
    };
    let letters = letters_of(heard);
    let first = heard.get(..1)?;
    let from = SOUNDS.partition_point(|known| known.sound.as_str() < first);
    let near = |known: &&Sound| {
        known.sound.len() + 1 >= MIN_SOUND_FOR_ONE_SLIP
            && known.sound.len().abs_diff(heard.len()) <= slips
            && (known.letters ^ letters).count_ones() <= changed_letters
    };
    let same_letter = SOUNDS.iter().skip(from).take_while(|known| known.sound.starts_with(first));
    let distances = same_letter.filter(near).map(|known| (distance(heard, &known.sound), known.name));
    distances.filter(|(distance, _)| *distance <= slips).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

fn sound_of(name: &'static str) -> Sound {
    let sound = sound_of_word(name);
    Sound { letters: letters_of(&sound), sound, name }
}

fn letters_of(sound: &str) -> u32 {
    sound.bytes().fold(0, |letters, byte| letters | 1 << (byte % 32))
}

/// How a word sounds to an ear that knows English and Spanish.
fn sound_of_word(word: &str) -> String {
    let mut sound = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let (heard, read) = match rest {
            _ if rest.starts_with("ph") => ('f', 2),
            _ if rest.starts_with("ae") || rest.starts_with("oe") => ('e', 2),
            _ if rest.starts_with("qu") || rest.starts_with("ch") => ('c', 2),
            _ => (
                match letter {
                    'y' => 'i',
                    'k' => 'c',
                    'w' => 'u',
                    other => other,
                },
                letter.len_utf8(),
            ),
        };
        if heard != 'h' && !sound.ends_with(heard) {
            sound.push(heard);
        }
        rest = rest.get(read..).unwrap_or_default();
    }
    let spoken = sound.trim_end_matches(['a', 'e', 'o']).len().max(sound.len().min(4));
    sound.truncate(spoken);
    sound
}

/// How many letters are wrong, missing, too many or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, known) in other.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let swapped = j > 0 && i > 0 && one.get(i - 1) == Some(known) && other.get(j - 1) == Some(letter);
            let swap = if swapped { cell(&before_last, j - 1) + 1 } else { usize::MAX };
            let change = cell(&last, j) + usize::from(letter != known);
            row.push(change.min(cell(&last, j + 1) + 1).min(cell(&row, j) + 1).min(swap));
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::assert_table;

    #[test]
    fn spanish_british_and_careless_spellings_are_heard() {
        let heard = [
            ("amoxicilina", "amoxicillin"),
            ("ibuprofeno", "ibuprofen"),
            ("acetaminofén", "acetaminophen"),
            ("cefalexina", "cephalexin"),
            ("metphormin", "metformin"),
            ("lisinoprill", "lisinopril"),
            ("atorvastatine", "atorvastatin"),
            ("omeprasol", "omeprazole"),
            ("hydroclorothiazide", "hydrochlorothiazide"),
            ("azithromicyn", "azithromycin"),
            ("gabapentine", "gabapentin"),
            ("tilenol", "tylenol"),
            ("simvasatin", "simvastatin"),
        ];
        for (written, meant) in heard {
            assert_eq!(corrected(&crate::words::spell_phrase(written)), Some(meant), "{written}");
        }
    }

    #[test]
    fn ordinary_words_are_not_drugs() {
        let ordinary = "ability clarity concern complete program creator singular federal vertical diabetes cortisol \
                        tyrosine fluorescent marinos concierto ambiente celebren paciente mañana definitely horizonte aspiring";
        for word in ordinary.split_whitespace() {
            assert_eq!(corrected(&crate::words::spell_phrase(word)), None, "{word}");
        }
    }

    #[test]
    fn a_slip_is_one_edit_or_one_swap() {
        for (one, other, expected) in
            [("abcd", "abcd", 0), ("abcd", "abdc", 1), ("abcd", "abc", 1), ("abcd", "xbcy", 2), ("", "ab", 2)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn the_lists_are_sorted_and_the_brands_known() {
        assert_table(COMMON_BRAND);
        assert_table(ORDINARY_WORD);
        for brand in COMMON_BRAND.lines().filter(|line| !line.starts_with('#')) {
            assert!(table::NAMES.get(brand).is_some(), "{brand}");
        }
    }
}
