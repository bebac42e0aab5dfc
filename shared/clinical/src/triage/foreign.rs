//! Whether a message is in a language that triage does not know, although some of its words look like English or Spanish ones.

use crate::text::Text;
use crate::words::lists;

/// Small words of German, Portuguese, Italian, French and Dutch that neither English nor Spanish has, as a text is read: without
/// accents.
const WORDS: &str = "ich und nicht der das ist habe hab mir mich seit auch bin kann mein meine meinen einen sehr wir schmerzen \
    nao estou minha meu muita voce com uma meus minhas tenho ele ela sinto faz \
    ho il che sono mio mia della gli molto anche ieri fa sento \
    je suis est une depuis avec j'ai dans mon ma tres mal vomis \
    ik heb een het niet mijn ben pijn sinds";
/// So many of them show another language.
const ENOUGH: usize = 3;

/// Whether it is.
pub(super) fn is_foreign(text: &Text<'_>) -> bool {
    if is_in_another_script(text.written()) {
        return true;
    }
    let foreign = text.tokens().iter().filter(|token| lists(WORDS, &token.word)).take(ENOUGH);
    foreign.count() >= ENOUGH
}

/// Whether most letters are of a script in which neither English nor Spanish is written. A language without blanks has few words,
/// however much it says. Letters that only look like Latin ones, full-width or mathematical, are not counted.
fn is_in_another_script(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let others = written.chars().filter(|c| {
        matches!(c, '\u{370}'..='\u{1CFF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
            && c.is_alphabetic()
    });
    let others = others.count();
    others > 1 && others > letters / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_from_those_that_triage_knows() {
        for (written, expected) in [
            ("Ich habe seit gestern furchtbare Schmerzen im Bauch und mir ist schlecht", true),
            ("Estou com muita dor de cabeça e febre desde ontem", true),
            ("Ho mal di testa e sono molto stanco", true),
            ("J'ai mal au ventre depuis hier avec de la fièvre", true),
            ("Ik heb pijn in mijn buik", true),
            ("我从昨天开始肚子很痛", true),
            ("У меня болит живот", true),
            ("مرض", true),
            ("my head hurts and I feel sick", false),
            ("I feel ѕісk and my hеаd hurts", false),
            ("Ｉ ｆｅｅｌ ｓｉｃｋ", false),
            ("39 °C, μg", false),
            ("me duele mucho la cabeza, mi hijo tiene fiebre y mal de panza", false),
            ("ICH in 2019, now headache", false),
        ] {
            assert_eq!(is_foreign(&Text::read(written)), expected, "{written}");
        }
    }
}
