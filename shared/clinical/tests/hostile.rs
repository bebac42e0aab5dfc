//! Whatever somebody sends: no panic, spans of the text, and work in proportion to its length.

use clinical::{
    context::Context,
    reading::{self, Kind},
    text::Text,
};

/// A small generator (xorshift64*), so that every run sees the same texts.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap_or_default() % limit
    }
}

const PIECES: &[&str] = &[
    "kill",
    "k i l l",
    "k.i.l.l",
    "KILL",
    "ｋｉｌｌ",
    "k1ll",
    "mуself",
    "myself",
    "die",
    "d i e",
    "no ",
    "not",
    "sin",
    "pero",
    "but",
    ", I ",
    "\n",
    " ",
    "  ",
    ". ",
    "...",
    "\u{200b}",
    "\u{202e}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ﷺ",
    "👩‍👩‍👧",
    "🔪",
    "🇺🇸",
    "150/95",
    "7/10",
    "38,5",
    "1,2,3.4.5",
    "°",
    "%",
    "mmol/l",
    "'",
    "’",
    "\"",
    "“",
    "don't",
    "j'ai",
    "''''",
    "****",
    "@@",
    "a@b.c",
    "http://x",
    "(",
    ")",
    "—",
    "-",
    "bp",
    "sugar",
    "fiebre",
    "é́́́",
    "\u{0}",
    "۞",
    "Ⅷ",
    "½",
    "², ",
    "ŉ",
    "ǆ",
    "𝐤𝐢𝐥𝐥",
];

fn random_text(seeded: &mut Seeded) -> String {
    let mut text = String::new();
    for _ in 0..seeded.below(60) {
        if seeded.below(4) == 0 {
            text.extend(char::from_u32(u32::try_from(seeded.below(0x11_0000)).unwrap_or_default()));
        } else {
            text.push_str(PIECES.get(seeded.below(PIECES.len())).copied().unwrap_or_default());
        }
    }
    text
}

#[test]
fn random_texts_give_spans_of_themselves() {
    let mut seeded = Seeded(0x5EED);
    for _ in 0..3_000 {
        let written = random_text(&mut seeded);
        let text = Text::read(&written);
        let mut last = 0;
        for token in text.tokens() {
            assert!(written.get(token.span.start..token.span.end).is_some_and(|word| !word.is_empty()), "{written:?}");
            assert!(token.span.start >= last, "{written:?}");
            last = token.span.start;
        }
        let covered: usize = text.clauses().iter().map(|clause| clause.tokens.len()).sum();
        assert_eq!(covered, text.tokens().len(), "{written:?}");
        for cue in Context::read(&text).cues() {
            assert!(!cue.span.of(&written).is_empty() && cue.reach.end <= text.tokens().len(), "{written:?}");
        }
        for found in reading::read(&text, &[Kind::YesNo, Kind::Pain, Kind::BloodPressure]) {
            assert!(!found.span.of(&written).is_empty(), "{written:?}");
        }
    }
}

#[test]
fn long_hostile_texts_are_read_in_proportion() {
    for piece in [
        "a",
        "'",
        "k",
        "k ",
        "a'b'",
        "in'",
        "k.",
        "no ",
        "\"",
        "(",
        "kill",
        "1",
        "1,",
        "1/",
        "1 ",
        "bp ",
        "bp 1 ",
        "i want ",
        "@",
        "*k",
        "k*",
        "🔪",
        "é",
        "\u{301}",
        "e\u{301}",
        "no fever ",
        "mi madre ",
        "ki",
        "d1",
        "si ",
        "if i ",
        "a.b",
        "- ",
        "die 🔪",
    ] {
        let count = |times: usize| {
            let written = piece.repeat(times);
            let text = Text::read(&written);
            let context = Context::read(&text);
            (text.tokens().len(), context.cues().len(), reading::read(&text, &[Kind::Pain]).len())
        };
        let (small, large) = (count(10_000 / piece.len()), count(100_000 / piece.len()));
        assert!(
            large.0 <= small.0 * 11 + 20 && large.1 <= small.1 * 11 + 20 && large.2 <= small.2 * 11 + 20,
            "{piece}: {small:?} {large:?}"
        );
    }
}
