//! Which numbers of a message are measurements, and of what.

use std::ops::Range;

use crate::{
    reading::{
        Kind, Reading, Unit, Value,
        cue::{Cues, Label},
        number::{self, Shape},
        strength::Medicines,
        unit,
    },
    text::{
        Text,
        token::{Break, Kind as Tokens},
    },
};

/// Words between the name of a measurement and its number, at most.
const FARTHEST: usize = 12;

/// What the words around a number say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    As(Kind),
    Diastolic,
    /// Something that is not read here.
    Other,
}

/// A number with what stands around it.
struct Candidate<'a> {
    text: &'a Text<'a>,
    cues: &'a Cues,
    medicines: &'a Medicines<'a>,
    shape: Shape,
    tokens: Range<usize>,
}

/// All measurements that are numbers.
pub(super) fn readings(text: &Text<'_>, cues: &Cues, asked: &[Kind]) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut diastolic: Option<f64> = None;
    let medicines = Medicines::new(text, cues);
    let mut at = 0;
    while at < text.tokens().len() {
        let Some((shape, length)) = number::shape(text, at).or_else(|| spelled(text, at)) else {
            at += 1;
            continue;
        };
        let candidate = Candidate { text, cues, medicines: &medicines, shape, tokens: at..at + length };
        at = unit::behind(text, cues, at + length).map_or(at + length, |(_, end)| end);
        if let Some(lower) = candidate.diastolic() {
            match readings.last_mut().map(|last| &mut last.value) {
                Some(Value::Pressure { diastolic: missing @ None, .. }) => *missing = Some(lower),
                _ => diastolic = Some(lower),
            }
            continue;
        }
        for mut reading in candidate.read(asked) {
            if let Value::Pressure { diastolic: missing @ None, .. } = &mut reading.value {
                *missing = diastolic.take();
            }
            readings.push(reading);
        }
    }
    readings
}

/// Numbers up to ten in letters; "one" is more often a pronoun.
fn spelled(text: &Text<'_>, at: usize) -> Option<(Shape, usize)> {
    let words: [&[&str]; 11] = [
        &["zero", "cero"],
        &[],
        &["two", "dos", "deux"],
        &["three", "tres", "trois"],
        &["four", "cuatro", "quatre"],
        &["five", "cinco", "cinq"],
        &["six", "seis"],
        &["seven", "siete", "sept"],
        &["eight", "ocho", "huit"],
        &["nine", "nueve", "neuf"],
        &["ten", "diez", "dix"],
    ];
    let token = text.tokens().get(at).filter(|token| token.kind == Tokens::Word)?;
    let number = words.iter().position(|words| words.contains(&token.word.as_str()))?;
    Some((Shape::Spelled(f64::from(u8::try_from(number).ok()?)), 1))
}

