//! The words of a message as the dictionaries look them up.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::span::Span;
use crate::text::Text;
use crate::text::token::Break;

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Word {
    span: Span,
    /// Where its spelling stands in [`Words::spelled`].
    spelled: Span,
    /// Whether only blanks, hyphens or slashes part it from the word before: a phrase may run across.
    joined: bool,
    /// Whether a sentence begins with it.
    begins: bool,
}

/// The tokens of a message in one string, so that a phrase is looked up without putting it together. A possessive is one
/// word with its owner, `Crohn's` is `crohns`: as the plural of `crohn` it is found with and without its s.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    /// The message as written.
    pub(crate) written: &'a str,
    spelled: String,
    list: Vec<Word>,
    has_small_letters: bool,
}

impl<'a> Words<'a> {
    pub(crate) fn of(text: &Text<'a>) -> Self {
        let written = text.written();
        let mut words = Self {
            written,
            spelled: String::with_capacity(written.len()),
            list: Vec::with_capacity(text.tokens().len()),
            has_small_letters: written.chars().any(char::is_lowercase),
        };
        let mut short = String::new();
        for (at, token) in text.tokens().iter().enumerate() {
            short.clear();
            if is_short(text, at) {
                token.span.of(written).chars().for_each(|letter| fold_letter(letter, &mut short));
            }
            let word = if short.is_empty() { &token.word } else { &short };
            let joined = at > 0
                && (token.before == Break::None || (token.before == Break::Comma && text.between(at).trim() == "/"));
            words.push(
                word,
                Word { span: token.span, spelled: token.span, joined, begins: token.before == Break::Sentence },
            );
        }
        words
    }

    fn push(&mut self, spelling: &str, word: Word) {
        match (spelling.strip_prefix('\''), self.list.last_mut()) {
            (Some(ending), Some(owner)) => {
                self.spelled.push_str(ending);
                owner.spelled.end = self.spelled.len();
                owner.span = owner.span.to(word.span);
            }
            _ => {
                let start = self.spelled.len();
                self.spelled.push_str(spelling);
                self.list.push(Word { spelled: Span { start, end: self.spelled.len() }, ..word });
            }
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The place of the first word that ends behind a byte.
    pub(crate) fn place_at(&self, byte: usize) -> usize {
        self.list.partition_point(|word| word.span.end <= byte)
    }

    /// The spelling of the word at a place; empty behind the last.
    pub(crate) fn spelled(&self, place: usize) -> &str {
        self.list.get(place).map_or("", |word| word.spelled.of(&self.spelled))
    }

    /// Whether a phrase may run from the word before to the word at a place.
    pub(crate) fn is_joined(&self, place: usize) -> bool {
        self.list.get(place).is_some_and(|word| word.joined)
    }

    /// Whether a sentence begins with the word at a place.
    pub(crate) fn is_new_sentence(&self, place: usize) -> bool {
        self.list.get(place).is_some_and(|word| word.begins)
    }

    /// Whether a word is an abbreviation in capitals, in a message that is not all in capitals.
    pub(crate) fn is_in_capitals(&self, place: usize) -> bool {
        let written = self.span(place, place).of(self.written);
        written.chars().all(|letter| letter.is_uppercase() || letter.is_numeric()) && self.has_small_letters
    }

    /// From the first byte of one word to the last of another.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        let start = self.list.get(first).map_or(self.written.len(), |word| word.span.start);
        Span { start, end: self.list.get(last).map_or(start, |word| word.span.end) }
    }
}

/// Whether a token is an abbreviation as likely as shorthand of messages, and is looked up as written: `tb` is tuberculosis
/// and not `también`, `aaa` an aneurysm and not a stretched `a`.
fn is_short(text: &Text<'_>, at: usize) -> bool {
    const MAX_LETTERS: usize = 4;
    let tokens = text.tokens();
    let Some(token) = tokens.get(at) else { return false };
    // A contraction without its apostrophe, `dont`, is two tokens in one place.
    let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|other| tokens.get(other));
    let written = token.span.of(text.written());
    let is_alone = neighbours.into_iter().all(|other| other.span != token.span);
    let is_plain =
        written.chars().all(char::is_alphabetic) || (!token.disguised && written.chars().all(char::is_alphanumeric));
    is_alone && is_plain && written.len() <= MAX_LETTERS
}

/// Whether a word is in a list of words parted by blanks.
pub(crate) fn lists(list: &str, word: &str) -> bool {
    // Lists are short words: going byte by byte is faster than searching for each blank.
    list.as_bytes().split(|byte| *byte == b' ').any(|listed| listed == word.as_bytes())
}

/// The spelling of a whole phrase as the dictionaries have it: its words parted by one blank.
pub(crate) fn spell_phrase(phrase: &str) -> String {
    let text = Text::read(phrase);
    let words = Words::of(&text);
    (0..words.len()).map(|place| words.spelled(place)).collect::<Vec<_>>().join(" ")
}

/// One letter as it is looked up: lower case, without its accent.
pub(crate) fn fold_letter(letter: char, folded: &mut String) {
    folded.extend(letter.nfkd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_runs_across_blanks_hyphens_and_slashes_but_not_across_commas_or_stops() {
        let text = Text::read("head, neck pain-free and/or well. Tired");
        let words = Words::of(&text);
        let joined: Vec<_> = (0..words.len()).map(|place| words.is_joined(place)).collect();
        assert_eq!(joined, [false, false, true, true, true, true, true, false]);
    }

    #[test]
    fn a_possessive_is_one_word_with_its_owner() {
        let text = Text::read("Fiebre ALTA; Crohn's disease, don't");
        let words = Words::of(&text);
        let spelled: Vec<_> = (0..words.len()).map(|place| words.spelled(place)).collect();
        assert_eq!(spelled, ["fiebre", "alta", "crohns", "disease", "do", "not"]);
        assert_eq!(words.span(2, 3).of(words.written), "Crohn's disease");
        assert!(words.is_in_capitals(1) && !words.is_in_capitals(0));
        assert_eq!(spell_phrase("TB, AAA and u dont"), "tb aaa and u do not");
        assert_eq!(spell_phrase("  Otitis   Média-aguda "), "otitis media aguda");
    }
}
