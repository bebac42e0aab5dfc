//! Words by what is common to their spellings: American and British, English and Spanish, singular and plural.
//!
//! "Haemorrhages" and "hemorrhage" have one stem; so have "neumonía" and "pneumonia", "infección" and
//! "infection", "linfoma" and "lymphoma". A stem is a number: nobody reads it, and comparing it costs nothing.

/// The stem of a spelled word: the hash (FNV-1a) of how it sounds, without its last vowels and plural.
pub(super) fn stem(word: &[u8]) -> u32 {
    let mut at = usize::from(word.starts_with(b"pn") || word.starts_with(b"ps") || begins_with_e(word));
    let (mut hash, mut without_ending) = (0x811c_9dc5_u32, 0x811c_9dc5_u32);
    let (mut last, mut length) = (0, 0);
    while let Some(written) = word.get(at).copied() {
        let (letter, read) = if is_heard_as_written(written) { (written, 1) } else { sound(word, at) };
        at += read;
        if letter == b'h' || letter == last {
            continue;
        }
        hash = (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193);
        (last, length) = (letter, length + 1);
        if length <= MIN_LETTERS || !matches!(letter, b'a' | b'e' | b'o' | b's') {
            without_ending = hash;
        }
    }
    without_ending
}

/// The ending of a word is cut down to this many letters.
const MIN_LETTERS: usize = 4;

/// Spanish puts an e before sc, sp and st: "esclerosis", "estenosis".
fn begins_with_e(bytes: &[u8]) -> bool {
    matches!(bytes, [b'e', b's', b'c' | b'p' | b't' | b'q', _, ..])
}

/// Letters that sound as they are written, whatever stands behind them: more than half of a text.
fn is_heard_as_written(letter: u8) -> bool {
    const LETTERS: u32 = letters(b"bdefgijlnrsuvxz");
    letter.is_ascii_lowercase() && LETTERS >> (letter - b'a') & 1 == 1
}

const fn letters(listed: &[u8]) -> u32 {
    let (mut bits, mut rest) = (0, listed);
    while let [letter, behind @ ..] = rest {
        bits |= 1 << (*letter - b'a');
        rest = behind;
    }
    bits
}

/// The letter that is heard at a place, and how many letters it is written with.
fn sound(bytes: &[u8], at: usize) -> (u8, usize) {
    let letter = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(0);
    match (letter(0), letter(1)) {
        (b'p', b'h') => (b'f', 2),
        (b'a' | b'o', b'e') => (b'e', 2),
        (b'q', b'u') | (b'c', b'h') => (b'c', 2),
        // "lymphoma" and "linfoma".
        (b'm', b'p') if letter(2) == b'h' => (b'n', 1),
        (b'm', b'f') => (b'n', 1),
        // "-tion" and "-ción", "-ction" and "-cción".
        (b't', b'i') if letter(2) == b'o' && letter(3) == b'n' => (b'c', 1),
        (b'y', _) => (b'i', 1),
        (b'k', _) => (b'c', 1),
        (b'w', _) => (b'u', 1),
        (other, _) => (other, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::stem as of;

    fn stem(word: &str) -> u32 {
        of(word.as_bytes())
    }

    #[test]
    fn spellings_of_one_word_have_one_stem() {
        let pairs = [
            ("haemorrhages", "hemorrhage"),
            ("pneumonia", "neumonia"),
            ("infection", "infeccion"),
            ("obstruction", "obstruccion"),
            ("lymphoma", "linfoma"),
            ("sclerosis", "esclerosis"),
            ("neuropathy", "neuropatia"),
            ("diarrhoea", "diarrea"),
            ("appendicitis", "apendicitis"),
            ("hypothyroidism", "hipotiroidismo"),
            ("fractures", "fractura"),
            ("anaemia", "anemia"),
            ("chronic", "cronica"),
            ("leukaemia", "leucemia"),
            ("psoriasis", "soriasis"),
        ];
        for (one, other) in pairs {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn other_words_have_other_stems() {
        for (one, other) in [
            ("renal", "retinal"),
            ("hypertension", "hypotension"),
            ("colitis", "cystitis"),
            ("bone", "bowel"),
            ("toe", "tooth"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn a_long_word_is_no_trouble() {
        stem(&"a".repeat(100_000));
        stem("");
    }
}
