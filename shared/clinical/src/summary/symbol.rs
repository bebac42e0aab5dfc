//! Units as symbols, readings as fractions, abbreviations in capitals.

use std::sync::LazyLock;

use super::wording::{Before, Word};

/// Units behind a number, and how a chart writes them.
const UNITS: [(&str, &str); 22] = [
    ("milligram", "mg"),
    ("milligrams", "mg"),
    ("miligramo", "mg"),
    ("miligramos", "mg"),
    ("microgram", "mcg"),
    ("micrograms", "mcg"),
    ("microgramos", "mcg"),
    ("gram", "g"),
    ("grams", "g"),
    ("gramos", "g"),
    ("milliliter", "mL"),
    ("milliliters", "mL"),
    ("mililitros", "mL"),
    ("kilogram", "kg"),
    ("kilograms", "kg"),
    ("kilogramos", "kg"),
    ("kilos", "kg"),
    ("centimeter", "cm"),
    ("centimeters", "cm"),
    ("millimeter", "mm"),
    ("millimeters", "mm"),
    ("percent", "%"),
];

/// Abbreviations that speech writes small.
const CAPITALS: &[&str] = &[
    "mri", "ct", "ekg", "ecg", "eeg", "emg", "cbc", "bmp", "cmp", "copd", "gerd", "hiv", "covid", "bmi", "ldl", "hdl",
    "tsh", "psa", "inr", "crp", "esr", "ed", "er", "icu", "iv", "utis", "uti", "stis", "nsaids", "nsaid", "cpap",
    "tia", "dvt", "acl", "mcl", "pcl", "jvd", "pt", "gi", "cd4", "ent", "egd", "hcg", "rna",
];

/// Whether a word is a unit, so that "one" before it is a number.
pub(super) fn is_measure(word: &str) -> bool {
    const OTHERS: &[&str] = &[
        "tablet", "pill", "capsule", "day", "week", "month", "year", "hour", "time", "puff", "drop", "dose", "pack",
        "plus", "out", "over", "point", "unit", "day's", "drink", "cup", "beer", "mile",
    ];
    UNITS.iter().any(|(unit, _)| *unit == word) || OTHERS.contains(&word)
}

/// What one says and what a chart writes for it, sorted by what one says.
static PLAIN: LazyLock<Vec<(Vec<&'static str>, Vec<&'static str>)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/summary/plain.txt").lines().filter(|row| !row.starts_with('#'));
    let rows = rows.filter_map(|row| row.split_once(" = "));
    let mut plain: Vec<_> =
        rows.map(|(said, written)| (said.split(' ').collect(), written.split(' ').collect())).collect();
    plain.sort_unstable();
    plain
});

/// Writes the words of a chart for those of everyday language.
fn name(words: &mut Vec<Word>) {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        match plain(rest) {
            Some((length, written)) => {
                let follow = written.iter().enumerate().map(|(place, word)| Word {
                    text: (*word).to_owned(),
                    word: (*word).to_owned(),
                    before: if place == 0 { first.before } else { Before::Blank },
                    comma: first.comma && place == 0,
                });
                kept.extend(follow);
                rest = rest.get(length..).unwrap_or_default();
            }
            None => {
                kept.push(first.clone());
                rest = behind;
            }
        }
    }
    *words = kept;
}

/// The longest run at the beginning that a chart has other words for.
fn plain(words: &[Word]) -> Option<(usize, &'static [&'static str])> {
    let first = words.first()?.word.as_str();
    let start = PLAIN.partition_point(|(said, _)| said.first().is_some_and(|own| *own < first));
    let near = PLAIN.iter().skip(start).take_while(|(said, _)| said.first().is_some_and(|own| *own == first));
    let begins =
        |said: &[&str]| said.len() <= words.len() && said.iter().zip(words).all(|(one, other)| *one == other.word);
    let longest = near.filter(|(said, _)| begins(said)).max_by_key(|(said, _)| said.len())?;
    Some((longest.0.len(), &longest.1))
}

/// Writes units and readings as charts do.
pub(super) fn shorten(words: &mut Vec<Word>) {
    name(words);
    fractions(words);
    let mut after_number = false;
    for word in words.iter_mut() {
        if let Some((_, symbol)) = UNITS.iter().find(|(unit, _)| after_number && *unit == word.word) {
            (*symbol).clone_into(&mut word.text);
            word.before = if *symbol == "%" { Before::Nothing } else { Before::Blank };
        }
        after_number = is_number(word);
        if CAPITALS.contains(&word.word.as_str()) {
            word.text = word.word.to_uppercase();
        }
        match word.word.as_str() {
            "a1c" => "A1c".clone_into(&mut word.text),
            "i" => "I".clone_into(&mut word.text),
            _ => {}
        }
    }
}

fn is_number(word: &Word) -> bool {
    word.word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// "124 over 76" is 124/76, "3 out of 6" is 3/6.
fn fractions(words: &mut Vec<Word>) {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let over = |length: usize| {
            let link: Vec<&str> = behind.iter().take(length).map(|word| word.word.as_str()).collect();
            matches!(link.as_slice(), ["over" | "sobre"] | ["out", "of"]).then(|| behind.get(length)).flatten()
        };
        let fraction = [1, 2].into_iter().find_map(|length| Some((length, over(length)?)));
        match fraction.filter(|(_, below)| is_number(first) && is_number(below)) {
            Some((length, below)) => {
                kept.push(first.clone());
                kept.push(Word { before: Before::Slash, comma: false, ..below.clone() });
                rest = behind.get(length + 1..).unwrap_or_default();
            }
            None => {
                kept.push(first.clone());
                rest = behind;
            }
        }
    }
    *words = kept;
}
