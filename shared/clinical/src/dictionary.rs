//! Phrases and what they mean, found in a text by the longest match.

use crate::words::Words;

/// Sorted phrases, each with a meaning. The phrases are written folded: lower case, no accents, words parted by one blank.
#[derive(Debug)]
pub(crate) struct Dictionary<M> {
    entries: Vec<(&'static str, M)>,
    /// One bit for each hash of a first word: most words of a text begin no phrase, and this says so at once.
    first_words: Vec<u64>,
}

/// A phrase that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match<M> {
    /// What it means.
    pub(crate) meaning: M,
    /// How many words it has in the text.
    pub(crate) words: usize,
}

/// No phrase has more words than this.
const MAX_WORDS: usize = 16;
/// How many hashes of first words are told apart.
const FIRST_WORDS: usize = 1 << 16;

impl<M: Copy> Dictionary<M> {
    /// Sorts the entries; of two entries with one phrase the first stays.
    pub(crate) fn of(entries: impl IntoIterator<Item = (&'static str, M)>) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        if !entries.is_sorted_by(|(one, _), (other, _)| one < other) {
            entries = sorted(&entries);
        }
        let mut first_words = vec![0; FIRST_WORDS / 64];
        for (phrase, _) in &entries {
            let (word, bit) = bit(hash(phrase.bytes().take_while(|byte| *byte != b' ')));
            if let Some(bits) = first_words.get_mut(word) {
                *bits |= bit;
            }
        }
        Self { entries, first_words }
    }

    fn may_begin(&self, word: &str) -> bool {
        variants(word).into_iter().flatten().any(|(stem, ending)| {
            let (word, bit) = bit(hash(stem.bytes().chain(ending.bytes())));
            self.first_words.get(word).is_some_and(|bits| bits & bit != 0)
        })
    }

    /// What a folded phrase means.
    pub(crate) fn get(&self, phrase: &str) -> Option<M> {
        let at = self.entries.partition_point(|(known, _)| *known < phrase);
        self.entries.get(at).filter(|(known, _)| *known == phrase).map(|(_, meaning)| *meaning)
    }

    /// What a folded phrase means, its last word also in the plural.
    pub(crate) fn get_any_number(&self, phrase: &str) -> Option<M> {
        variants(phrase).into_iter().flatten().find_map(|(stem, ending)| match ending {
            "" => self.get(stem),
            _ => self.get(&format!("{stem}{ending}")),
        })
    }

    /// The longest phrase that begins at a word of a text. A word of the text may be the plural of the phrase's word.
    pub(crate) fn longest(&self, words: &Words<'_>, place: usize) -> Option<Match<M>> {
        if !self.may_begin(words.spelled(place)) {
            return None;
        }
        let mut prefix = String::new();
        let mut best = None;
        for count in 1..=MAX_WORDS {
            let next = place + count - 1;
            if next >= words.len() || (count > 1 && !words.is_joined(next)) {
                break;
            }
            let (meaning, longer) = self.step(&prefix, words.spelled(next));
            best = meaning.map(|meaning| Match { meaning, words: count }).or(best);
            let Some(longer) = longer else { break };
            prefix = longer;
        }
        best
    }

    /// One word on: what the phrase that ends with it means, and the beginning of longer phrases, if there are any.
    fn step(&self, prefix: &str, word: &str) -> (Option<M>, Option<String>) {
        let mut found = (None, None);
        let mut key = String::with_capacity(prefix.len() + word.len() + 2);
        for (stem, ending) in variants(word).into_iter().flatten() {
            key.clear();
            key.extend([prefix, stem, ending]);
            let (meaning, longer) = self.look(&key);
            found.0 = found.0.or(meaning);
            if longer && found.1.is_none() {
                found.1 = Some(format!("{key} "));
            }
        }
        found
    }

    /// What the phrase means, and whether a longer phrase begins with it.
    fn look(&self, key: &str) -> (Option<M>, bool) {
        let at = self.entries.partition_point(|(known, _)| *known < key);
        let here = self.entries.get(at).filter(|(known, _)| *known == key);
        let next = self.entries.get(at + usize::from(here.is_some()));
        let longer = next.is_some_and(|(known, _)| known.strip_prefix(key).is_some_and(|rest| rest.starts_with(' ')));
        (here.map(|(_, meaning)| *meaning), longer)
    }
}

