//! What stands between two spaces: one word, several, or a word in disguise.

use crate::{
    span::Span,
    text::{
        disguise,
        glyph::{Glyph, Kind as Glyphs},
        spelling,
        token::{Break, Kind, Token},
    },
};

/// From so many digits inside words on, a writer hides words: `hba1c` is one, `h4ve to sl33p` are three.
const MASKS: usize = 2;

/// Collects the tokens of a text chunk by chunk.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) tokens: Vec<Token>,
    pending: Break,
    /// Where quotation marks stand, in bytes.
    pub(super) quotes: Vec<usize>,
    /// Words that hide letters behind digits were read: others may be read so as well.
    pub(super) bold: bool,
    /// How much spoke for that so far.
    masks: usize,
}

impl Reader {
    /// The separation before the next token is at least this.
    pub(super) fn separate(&mut self, by: Break) {
        self.pending = self.pending.max(by);
    }

    /// Reads what stands between two spaces.
    pub(super) fn read(&mut self, chunk: &[Glyph]) {
        if is_link(chunk) {
            self.push("", chunk, Kind::Link);
        } else if !self.read_disguised(chunk) {
            self.masks += disguise::masks(chunk);
            self.bold |= self.masks >= MASKS;
            match disguise::unmask(chunk).filter(|_| self.bold) {
                Some(unmasked) => self.read_pieces(&unmasked),
                None => self.read_pieces(chunk),
            }
        }
    }

    /// The whole chunk as one listed word, or nothing.
    fn read_disguised(&mut self, chunk: &[Glyph]) -> bool {
        let core = trim(chunk);
        let found = disguise::hidden_word(core, self.bold);
        let Some((word, by_digit)) = found else { return false };
        self.bold |= by_digit;
        self.separate_at(chunk.get(..offset(chunk, core)).unwrap_or_default());
        self.push_disguised(&word, core);
        self.separate_at(chunk.get(offset(chunk, core) + core.len()..).unwrap_or_default());
        true
    }

    fn separate_at(&mut self, marks: &[Glyph]) {
        self.read_marks(marks, None);
    }

    /// Cuts a chunk where letters, digits, pictures and marks meet.
    fn read_pieces(&mut self, chunk: &[Glyph]) {
        let mut rest = chunk;
        while let Some(first) = rest.first() {
            let length = match first.kind {
                Glyphs::Letter => word_length(rest),
                Glyphs::Digit => number_length(rest),
                Glyphs::Emoji => run(rest, |glyph| glyph.kind == Glyphs::Emoji && glyph.letter == first.letter),
                Glyphs::Mark | Glyphs::Space | Glyphs::Line => run(rest, |glyph| glyph.kind == Glyphs::Mark).max(1),
            };
            let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            match first.kind {
                Glyphs::Letter => self.read_word(piece),
                Glyphs::Digit => self.push(&spell(piece), piece, Kind::Number),
                Glyphs::Emoji => self.push(&first.letter.to_string(), piece, Kind::Picture),
                Glyphs::Mark | Glyphs::Space | Glyphs::Line => self.read_marks(piece, behind.first()),
            }
            rest = behind;
        }
    }

    fn read_marks(&mut self, marks: &[Glyph], behind: Option<&Glyph>) {
        let dots = marks.iter().filter(|glyph| glyph.letter == '.').count();
        for glyph in marks {
            let by = match glyph.letter {
                '.' if dots > 1 => Break::Comma,
                '.' if self.is_abbreviation() => Break::None,
                '.' | '!' | '?' | '¿' | '¡' | '。' | '؟' => Break::Sentence,
                ':' if self.ends_in_number() && behind.is_some_and(|next| next.kind == Glyphs::Digit) => Break::Comma,
                ';' | ':' | '(' | ')' | '[' | ']' | '—' | '–' => Break::Clause,
                '-' if marks.len() > 1 || behind.is_none() => Break::Clause,
                ',' | '/' | '、' => Break::Comma,
                '"' => {
                    self.quotes.push(glyph.span.start);
                    Break::None
                }
                _ => Break::None,
            };
            self.separate(by);
        }
    }

    fn ends_in_number(&self) -> bool {
        self.pending == Break::None && self.tokens.last().is_some_and(|token| token.kind == Kind::Number)
    }

    fn is_abbreviation(&self) -> bool {
        let abbreviations = "dr dra mr mrs ms sr sra srta prof st vs approx mme pt lt rt abd ant post lat bilat gen resp temp hx sx epi";
        self.tokens.last().is_some_and(|token| abbreviations.split(' ').any(|short| short == token.word))
    }

