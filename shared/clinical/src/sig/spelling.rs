//! Slips of the pen in the words of an instruction.

/// The words that instructions are made of.
const WORDS: [&str; 34] = [
    "take",
    "tablet",
    "tablets",
    "capsule",
    "capsules",
    "times",
    "daily",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "hour",
    "hours",
    "every",
    "twice",
    "mouth",
    "needed",
    "morning",
    "evening",
    "bedtime",
    "night",
    "weekly",
    "inhale",
    "apply",
    "puffs",
    "drops",
    "tabletas",
    "pastillas",
    "capsulas",
    "semanas",
    "veces",
    "horas",
];

/// Words that look like a slip and are none.
const ORDINARY: [&str; 23] = [
    "ours", "our", "ever", "very", "time", "dose", "drop", "puff", "dials", "might", "right", "light", "worming",
    "seeded", "south", "months", "moth", "weekend", "tabs", "caps", "hourly", "may", "tables",
];

/// The word that a word misspells: its neighbours swapped, or in longer words one letter wrong, missing or too many.
pub(crate) fn corrected(word: &str) -> Option<&'static str> {
    if word.len() < 3 || word.len() > 12 || WORDS.contains(&word) || ORDINARY.contains(&word) {
        return None;
    }
    WORDS.into_iter().find(|known| is_slip(word.as_bytes(), known.as_bytes()))
}

fn is_slip(word: &[u8], known: &[u8]) -> bool {
    let head = word.iter().zip(known).take_while(|(one, other)| one == other).count();
    let tail = word.iter().rev().zip(known.iter().rev()).take_while(|(one, other)| one == other).count();
    let (short, long) = (word.len().min(known.len()), word.len().max(known.len()));
    let left = |length: usize| length.saturating_sub(head + tail);
    if word.len() == known.len() {
        let swapped = word.get(head) == known.get(head + 1) && word.get(head + 1) == known.get(head);
        return (left(long) == 2 && swapped) || (left(long) <= 1 && long >= 5 && head > 0);
    }
    long == short + 1 && long >= 5 && head > 0 && head + tail >= short
}

#[cfg(test)]
mod tests {
    use super::corrected;

    #[test]
    fn slips_are_read_and_other_words_left_alone() {
        let slips = [
            ("tkae", "take"),
            ("tabelt", "tablet"),
            ("dya", "day"),
            ("weks", "weeks"),
            ("timse", "times"),
            ("evrey", "every"),
            ("dailly", "daily"),
        ];
        for (slip, meant) in slips {
            assert_eq!(corrected(slip), Some(meant), "{slip}");
        }
        for word in ["may", "bay", "might", "hourly", "our", "weekend", "tale", "mouth", "seats", "tables", "make"] {
            assert_eq!(corrected(word), None, "{word}");
        }
    }
}
