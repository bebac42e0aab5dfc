//! Which language a message is in, told from its small words. Deterministic, and good enough for six words of a message;
//! a single word that several languages share stays unknown.

use serde::{Deserialize, Serialize};

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

const ENGLISH: &str = " the and i is my to of you have with not do am are was for it this that feel feeling can will he she they we \
    has had been at be but or if so what when how why who your his her their our from about just want going get got been there \
    hi hello thanks please yes today pain hurts myself need help think know would could should because don did does really ";
const SPANISH: &str = " el los las que y en es mi mis por con para estoy tengo muy pero lo al del mas como quiero soy esta este eso \
    una su sus se le les nos yo ella todo nada porque cuando donde hace hoy hola gracias si tambien he ha hay fue era ser estar \
    puedo quisiera siento duele dolor fiebre ayuda favor buenos buenas dias vida sin sobre ya voy ir usted ustedes han mucho ";
const FRENCH: &str = " le les des je suis est et une pas ne dans avec pour ai mon ma mes au aux du ce cette il elle nous vous ils elles \
    mal tres mais ou qui sur bonjour merci oui non depuis jai veux peux fait plus tout etre avoir envie vie moi mourir ";
/// Words of several languages: they count half.
const SHARED: &[(&str, &[Language])] = &[
    ("no", &[Language::English, Language::Spanish]),
    ("me", &[Language::English, Language::Spanish, Language::French]),
    ("a", &[Language::English, Language::Spanish, Language::French]),
    ("la", &[Language::Spanish, Language::French]),
    ("de", &[Language::Spanish, Language::French]),
    ("un", &[Language::Spanish, Language::French]),
    ("te", &[Language::Spanish, Language::French]),
    ("que", &[Language::Spanish, Language::French]),
    ("on", &[Language::English, Language::French]),
    ("in", &[Language::English]),
    ("as", &[Language::English]),
];

/// The language of most of these tokens.
#[must_use]
pub fn of(tokens: &[Token]) -> Language {
    let mut english = 0;
    let mut spanish = 0;
    let mut french = 0;
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        let listed = |words: &str| lists(words, &token.word);
        let shared =
            SHARED.iter().find(|(word, _)| *word == token.word).map(|(_, languages)| *languages).unwrap_or_default();
        let weight = |words: &str, language| if listed(words) { 2 } else { usize::from(shared.contains(&language)) };
        english += weight(ENGLISH, Language::English);
        spanish += weight(SPANISH, Language::Spanish) + usize::from(token.accented && has_spanish_end(&token.word)) * 2;
        french += weight(FRENCH, Language::French);
    }
    let best = english.max(spanish).max(french);
    match best {
        0 => Language::Unknown,
        _ if usize::from(english == best) + usize::from(spanish == best) + usize::from(french == best) > 1 => {
            Language::Unknown
        }
        _ if english == best => Language::English,
        _ if spanish == best => Language::Spanish,
        _ => Language::French,
    }
}

/// Whether a list of words, each between spaces, has this one.
fn lists(words: &str, word: &str) -> bool {
    !word.is_empty()
        && words.match_indices(word).any(|(at, _)| {
            let before = words.get(..at).is_some_and(|head| head.ends_with(' '));
            before && words.get(at + word.len()..).is_some_and(|tail| tail.starts_with(' '))
        })
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
    fn a_clause_has_a_language_of_its_own() {
        let text = Text::read("I feel bad today; ya no quiero vivir");
        let languages: Vec<Language> = text.clauses().iter().map(|clause| of(text.tokens_of(clause))).collect();
        assert_eq!(languages, [Language::English, Language::Spanish]);
    }
}
