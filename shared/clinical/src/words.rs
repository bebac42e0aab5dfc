//! The words of a text, folded for look-ups and with their place in the original.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::span::Span;

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands in the original text.
    pub(crate) span: Span,
    /// Where its folded spelling stands in [`Words::folded`].
    folded: Span,
    /// Whether only blanks, hyphens, slashes or apostrophes part it from the word before: a phrase may run across.
    pub(crate) joined: bool,
}

/// A text cut into words: letters and digits, lower case, without accents and apostrophes.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    /// The original.
    pub(crate) text: &'a str,
    folded: String,
    list: Vec<Word>,
    has_small_letters: bool,
}

impl<'a> Words<'a> {
    /// Cuts a text into words, in one pass.
    pub(crate) fn of(text: &'a str) -> Self {
        let mut words =
            Self { text, folded: String::with_capacity(text.len()), list: Vec::new(), has_small_letters: false };
        let mut open: Option<(usize, usize)> = None;
        let mut joined = false;
        for (at, letter) in text.char_indices() {
            if letter.is_alphanumeric() || (open.is_some() && is_combining_mark(letter)) {
                open.get_or_insert((at, words.folded.len()));
                fold_letter(letter, &mut words.folded);
                words.has_small_letters |= letter.is_lowercase();
            } else if !(is_apostrophe(letter) && open.is_some()) {
                let ended = words.close(&mut open, at, joined);
                joined = (joined || ended) && keeps_together(letter);
            }
        }
        words.close(&mut open, text.len(), joined);
        words
    }

    fn close(&mut self, open: &mut Option<(usize, usize)>, end: usize, joined: bool) -> bool {
        let Some((start, folded)) = open.take() else { return false };
        // An apostrophe that ends a word is a quotation mark.
        let end = self.text.get(start..end).map_or(end, |word| start + word.trim_end_matches(is_apostrophe).len());
        let folded = Span { start: folded, end: self.folded.len() };
        self.list.push(Word { span: Span { start, end }, folded, joined });
        true
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The word at a place.
    pub(crate) fn at(&self, place: usize) -> Option<&Word> {
        self.list.get(place)
    }

    /// The folded spelling of the word at a place; empty behind the last.
    pub(crate) fn folded(&self, place: usize) -> &str {
        self.at(place).map_or("", |word| word.folded.of(&self.folded))
    }

    /// Whether only blanks, hyphens, slashes or apostrophes part the word at a place from the one before.
    pub(crate) fn is_joined(&self, place: usize) -> bool {
        self.at(place).is_some_and(|word| word.joined)
    }

    /// Whether a word is an abbreviation in capitals, in a text that is not all in capitals.
    pub(crate) fn is_in_capitals(&self, place: usize) -> bool {
        let written = self.span(place, place).of(self.text);
        written.chars().all(|letter| letter.is_uppercase() || letter.is_numeric()) && self.has_small_letters
    }

    /// From the first byte of one word to the last of another.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        let start = self.at(first).map_or(self.text.len(), |word| word.span.start);
        Span { start, end: self.at(last).map_or(start, |word| word.span.end) }
    }
}

/// The folded spelling of a whole phrase, its words parted by one blank.
pub(crate) fn fold_phrase(phrase: &str) -> String {
    let words = Words::of(phrase);
    (0..words.len()).map(|place| words.folded(place)).collect::<Vec<_>>().join(" ")
}

/// One letter as it is looked up: lower case, without its accent.
pub(crate) fn fold_letter(letter: char, folded: &mut String) {
    if letter.is_ascii() {
        folded.push(letter.to_ascii_lowercase());
        return;
    }
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'Á' => folded.push('a'),
        'é' | 'è' | 'ê' | 'É' => folded.push('e'),
        'í' | 'ï' | 'î' | 'Í' => folded.push('i'),
        'ó' | 'ô' | 'ö' | 'Ó' => folded.push('o'),
        'ú' | 'ü' | 'û' | 'Ú' => folded.push('u'),
        'ñ' | 'Ñ' => folded.push('n'),
        _ => folded.extend(letter.nfkd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase)),
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '`' | '´')
}

fn keeps_together(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{a0}' | '-' | '‐' | '‑' | '/') || is_apostrophe(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let words = Words::of(text);
        (0..words.len()).map(|place| words.folded(place).to_owned()).collect()
    }

    #[test]
    fn words_are_folded_and_keep_their_place() {
        let text = "Fiebre ALTA, dolor en la muñeca (X-ray); Crohn's";
        assert_eq!(folded(text), ["fiebre", "alta", "dolor", "en", "la", "muneca", "x", "ray", "crohns"]);
        let words = Words::of(text);
        assert_eq!(words.span(5, 5).of(text), "muñeca");
        assert_eq!(words.span(8, 8).of(text), "Crohn's");
        assert_eq!(words.span(6, 7).of(text), "X-ray");
    }

    #[test]
    fn a_comma_or_a_stop_parts_what_a_blank_or_a_hyphen_joins() {
        let words = Words::of("head, neck pain-free and/or well. Tired");
        let joined: Vec<_> = (0..words.len()).map(|place| words.at(place).is_some_and(|word| word.joined)).collect();
        assert_eq!(joined, [false, false, true, true, true, true, true, false]);
    }

    #[test]
    fn quotation_marks_are_no_apostrophes() {
        let text = "he said 'ouch' twice";
        let words = Words::of(text);
        assert_eq!(words.span(2, 2).of(text), "ouch");
        assert_eq!(fold_phrase("  Otitis   Média-aguda "), "otitis media aguda");
    }

    #[test]
    fn letters_of_two_marks_and_ligatures_fold() {
        assert_eq!(folded("Ångström ﬁbre e\u{301}tat"), ["angstrom", "fibre", "etat"]);
    }
}
