//! Words by what is common to their spellings: American and British, English and Spanish, singular and plural.
//!
//! "Haemorrhages" and "hemorrhage" have one stem; so have "neumonía" and "pneumonia", "infección" and
//! "infection", "linfoma" and "lymphoma". A stem is a number: nobody reads it, and comparing it costs nothing.

/// The stem of a folded word.
pub(super) fn stem(word: &str) -> u32 {
    let mut heard = [0_u8; MAX_LETTERS];
    let mut length = 0_usize;
    let bytes = word.as_bytes();
    let mut at = usize::from(word.starts_with("pn") || word.starts_with("ps") || begins_with_e(bytes));
    while at < bytes.len() {
        let (letter, read) = sound(bytes, at);
        let last = length.checked_sub(1).and_then(|last| heard.get(last)).copied();
        if letter != b'h'
            && last != Some(letter)
            && let Some(free) = heard.get_mut(length)
        {
            *free = letter;
            length += 1;
        }
        at += read;
    }
    hash(heard.get(..ending(&heard, length)).unwrap_or_default())
}

const MAX_LETTERS: usize = 24;
/// The ending of a word is cut down to this many letters.
const MIN_LETTERS: usize = 4;

/// Spanish puts an e before sc, sp and st: "esclerosis", "estenosis".
fn begins_with_e(bytes: &[u8]) -> bool {
    matches!(bytes, [b'e', b's', b'c' | b'p' | b't' | b'q', _, ..])
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

/// Where the last vowel or plural ending begins.
fn ending(heard: &[u8], length: usize) -> usize {
    let mut end = length;
    while end > MIN_LETTERS && matches!(heard.get(end - 1), Some(b'a' | b'e' | b'o' | b's')) {
        end -= 1;
    }
    end
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::stem;

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