    /// Letters, perhaps with apostrophes or digits: a plain word, a contraction, or a word with look-alikes or elongation.
    fn read_word(&mut self, piece: &[Glyph]) {
        if let Some((word, by_digit)) = disguise::hidden_word(piece, self.bold) {
            self.bold |= by_digit;
            return self.push_disguised(&word, piece);
        }
        let written = disguise::in_latin(&spell(piece));
        if let Some(words) = spelling::expand(&written) {
            return words.iter().for_each(|word| self.push(word, piece, Kind::Word));
        }
        if disguise::is_one_letter(piece) || !disguise::stretches(piece) {
            return self.push(&written, piece, Kind::Word);
        }
        let collapsed = disguise::collapse(&written);
        match spelling::expand(&collapsed) {
            Some(words) => words.iter().for_each(|word| self.push(word, piece, Kind::Word)),
            None => self.push(&collapsed, piece, Kind::Word),
        }
    }

    fn push(&mut self, word: &str, glyphs: &[Glyph], kind: Kind) {
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return };
        let before = std::mem::take(&mut self.pending);
        let span = Span { start: first.span.start, end: last.span.end };
        let accented = glyphs.iter().any(|glyph| glyph.accented);
        self.tokens.push(Token {
            word: word.to_owned(),
            span,
            kind,
            before,
            quoted: false,
            accented,
            disguised: false,
        });
    }

    fn push_disguised(&mut self, word: &str, glyphs: &[Glyph]) {
        self.push(word, glyphs, Kind::Word);
        if let Some(token) = self.tokens.last_mut() {
            token.disguised = true;
        }
    }
}

fn is_link(chunk: &[Glyph]) -> bool {
    if chunk.iter().all(|glyph| !matches!(glyph.letter, '@' | ':' | '.')) {
        return false;
    }
    let letters = spell(chunk);
    let mail = letters
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches('.').contains('.'));
    letters.contains("://") || letters.starts_with("www.") || mail
}

fn spell(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.letter).collect()
}

/// Without the marks at both ends that are punctuation; signs that may stand for a letter stay at the front.
fn trim(chunk: &[Glyph]) -> &[Glyph] {
    let outer = |glyph: &&Glyph| {
        glyph.kind == Glyphs::Emoji || (glyph.kind == Glyphs::Mark && !matches!(glyph.letter, '$' | '@' | '€'))
    };
    let start = chunk.iter().take_while(outer).count();
    let end = chunk.len() - chunk.iter().rev().take_while(outer).count();
    chunk.get(start..end).unwrap_or_default()
}

fn offset(chunk: &[Glyph], core: &[Glyph]) -> usize {
    let start = core.first().map(|glyph| glyph.span.start);
    chunk.iter().position(|glyph| Some(glyph.span.start) == start).unwrap_or_default()
}

fn run(glyphs: &[Glyph], belongs: impl Fn(&Glyph) -> bool) -> usize {
    glyphs.iter().take_while(|glyph| belongs(glyph)).count()
}

/// Letters with apostrophes between them; digits belong to a word behind one letter (`b12`) or one digit (`co2`).
fn word_length(glyphs: &[Glyph]) -> usize {
    let mut length = 0;
    loop {
        let letters = run(glyphs.get(length..).unwrap_or_default(), |glyph| glyph.kind == Glyphs::Letter);
        length += letters;
        let apostrophe = glyphs.get(length).is_some_and(|glyph| glyph.letter == '\'');
        let goes_on = glyphs.get(length + 1).is_some_and(|glyph| glyph.kind == Glyphs::Letter);
        let dropped_g = letters > 3 && glyphs.get(length - 2..length).is_some_and(|end| spell(end) == "in");
        if !apostrophe || !(goes_on || dropped_g) {
            break;
        }
        length += 1;
    }
    let digits = run(glyphs.get(length..).unwrap_or_default(), |glyph| glyph.kind == Glyphs::Digit);
    if digits == 0 || (length > 1 && digits > 1) {
        return length;
    }
    length + run(glyphs.get(length..).unwrap_or_default(), |glyph| matches!(glyph.kind, Glyphs::Letter | Glyphs::Digit))
}

/// Digits with a point, comma or colon between digits.
fn number_length(glyphs: &[Glyph]) -> usize {
    let mut length = run(glyphs, |glyph| glyph.kind == Glyphs::Digit);
    while glyphs.get(length).is_some_and(|glyph| matches!(glyph.letter, '.' | ',')) {
        let digits = run(glyphs.get(length + 1..).unwrap_or_default(), |glyph| glyph.kind == Glyphs::Digit);
        if digits == 0 {
            break;
        }
        length += 1 + digits;
    }
    length
}
