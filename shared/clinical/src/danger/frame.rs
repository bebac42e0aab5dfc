//! What decides whether a phrase is meant: negation, time, figures of speech, films and books, and the subject.

use std::{ops::Range, sync::LazyLock};

use crate::{
    context::{Context, Property},
    danger::{
        Category, Experiencer, Severity,
        rule::{About, Rule},
        subject::{self, Subject},
    },
    phrase::{Match, Table},
    text::{Text, clause::Opener},
};

/// A clause of so few words is an adverb: "Years ago, I tried".
const SHORT: usize = 6;

static TABLE: LazyLock<Table<Frame>> = LazyLock::new(|| {
    Table::parse(
        &[include_str!("../../data/danger/frame_en.txt"), include_str!("../../data/danger/frame_es.txt")],
        Frame::of,
    )
});

/// What a phrase around a danger does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// A danger inside these words is a figure of speech.
    Figure,
    /// A danger in the same sentence is a figure of speech.
    FigureNear,
    /// A question to somebody else.
    Asks,
    /// A film, book or song: what others do in the sentence is told.
    Story,
    /// The negation in these words denies something else.
    Affirms,
    /// Negates the danger before it.
    DeniesBefore,
    /// Negates the danger behind it.
    DeniesBehind,
    /// Long ago.
    Past,
    /// It is over now.
    Over,
    /// It is back.
    Again,
}

impl Frame {
    fn of(rule: &str) -> Option<Self> {
        Some(match rule {
            "figure" => Self::Figure,
            "figure.near" => Self::FigureNear,
            "asks" => Self::Asks,
            "story" => Self::Story,
            "affirms" => Self::Affirms,
            "denies.before" => Self::DeniesBefore,
            "denies.behind" => Self::DeniesBehind,
            "past" => Self::Past,
            "over" => Self::Over,
            "again" => Self::Again,
            _ => return None,
        })
    }
}

/// Lines of the tables that were not understood, for their test.
#[cfg(test)]
pub(super) fn mistakes() -> &'static [crate::phrase::Mistake] {
    TABLE.mistakes()
}

/// The frames of a text.
pub(super) struct Frames<'a> {
    text: &'a Text<'a>,
    context: &'a Context,
    frames: Vec<Match<Frame>>,
}

impl<'a> Frames<'a> {
    pub(super) fn read(text: &'a Text<'a>, context: &'a Context) -> Self {
        Self { text, context, frames: TABLE.matches(text) }
    }

    /// How grave a phrase is and whom it is about; `None` when it is not meant.
    pub(super) fn judge(&self, found: &Match<Rule>) -> Option<(Severity, Experiencer)> {
        let rule = found.label;
        let tokens = &found.tokens;
        if self.is_figure(tokens) || (!rule.fixed && self.is_denied(tokens)) {
            return None;
        }
        let subject = subject::of(self.text, tokens);
        let counts = match rule.about {
            About::Writer => subject == Subject::Writer && !self.is_asked(tokens),
            About::Other => !self.is_near(Frame::Story, tokens),
            About::Anyone => rule.category != Category::MedicalEmergency || !self.is_asked(tokens),
        };
        let severity = if self.is_over(tokens) { Severity::Low } else { rule.severity };
        counts.then_some((severity, rule.experiencer()))
    }

    fn is_figure(&self, tokens: &Range<usize>) -> bool {
        self.has(Frame::Figure, tokens) || self.is_near(Frame::FigureNear, tokens)
    }

    /// A question to somebody else stands before it in its sentence.
    fn is_asked(&self, tokens: &Range<usize>) -> bool {
        let sentence =
            self.text.clauses().get(self.text.clause_at(tokens.start)).map(|clause| self.text.sentence_of(clause));
        self.has(Frame::Asks, &(sentence.unwrap_or_default().start..tokens.start))
    }

    fn is_denied(&self, tokens: &Range<usize>) -> bool {
        let negations = self.context.reaching(tokens).filter(|cue| cue.property == Property::Negated);
        let mut denying = negations.filter(|cue| {
            let words = self.text.tokens_in(cue.span);
            !self.has(Frame::Affirms, &words) && !overlap(&words, tokens)
        });
        let clause = self
            .text
            .clauses()
            .get(self.text.clause_at(tokens.start))
            .map(|clause| clause.tokens.clone())
            .unwrap_or_default();
        let around = |frame| self.frames.iter().filter(move |found| found.label == frame).map(|found| &found.tokens);
        denying.next().is_some()
            || around(Frame::DeniesBehind).any(|words| clause.start <= words.start && words.end <= tokens.start)
            || around(Frame::DeniesBefore).any(|words| tokens.start <= words.start && words.start < clause.end)
    }

    /// Long ago, or said to be over, and not back.
    fn is_over(&self, tokens: &Range<usize>) -> bool {
        let past = self.has(Frame::Past, &self.time_around(tokens)) || self.is_near(Frame::Over, tokens);
        past && !self.frames.iter().any(|found| found.label == Frame::Again)
    }

    /// Where a word of time speaks of a phrase: its clause, a clause of time beside it, and a short one before it.
    fn time_around(&self, tokens: &Range<usize>) -> Range<usize> {
        let at = self.text.clause_at(tokens.start);
        let clauses = self.text.clauses();
        let Some(own) = clauses.get(at) else { return tokens.clone() };
        let before =
            at.checked_sub(1).and_then(|before| clauses.get(before)).filter(|before| before.sentence == own.sentence);
        let before = before.filter(|before| before.opener == Opener::Time || before.tokens.len() <= SHORT);
        let after = clauses.get(at + 1).filter(|after| after.sentence == own.sentence && after.opener == Opener::Time);
        before.map_or(own.tokens.start, |before| before.tokens.start)
            ..after.map_or(own.tokens.end, |after| after.tokens.end)
    }

    /// A frame of the same sentence.
    fn is_near(&self, frame: Frame, tokens: &Range<usize>) -> bool {
        let clause = self.text.clauses().get(self.text.clause_at(tokens.start));
        let sentence = clause.map(|clause| self.text.sentence_of(clause)).unwrap_or_default();
        self.has(frame, &sentence)
    }

    fn has(&self, frame: Frame, tokens: &Range<usize>) -> bool {
        self.frames.iter().any(|found| found.label == frame && overlap(&found.tokens, tokens))
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
