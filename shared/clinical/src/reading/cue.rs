//! The words around numbers.

use std::sync::LazyLock;

use crate::{
    phrase::{Match, Table},
    reading::{Kind, Unit},
    text::Text,
};

static TABLE: LazyLock<Table<Label>> =
    LazyLock::new(|| Table::parse(&[include_str!("../../data/reading.txt")], Label::of));

/// What a word near a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// What is measured.
    Kind(Kind),
    /// The lower blood pressure.
    Diastolic,
    /// Something that is not read here.
    OtherKind,
    Unit(Unit),
    /// The number before it is no measurement.
    NotAfter,
    /// The number behind it is no measurement.
    NotBefore,
    /// It may follow a number that is a measurement.
    After,
    /// It may stand between a name and a number.
    Filler,
}

impl Label {
    fn of(rule: &str) -> Option<Self> {
        Some(match rule {
            "kind.blood_pressure" => Self::Kind(Kind::BloodPressure),
            "kind.diastolic" => Self::Diastolic,
            "kind.pulse" => Self::Kind(Kind::Pulse),
            "kind.respiratory_rate" => Self::Kind(Kind::RespiratoryRate),
            "kind.oxygen_saturation" => Self::Kind(Kind::OxygenSaturation),
            "kind.glucose" => Self::Kind(Kind::Glucose),
            "kind.temperature" => Self::Kind(Kind::Temperature),
            "kind.weight" => Self::Kind(Kind::Weight),
            "kind.pain" => Self::Kind(Kind::Pain),
            "kind.other" => Self::OtherKind,
            "unit.celsius" => Self::Unit(Unit::Celsius),
            "unit.fahrenheit" => Self::Unit(Unit::Fahrenheit),
            "unit.degree" => Self::Unit(Unit::Degree),
            "unit.milligrams_per_decilitre" => Self::Unit(Unit::MilligramsPerDecilitre),
            "unit.millimoles_per_litre" => Self::Unit(Unit::MillimolesPerLitre),
            "unit.kilogram" => Self::Unit(Unit::Kilogram),
            "unit.pound" => Self::Unit(Unit::Pound),
            "unit.stone" => Self::Unit(Unit::Stone),
            "unit.beats_per_minute" => Self::Unit(Unit::BeatsPerMinute),
            "unit.breaths_per_minute" => Self::Unit(Unit::BreathsPerMinute),
            "unit.percent" => Self::Unit(Unit::Percent),
            "unit.millimetres_of_mercury" => Self::Unit(Unit::MillimetresOfMercury),
            "unit.centimetres_of_mercury" => Self::Unit(Unit::CentimetresOfMercury),
            "not.after" => Self::NotAfter,
            "not.before" => Self::NotBefore,
            "after" => Self::After,
            "filler" => Self::Filler,
            _ => return None,
        })
    }
}

/// The cues of a text, by the token they begin and end at.
#[derive(Debug)]
pub(super) struct Cues {
    matches: Vec<Match<Label>>,
    /// The same, by their last token.
    by_end: Vec<Match<Label>>,
}

impl Cues {
    pub(super) fn read(text: &Text<'_>) -> Self {
        let matches = TABLE.matches(text);
        let mut by_end = matches.clone();
        by_end.sort_by_key(|found| found.tokens.end);
        Self { matches, by_end }
    }

    /// What is named, each once, in order.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for found in &self.matches {
            let kind = match found.label {
                Label::Kind(kind) => kind,
                Label::Diastolic => Kind::BloodPressure,
                _ => continue,
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// The cues that begin at a token.
    pub(super) fn at(&self, token: usize) -> impl Iterator<Item = &Match<Label>> {
        let first = self.matches.partition_point(|found| found.tokens.start < token);
        self.matches.iter().skip(first).take_while(move |found| found.tokens.start == token)
    }

    /// The cues that end in front of a token.
    pub(super) fn before(&self, token: usize) -> impl Iterator<Item = &Match<Label>> {
        let first = self.by_end.partition_point(|found| found.tokens.end < token);
        self.by_end.iter().skip(first).take_while(move |found| found.tokens.end == token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        assert_eq!(TABLE.mistakes(), []);
    }
}
