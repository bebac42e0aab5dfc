//! Contractions, shorthand and misspellings: which words a written form stands for.

use std::sync::LazyLock;

use crate::hash::Map;

static SPELLINGS: LazyLock<Map<&'static str, &'static str>> = LazyLock::new(|| {
    let data = include_str!("../../data/spellings.txt");
    data.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = ")).collect()
});

/// English words to which `'s` attaches as "is" more often than as a possessive.
const IS_OWNERS: &[&str] = &[
    "he",
    "she",
    "it",
    "that",
    "there",
    "here",
    "what",
    "who",
    "how",
    "where",
    "when",
    "why",
    "everything",
    "nothing",
    "something",
    "everyone",
    "someone",
    "nobody",
];

/// French words that lose their vowel before another (`j'ai`), and the words they are.
const ELISIONS: &[(&str, &str)] = &[
    ("j", "je"),
    ("n", "ne"),
    ("m", "me"),
    ("t", "te"),
    ("s", "se"),
    ("c", "ce"),
    ("l", "le"),
    ("d", "de"),
    ("qu", "que"),
    ("jusqu", "jusque"),
    ("lorsqu", "lorsque"),
    ("puisqu", "puisque"),
];

/// The words behind a written form that may have apostrophes; `None` when it is simply itself.
pub(super) fn expand(written: &str) -> Option<Vec<String>> {
    if let Some(words) = SPELLINGS.get(written) {
        return Some(words.split(' ').map(str::to_owned).collect());
    }
    let (head, tail) = written.rsplit_once('\'')?;
    english(head, tail).or_else(|| french(written)).or_else(|| Some(vec![written.replace('\'', "")]))
}

/// `don't`, `I'm`, `he's`; a possessive keeps its `'s` as a word of its own.
fn english(head: &str, tail: &str) -> Option<Vec<String>> {
    let pair = |first: &str, second: &str| Some(vec![first.to_owned(), second.to_owned()]);
    let stem = head.replace('\'', "");
    match tail {
        "t" => match stem.strip_suffix('n')? {
            "ca" => pair("can", "not"),
            "wo" => pair("will", "not"),
            "sha" => pair("shall", "not"),
            "ai" => pair("is", "not"),
            "" => Some(vec!["not".to_owned()]),
            verb => pair(verb, "not"),
        },
        "m" if stem == "i" => pair("i", "am"),
        "re" => pair(&stem, "are"),
        "ve" => pair(&stem, "have"),
        "ll" => pair(&stem, "will"),
        "d" if stem.len() > 1 || stem == "i" => pair(&stem, "would"),
        "s" if IS_OWNERS.contains(&stem.as_str()) => pair(&stem, "is"),
        "s" if stem.len() > 1 => pair(&stem, "'s"),
        "" if stem.ends_with("in") && stem.len() > 4 => Some(vec![stem + "g"]),
        _ => None,
    }
}

fn french(written: &str) -> Option<Vec<String>> {
    let (head, tail) = written.split_once('\'')?;
    let (_, full) = ELISIONS.iter().find(|(short, _)| *short == head)?;
    if tail.chars().count() < 2 && tail != "y" && tail != "a" {
        return None;
    }
    let mut words = vec![(*full).to_owned()];
    words.extend(expand(tail).unwrap_or_else(|| vec![tail.to_owned()]));
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_become_their_words() {
        for (written, words) in [
            ("don't", "do not"),
            ("dont", "do not"),
            ("can't", "can not"),
            ("i'm", "i am"),
            ("i'd", "i would"),
            ("he's", "he is"),
            ("mother's", "mother 's"),
            ("wouldn't've", "wouldnt have"),
            ("feelin'", "feeling"),
            ("j'ai", "je ai"),
            ("n'ai", "ne ai"),
            ("qu'il", "que il"),
            ("o'clock", "oclock"),
            ("sucide", "suicide"),
            ("n't", "not"),
        ] {
            assert_eq!(expand(written).unwrap().join(" "), words, "{written}");
        }
        assert_eq!(expand("fever"), None);
    }

    #[test]
    fn every_line_has_two_sides() {
        let data = include_str!("../../data/spellings.txt");
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let (left, right) = line.split_once(" = ").expect(line);
            assert!(!left.contains(' ') && !right.is_empty() && left != right, "{line}");
        }
    }
}
