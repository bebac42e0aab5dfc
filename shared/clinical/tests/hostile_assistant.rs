//! Whatever a patient or a member of staff writes, the assistant answers it, in proportion to its length.

use clinical::{
    assess::{self, MOST_READINGS},
    assistant::{Conversation, Said, Speaker, Wish, reply},
    sentence::sentences,
};
use domain::assessment::Language;
use domain::responder::ExpertiseLevel;

const PIECES: &[&str] = &[
    "no ",
    "not ",
    "chest pain ",
    "dolor de pecho, ",
    "I want ",
    "to talk to ",
    "a doctor ",
    "quiero hablar con ",
    "alguien ",
    "Advair ",
    "250/50 ",
    "12/11 ",
    "24/7 ",
    "bp 150/95 ",
    "pulse 9999 ",
    "del ",
    ". ",
    "? ",
    "¿",
    "\n",
    "Dr. ",
    "3.30",
    "'",
    "\u{202e}",
    "💊",
    "é",
    "\u{0}",
    "STOP",
];

/// The next number of a small generator (xorshift64*), so that every run sees the same texts.
fn next(state: &mut u64, limit: usize) -> usize {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    let high = state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
    usize::try_from(high).unwrap_or_default() % limit
}

fn random_text(state: &mut u64) -> String {
    (0..next(state, 40)).filter_map(|_| PIECES.get(next(state, PIECES.len())).copied()).collect()
}

#[test]
fn every_random_conversation_gets_an_answer() {
    let mut state = 0x5EED;
    for round in 0..600 {
        let texts: Vec<String> = (0..4).map(|_| random_text(&mut state)).collect();
        let by = [Speaker::Patient, Speaker::Assistant, Speaker::Human, Speaker::Patient];
        let said = texts.iter().zip(by).map(|(text, by)| Said { by, text }).collect();
        let language = if round % 2 == 0 { Language::English } else { Language::Spanish };
        let levels = [ExpertiseLevel::Low, ExpertiseLevel::Medium, ExpertiseLevel::High];
        let expertise_level = levels[round % 3];
        let answer = reply(&Conversation { said, language, expertise_level, ..Conversation::default() });
        assert!(!answer.text.is_empty() && !answer.text.contains("  "), "{texts:?}: {}", answer.text);
        assert_eq!(answer.wish, Wish::of(&texts[3]), "{texts:?}");
        for text in &texts {
            let assessed = assess::message(text, None);
            assert!(assessed.readings.len() <= MOST_READINGS);
            assert!(assessed.readings.iter().all(|reading| text.contains(&reading.words)), "{text:?}");
            assert!(sentences(text).all(|sentence| text.contains(sentence)), "{text:?}");
        }
    }
}

#[test]
fn long_hostile_texts_are_answered_in_proportion() {
    for piece in
        PIECES.iter().copied().chain(["I want to talk to a doctor ", "not call you tomorrow ", "Advair 100/50 "])
    {
        let count = |bytes: usize| sentences(&piece.repeat(bytes / piece.len())).count();
        assert!(count(50_000) <= count(10_000) * 6 + 20, "{piece}");
        let written = piece.repeat(50_000 / piece.len());
        let said = vec![Said { by: Speaker::Patient, text: &written }];
        assert!(!reply(&Conversation { said, ..Conversation::default() }).text.is_empty(), "{piece}");
        assert!(assess::message(&written, None).readings.len() <= MOST_READINGS, "{piece}");
        assert!(domain::speech::spoken(&written).is_none_or(|text| text.as_str().chars().count() <= 1_500), "{piece}");
    }
}
