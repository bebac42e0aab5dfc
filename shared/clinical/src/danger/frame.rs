//! What decides whether a phrase is meant: negation, time, figures of speech, films and books, and the subject.

mod kind;

use std::ops::Range;

use crate::{
    context::{Context, Property},
    danger::{
        Category, Experiencer, Severity,
        rule::{About, Rule},
        subject::{self, Subject},
        table::Tables,
    },
    phrase::Match,
    text::{Text, clause::Opener},
};

pub(super) use kind::Frame;

/// Words between a negation and what it denies, at most.
const FARTHEST: usize = 7;
/// The same where the danger begins with its own verb ("no tengo amigos quiero morir"), or nobody does it.
const NEAREST: usize = 2;
/// Spanish verbs that carry their subject.
const FINITE: &[&str] = &[
    "quiero",
    "quisiera",
    "voy",
    "tengo",
    "pienso",
    "deseo",
    "prefiero",
    "me",
    "ojala",
    "estoy",
    "desearia",
    "preferiria",
    "necesito",
    "intente",
    "pensando",
    "soy",
];
/// Verbs that a negation passes on: "I don't think I want to die".
const RAISING: &[&str] = &[
    "think",
    "believe",
    "feel",
    "say",
    "said",
    "mean",
    "that",
    "know",
    "guess",
    "suppose",
    "sure",
    "like",
    "if",
    "whether",
    "do",
    "saying",
    "have",
    "had",
    "did",
    "would",
    "claim",
    "claiming",
    "implying",
    "suggesting",
];
/// No frame has more words.
const LONGEST: usize = 64;
/// So many words around a phrase speak of the same matter.
const AROUND: usize = 30;
/// A clause of so few words is an adverb: "A few years ago, I tried".
const SHORT: usize = 4;

/// The frames of a text, by kind and place.
pub(super) struct Frames<'a> {
    text: &'a Text<'a>,
    context: &'a Context,
    frames: Vec<Match<Frame>>,
}