impl Candidate<'_> {
    fn read(&self, asked: &[Kind]) -> Vec<Reading> {
        let unit = unit::behind(self.text, self.cues, self.tokens.end);
        if self.shape == Shape::Other || self.is_excluded(unit.is_some()) {
            return Vec::new();
        }
        let named = self.named(unit);
        if named == Some(Named::Other) {
            return Vec::new();
        }
        let kind = match named {
            Some(Named::As(kind)) => Some(kind).filter(|kind| self.fits(*kind, unit.is_some() || asked.contains(kind))),
            _ => self.by_unit_or_shape(unit, asked).or_else(|| self.asked(asked)),
        };
        kind.map(|kind| unit::readings(self.text, kind, self.shape, &self.written(unit))).unwrap_or_default()
    }

    /// The value, when it is named as the lower blood pressure.
    fn diastolic(&self) -> Option<f64> {
        match (self.shape, self.before()) {
            (Shape::Single(value), Some((Named::Diastolic, false))) => Some(value),
            _ => None,
        }
    }

    /// The number with its unit.
    fn written(&self, unit: Option<(Unit, usize)>) -> unit::Written {
        let end = unit.map_or(self.tokens.end, |(_, end)| end);
        unit::Written {
            tokens: self.tokens.start..end,
            unit: unit.map(|(unit, _)| unit),
            marked: self.is_marked_as_centimetres(),
        }
    }

    /// Words next to it make it a dose, a time, an age.
    fn is_excluded(&self, has_unit: bool) -> bool {
        let at = self.tokens.end;
        let joined = self.text.tokens().get(at).is_some_and(|token| token.before == Break::None);
        let after = joined && !has_unit && self.cues.at(at).any(|cue| cue.label == Label::NotAfter);
        let explained =
            matches!(self.shape, Shape::Pair(a, b) if !has_unit && self.medicines.explain((a, b), &self.tokens));
        after || explained || self.cues.before(self.tokens.start).any(|cue| cue.label == Label::NotBefore)
    }

    fn named(&self, unit: Option<(Unit, usize)>) -> Option<Named> {
        let before = self.before();
        match before {
            Some((named, false)) => Some(named),
            _ => self.after(unit.map_or(self.tokens.end, |(_, end)| end)).or(before.map(|(named, _)| named)),
        }
    }

    /// The name in front of the number, and whether another number stands between.
    fn before(&self) -> Option<(Named, bool)> {
        let mut at = self.tokens.start;
        let mut crossed = false;
        for _ in 0..FARTHEST {
            if self.text.tokens().get(at).is_some_and(|token| token.before == Break::Sentence) {
                return None;
            }
            if let Some(named) = self.cues.before(at).find_map(|cue| named(cue.label)) {
                return Some((named, crossed));
            }
            let step = self
                .cues
                .before(at)
                .filter(|cue| matches!(cue.label, Label::Filler | Label::Unit(_)))
                .map(|cue| cue.tokens.start)
                .min();
            let number = at.checked_sub(1).filter(|before| number::value(self.text, *before).is_some());
            crossed |= step.is_none() && number.is_some();
            at = step.or(number)?;
        }
        None
    }

    /// The name behind the number: "101 fever", "38,5 de fiebre", "88 pulse".
    fn after(&self, end: usize) -> Option<Named> {
        let joined = |at: usize| self.text.tokens().get(at).is_some_and(|token| token.before == Break::None);
        let link = self
            .text
            .tokens()
            .get(end)
            .filter(|token| matches!(token.word.as_str(), "of" | "de" | "for" | "in" | "as"));
        let at = end + usize::from(link.is_some());
        let found = (joined(end) && joined(at)).then(|| self.cues.at(at).find_map(|cue| named(cue.label)))??;
        Some(found).filter(|found| *found != Named::As(Kind::Weight))
    }

    /// Without a unit, the word behind a named number must not be what it counts: "sugar after 2 cookies".
    fn fits(&self, kind: Kind, sure: bool) -> bool {
        match self.shape {
            Shape::Spelled(_) => kind == Kind::Pain && self.is_free_behind(),
            Shape::OutOfTen(_) => kind == Kind::Pain,
            Shape::Single(_) => sure || self.is_free_behind(),
            Shape::Pair(..) | Shape::Triple(..) => kind == Kind::BloodPressure || self.text.tokens().len() < 3,
            Shape::Loose(..) => true,
            Shape::Other => false,
        }
    }

    fn is_free_behind(&self) -> bool {
        let free = |label: Label| !matches!(label, Label::NotAfter | Label::NotBefore | Label::OtherKind);
        let next = self.text.tokens().get(self.tokens.end);
        next.is_none_or(|next| next.before > Break::None || next.kind == Tokens::Number || next.kind == Tokens::Picture)
            || self.cues.at(self.tokens.end).any(|cue| free(cue.label))
    }

    fn is_free_before(&self) -> bool {
        let first = self.text.tokens().get(self.tokens.start).is_none_or(|token| token.before > Break::None);
        first || self.tokens.start == 0 || self.cues.before(self.tokens.start).any(|cue| cue.label == Label::Filler)
    }

    fn by_unit_or_shape(&self, unit: Option<(Unit, usize)>, asked: &[Kind]) -> Option<Kind> {
        let by_unit = unit.and_then(|(unit, end)| unit::kind(unit, self.shape, end - self.tokens.end));
        let by_shape = match self.shape {
            Shape::OutOfTen(value) if value <= 10.0 => Some(Kind::Pain),
            Shape::Pair(a, b) | Shape::Triple(a, b, _) if unit::looks_like_pressure(a, b) => Some(Kind::BloodPressure),
            Shape::Pair(..) => asked.iter().copied().find(|kind| *kind == Kind::BloodPressure),
            _ => None,
        };
        by_unit
            .filter(|kind| *kind != Kind::Weight || self.is_free_at(unit.map(|(_, end)| end)) || asked.contains(kind))
            .or(by_shape)
    }

    fn is_free_at(&self, end: Option<usize>) -> bool {
        let behind = end.map(|end| Candidate { tokens: self.tokens.start..end, ..*self });
        behind.is_some_and(|behind| behind.is_free_behind())
    }

    /// A bare number answers the first question that it can be the answer to; if it can be none, the first.
    fn asked(&self, asked: &[Kind]) -> Option<Kind> {
        if !self.is_free_before() || !self.is_free_behind() {
            return None;
        }
        let kinds = || asked.iter().copied().filter(|kind| *kind != Kind::YesNo && self.fits(*kind, true));
        let likely = kinds().find(|kind| {
            unit::readings(self.text, *kind, self.shape, &self.written(None)).iter().all(|found| found.plausible)
        });
        let alone =
            || self.text.tokens().iter().filter(|token| token.kind == Tokens::Number).count() <= self.tokens.len();
        likely.or_else(|| kinds().next().filter(|_| alone()))
    }

    /// Spanish and French speakers give pressure in cmHg; only their words for it make "15/9" one.
    fn is_marked_as_centimetres(&self) -> bool {
        let words = ["presion", "tension", "ta", "pa", "sistolica", "arterial", "pression", "maxima", "alta"];
        let start = self.tokens.start.saturating_sub(FARTHEST);
        let near = self.text.tokens().get(start..self.tokens.start).unwrap_or_default();
        near.iter().any(|token| words.contains(&token.word.as_str()))
    }
}

fn named(label: Label) -> Option<Named> {
    match label {
        Label::Kind(kind) => Some(Named::As(kind)),
        Label::Diastolic => Some(Named::Diastolic),
        Label::OtherKind => Some(Named::Other),
        _ => None,
    }
}