/// A word and what it may be the plural of, in English or Spanish, as stem and ending.
fn variants(word: &str) -> [Option<(&str, &'static str)>; 4] {
    let plural = |suffix: &str, ending: &'static str| {
        let stem = word.strip_suffix(suffix).filter(|stem| stem.len() >= 3)?;
        (suffix != "s" || !stem.ends_with('s')).then_some((stem, ending))
    };
    [Some((word, "")), plural("s", ""), plural("es", ""), plural("ies", "y").or_else(|| plural("ces", "z"))]
}

/// The entries by phrase, of two with one phrase the first. Numbers are sorted instead of entries: they are small.
fn sorted<M: Copy>(given: &[(&'static str, M)]) -> Vec<(&'static str, M)> {
    let mut order: Vec<_> = given.iter().zip(0_u32..).map(|((phrase, _), place)| (beginning(phrase), place)).collect();
    let at = |place: u32| usize::try_from(place).ok().and_then(|place| given.get(place));
    let phrase = |place: u32| at(place).map_or("", |(phrase, _)| *phrase);
    order.sort_unstable_by(|(one, left), (other, right)| {
        one.cmp(other).then_with(|| phrase(*left).cmp(phrase(*right))).then(left.cmp(right))
    });
    let mut entries: Vec<_> = order.into_iter().filter_map(|(_, place)| at(place).copied()).collect();
    entries.dedup_by_key(|(phrase, _)| *phrase);
    entries
}

/// The first eight bytes as a number in the order of the phrases: most comparisons end with it.
fn beginning(phrase: &str) -> u64 {
    phrase.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// FNV-1a, folded to 16 bits.
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 16)) & 0xffff
}

/// Which 64 bits a hash is in, and its bit among them.
fn bit(hash: u32) -> (usize, u64) {
    (usize::try_from(hash / 64).unwrap_or(0), 1 << (hash % 64))
}

/// The rows of a table as text: `key|value|…`, without the lines that begin with a hash.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once('|').unwrap_or((line, "")))
}

/// Whether the keys of a table stand in order, each once, and are written folded. For the tests of the tables.
#[cfg(test)]
pub(crate) fn assert_table(table: &'static str) {
    let keys: Vec<_> = rows(table).map(|(key, _)| key).collect();
    assert!(!keys.is_empty());
    for pair in keys.windows(2) {
        assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
    }
    for key in keys {
        assert_eq!(crate::words::spell_phrase(&key.replace('_', "")), key.replace('_', ""), "is not folded");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn longest(entries: &[(&'static str, u8)], text: &str) -> Vec<Option<(u8, usize)>> {
        let dictionary = Dictionary::of(entries.iter().copied());
        let text = Text::read(text);
        let words = Words::of(&text);
        (0..words.len())
            .map(|place| dictionary.longest(&words, place).map(|found| (found.meaning, found.words)))
            .collect()
    }

    #[test]
    fn the_longest_phrase_wins_and_punctuation_ends_one() {
        let entries = [("chest", 1), ("chest pain", 2), ("chest pain at rest", 3), ("pain", 4)];
        assert_eq!(longest(&entries, "chest pain at night")[..2], [Some((2, 2)), Some((4, 1))]);
        assert_eq!(longest(&entries, "chest pain at rest")[0], Some((3, 4)));
        assert_eq!(longest(&entries, "chest, pain"), [Some((1, 1)), Some((4, 1))]);
        assert_eq!(longest(&entries, "chested"), [None]);
    }

    #[test]
    fn plurals_are_found_in_every_word() {
        let entries = [("dolor de cabeza", 1), ("allergy", 2), ("rash", 3), ("diabetes", 4), ("mass", 5)];
        assert_eq!(longest(&entries, "dolores de cabeza")[0], Some((1, 3)));
        assert_eq!(
            longest(&entries, "allergies rashes diabetes masses"),
            [Some((2, 1)), Some((3, 1)), Some((4, 1)), Some((5, 1))]
        );
        assert_eq!(Dictionary::of(entries).get_any_number("rashes"), Some(3));
    }
}
