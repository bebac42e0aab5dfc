//! Which language a message is in, told from its small words. Deterministic, and good enough for six words of a message;
//! a single word that several languages share stays unknown.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::hash::Map;
use crate::text::token::{Kind, Token};

/// A language that the engines know words of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Another one, or too short to tell.
    Unknown,
}

/// How much a word speaks for English, Spanish and French: 2 when only one of them has it, 1 when they share it.
type Weights = [u8; 3];

static WORDS: LazyLock<Map<&'static str, Weights>> = LazyLock::new(|| {
    let alone = [(ENGLISH, [2, 0, 0]), (SPANISH, [0, 2, 0]), (FRENCH, [0, 0, 2])];
    let alone =
        alone.into_iter().flat_map(|(words, weights)| words.split_whitespace().map(move |word| (word, weights)));
    alone.chain(SHARED.iter().copied()).collect()
});

const ENGLISH: &str = "the and i is my to of you have with not do am are was for it this that feel feeling can will he she they we \
    has had been at be but or if so what when how why who your his her their our from about just want going get got there \
    hi hello thanks please yes today hurts myself need help think know would could should because don did does really in as";
const SPANISH: &str = "el los las y en mi mis por con para estoy tengo muy pero lo al del mas como quiero soy esta este eso \
    una su sus nos yo ella todo nada porque cuando donde hace hoy hola gracias si tambien he ha hay fue era ser estar \
    puedo quisiera siento duele dolor fiebre ayuda favor buenos buenas dias vida sin sobre ya voy ir usted ustedes han mucho";
const FRENCH: &str = "des je suis est et une pas ne dans avec pour ai mon ma mes au aux du ce cette il elle nous vous ils elles \
    mal tres mais ou qui sur bonjour merci oui non depuis jai veux peux fait plus tout etre avoir envie vie moi mourir";
const SHARED: &[(&str, Weights)] = &[
    ("no", [1, 1, 0]),
    ("he", [2, 1, 0]),
    ("has", [2, 1, 0]),
    ("plus", [1, 0, 1]),
    ("mal", [0, 1, 1]),
    ("mes", [0, 1, 1]),
    ("me", [1, 1, 1]),
    ("a", [1, 1, 1]),
    ("on", [1, 0, 1]),
    ("la", [0, 1, 1]),
    ("le", [0, 1, 1]),
    ("les", [0, 1, 1]),
    ("de", [0, 1, 1]),
    ("un", [0, 1, 1]),
    ("te", [0, 1, 1]),
    ("se", [0, 1, 1]),
    ("que", [0, 1, 1]),
];

/// The language of most of these tokens.
#[must_use]
pub fn of(tokens: &[Token]) -> Language {
    let mut sums = [0_usize; 3];
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        let weights = WORDS.get(token.word.as_str()).copied().unwrap_or_default();
        let accent = u8::from(token.accented && has_spanish_end(&token.word)) * 2;
        for (sum, weight) in sums.iter_mut().zip(weights.into_iter().zip([0, accent, 0])) {
            *sum += usize::from(weight.0) + usize::from(weight.1);
        }
    }
    let best = sums.into_iter().max().unwrap_or_default();
    match sums.map(|sum| sum == best) {
        _ if best == 0 => Language::Unknown,
        [true, false, false] => Language::English,
        [false, true, false] => Language::Spanish,
        [false, false, true] => Language::French,
        _ => Language::Unknown,
    }
}

/// The languages that these tokens may be in. A message may mix them, so a language is only left out when no word speaks for it
/// alone, and more than a third of the words speak for others.
#[must_use]
pub fn among(tokens: &[Token]) -> Vec<Language> {
    let words = tokens.iter().filter(|token| token.kind == Kind::Word);
    let known = words.clone().filter_map(|token| WORDS.get(token.word.as_str()));
    let spoken = known.fold([0_usize; 3], |mut sums, weights| {
        sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += usize::from(*weight > 1));
        sums
    });
    let sure = spoken.iter().any(|count| count * 3 > words.clone().count());
    let languages = [Language::English, Language::Spanish, Language::French].into_iter().zip(spoken);
    languages.filter_map(|(language, count)| (count > 0 || !sure).then_some(language)).collect()
}

/// Ends that Spanish writes with an accent: `presión`, `tomé`, `alergía`.
fn has_spanish_end(word: &str) -> bool {
    ["on", "ion", "ia", "ias", "as", "an", "o", "ano", "ana"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn small_words_tell_the_language() {
        for (message, language) in [
            ("I have had a headache since yesterday", Language::English),
            ("me duele la cabeza desde ayer", Language::Spanish),
            ("tengo fiebre", Language::Spanish),
            ("no tengo tos", Language::Spanish),
            ("j'ai mal au ventre depuis hier", Language::French),
            ("je ne dors pas", Language::French),
            ("150/95", Language::Unknown),
            ("ok", Language::Unknown),
            ("no", Language::Unknown),
            ("yes", Language::English),
            ("presión 150/95", Language::Spanish),
            ("Ich habe Kopfschmerzen", Language::Unknown),
            ("quiero morirme", Language::Spanish),
            ("i want to die", Language::English),
        ] {
            assert_eq!(Text::read(message).language(), language, "{message}");
        }
    }

    #[test]
    fn a_message_may_mix_languages() {
        let among = |message: &str| among(Text::read(message).tokens());
        assert_eq!(among("he has a cough"), [Language::English]);
        assert_eq!(among("help, me quiero ir"), [Language::English, Language::Spanish]);
        assert_eq!(among("he vuelto a caer"), [Language::English, Language::Spanish, Language::French]);
        assert_eq!(among("150/95"), [Language::English, Language::Spanish, Language::French]);
    }

    #[test]
    fn a_clause_has_a_language_of_its_own() {
        let text = Text::read("I feel bad today; ya no quiero vivir");
        let languages: Vec<Language> = text.clauses().iter().map(|clause| of(text.tokens_of(clause))).collect();
        assert_eq!(languages, [Language::English, Language::Spanish]);
    }
}