impl<'a> Frames<'a> {
    pub(super) fn read(text: &'a Text<'a>, context: &'a Context, tables: &[&'static Tables]) -> Self {
        let mut frames: Vec<_> = tables.iter().flat_map(|tables| tables.frames.matches(text)).collect();
        frames.sort_by_key(|found| (found.label, found.tokens.start));
        Self { text, context, frames }
    }

    /// How grave a phrase is and whom it is about; `None` when it is not meant.
    pub(super) fn judge(&self, found: &Match<Rule>) -> Option<(Severity, Experiencer)> {
        let rule = found.label;
        let tokens = &found.tokens;
        if self.is_figure(tokens) || (!rule.fixed && self.is_denied(tokens)) {
            return None;
        }
        let medical = rule.category == Category::MedicalEmergency;
        let accident = rule.wilful && self.is_accident(tokens);
        let (counts, experiencer) = match rule.about {
            About::Writer => {
                let own = subject::of(self.text, tokens) == Subject::Writer;
                (own && !accident && !self.is_before(Frame::Asks, tokens), Experiencer::Writer)
            }
            About::Other => (!self.is_near(Frame::Story, tokens), Experiencer::Other),
            About::Anyone => {
                let only_asked = self.is_before(Frame::Asks, tokens) || self.is_before(Frame::Condition, tokens);
                (!(medical && only_asked), subject::experiencer(self.text, tokens))
            }
        };
        let panic = medical && (self.is_around(Frame::Panic, tokens) || self.is_around(Frame::Cleared, tokens));
        let bond = rule.bond && self.is_around(Frame::Bond, tokens) && !self.is_around(Frame::Parted, tokens);
        let lasting = rule.sign.is_some() && !medical;
        let told = self.is_over(tokens) || self.is_told(rule, tokens, experiencer);
        let severity = match (!lasting && told, panic || bond) {
            (true, _) => Severity::Low,
            (_, true) if rule.sign.is_some() => Severity::Low,
            (_, true) => Severity::Medium,
            _ => rule.severity,
        };
        counts.then_some((severity, experiencer))
    }

    /// Whether the writer only tells of it: what somebody asked, what has not happened, what befell others at some time or
    /// befalls people in general, and what one meets at work.
    fn is_told(&self, rule: Rule, tokens: &Range<usize>, experiencer: Experiencer) -> bool {
        let other = experiencer == Experiencer::Other;
        let general = other && rule.category != Category::MedicalEmergency && self.is_near(Frame::General, tokens);
        let of_writer = subject::of(self.text, tokens) == Subject::Writer;
        let work = !of_writer && rule.about == About::Anyone && self.is_near(Frame::Work, tokens);
        let unreal = rule.category == Category::Abuse
            && (self.is_near(Frame::Unreal, tokens) || self.is_around(Frame::Unknowing, tokens));
        let childhood =
            rule.category == Category::Abuse && self.is_around(Frame::Childhood, tokens) && !self.lasts(tokens);
        let lasting = other && rule.category == Category::SelfHarm && self.is_around(Frame::Lasting, tokens);
        childhood
            || lasting
            || general
            || work
            || unreal
            || (other && self.is_near(Frame::Dated, tokens))
            || self.is_queried(tokens)
    }

    /// "He asked me whether I wanted to die", without a yes anywhere.
    fn is_queried(&self, tokens: &Range<usize>) -> bool {
        let clause = self.text.clause_at(tokens.start);
        let asks = |found: &Match<Frame>| {
            found.tokens.start < tokens.start && self.text.clause_at(found.tokens.end.saturating_sub(1)) == clause
        };
        self.all(Frame::Queried, tokens).iter().any(asks) && !self.has(Frame::Admits, &(0..usize::MAX))
    }

    fn is_figure(&self, tokens: &Range<usize>) -> bool {
        self.has(Frame::Figure, tokens) || self.is_near(Frame::FigureNear, tokens)
    }

    /// A frame that stands before a phrase in its sentence.
    fn is_before(&self, frame: Frame, tokens: &Range<usize>) -> bool {
        self.has(frame, &(self.sentence_of(tokens).start..tokens.start))
    }

    fn is_denied(&self, tokens: &Range<usize>) -> bool {
        // A cue may share its last word with the danger: "I do not have" and "have an eating disorder".
        let last = tokens.end.saturating_sub(1)..tokens.end;
        let cues = self.context.reaching(tokens).chain(self.context.reaching(&last));
        let mut negations = cues.filter(|cue| cue.property == Property::Negated);
        if negations.any(|cue| self.denies(&self.text.tokens_in(cue.span), tokens)) {
            return true;
        }
        let clause = self
            .text
            .clauses()
            .get(self.text.clause_at(tokens.start))
            .map(|clause| clause.tokens.clone())
            .unwrap_or_default();
        self.has(Frame::DeniesBehind, &(clause.start..tokens.start))
            || self.has(Frame::DeniesBefore, &(tokens.start..clause.end))
    }

    /// Whether the negation in these words is of the danger: near enough, and with no new "I" between them.
    fn denies(&self, negation: &Range<usize>, danger: &Range<usize>) -> bool {
        let word = |at: usize| self.text.tokens().get(at).map(|token| token.word.as_str()).unwrap_or_default();
        // The parts of a contraction share one place, so "can not" and a danger that begins with its "not" overlap.
        let own = overlap(negation, danger)
            && (negation.start >= danger.start || matches!(word(danger.start), "not" | "no" | "never" | "nunca"));
        if own || self.has(Frame::Affirms, negation) {
            return false;
        }
        if negation.start >= danger.end {
            return true;
        }
        let between = self.text.tokens().get(negation.end..danger.start).unwrap_or_default();
        let most = match (word(negation.start), word(danger.start)) {
            ("nobody" | "noone" | "nadie", _) => NEAREST,
            (_, verb) if FINITE.contains(&verb) => NEAREST,
            _ => FARTHEST,
        };
        let before = (negation.end..danger.start).map(|at| (word(at.saturating_sub(1)), word(at)));
        let new_subject = before.skip(1).any(|(before, this)| matches!(this, "i" | "yo") && !RAISING.contains(&before));
        between.len() <= most && !new_subject
    }

    /// Long ago, or said to be over, and not back.
    fn is_over(&self, tokens: &Range<usize>) -> bool {
        let past = self.has(Frame::Past, &self.time_around(tokens)) || self.is_near(Frame::Over, tokens);
        past && !self.lasts(tokens)
    }

    /// Whether it is said to be back, or of late.
    fn lasts(&self, tokens: &Range<usize>) -> bool {
        self.is_around(Frame::Again, tokens) || self.is_near(Frame::Recent, tokens)
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

    fn sentence_of(&self, tokens: &Range<usize>) -> Range<usize> {
        let clause = self.text.clauses().get(self.text.clause_at(tokens.start));
        clause.map(|clause| self.text.sentence_of(clause)).unwrap_or_default()
    }

    /// A frame of the same sentence.
    fn is_near(&self, frame: Frame, tokens: &Range<usize>) -> bool {
        self.has(frame, &self.sentence_of(tokens))
    }

    /// An accident is told in the same sentence, by other words than those of the deed.
    fn is_accident(&self, tokens: &Range<usize>) -> bool {
        let sentence = self.sentence_of(tokens);
        let told = self.all(Frame::Accident, &sentence).iter();
        told.filter(|found| overlap(&found.tokens, &sentence)).any(|found| !overlap(&found.tokens, tokens))
    }

    /// A frame of the same matter: it stands within some words.
    fn is_around(&self, frame: Frame, tokens: &Range<usize>) -> bool {
        self.has(frame, &(tokens.start.saturating_sub(AROUND)..tokens.end + AROUND))
    }

    fn has(&self, frame: Frame, tokens: &Range<usize>) -> bool {
        self.all(frame, tokens).iter().any(|found| overlap(&found.tokens, tokens))
    }

    /// The frames of a kind that may reach into these tokens.
    fn all(&self, frame: Frame, tokens: &Range<usize>) -> &[Match<Frame>] {
        let before = |at: usize| self.frames.partition_point(|found| (found.label, found.tokens.start) < (frame, at));
        self.frames.get(before(tokens.start.saturating_sub(LONGEST))..before(tokens.end)).unwrap_or_default()
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
