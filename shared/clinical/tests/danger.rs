//! Plain phrases of danger, each in twelve disguises, and plain sentences that are none.

use clinical::danger;

const DANGER: [&str; 2] = [include_str!("phrases/danger_en.txt"), include_str!("phrases/danger_es.txt")];
const OBLIQUE: [&str; 2] = [include_str!("phrases/oblique_en.txt"), include_str!("phrases/oblique_es.txt")];
const BENIGN: [&str; 2] = [include_str!("phrases/benign_en.txt"), include_str!("phrases/benign_es.txt")];

/// Changes each word of a phrase.
fn words(phrase: &str, change: impl Fn(&str) -> String) -> String {
    phrase.split(' ').map(change).collect::<Vec<_>>().join(" ")
}

/// Puts something between the letters of the words that people hide: the longer ones.
fn inside(word: &str, mark: &str) -> String {
    if word.len() < 4 || !word.chars().all(char::is_alphabetic) {
        return word.to_owned();
    }
    word.chars().map(|letter| letter.to_string()).collect::<Vec<_>>().join(mark)
}

fn swapped(phrase: &str, pairs: &[(char, char)]) -> String {
    phrase.chars().map(|letter| pairs.iter().find(|(from, _)| *from == letter).map_or(letter, |(_, to)| *to)).collect()
}

const LOOKALIKES: &[(char, char)] =
    &[('a', 'а'), ('e', 'е'), ('i', 'і'), ('o', 'о'), ('c', 'с'), ('p', 'р'), ('s', 'ѕ'), ('y', 'у')];

fn wide(letter: char) -> char {
    let offset = u32::from(letter).checked_sub(u32::from('!')).filter(|_| letter.is_ascii_graphic());
    offset.and_then(|offset| char::from_u32(offset + 0xFF01)).unwrap_or(letter)
}

/// The word that is most likely to be hidden: the last one that stands in a list of dangerous words.
fn hide_key_word(phrase: &str, change: impl Fn(&str) -> String) -> String {
    let key = |word: &str| KEYS.contains(&word.trim_matches([',', '\'']).to_lowercase().as_str());
    words(phrase, |word| if key(word) { change(word) } else { word.to_owned() })
}

const KEYS: &[&str] = &[
    "kill",
    "killing",
    "suicide",
    "suicidal",
    "die",
    "dying",
    "myself",
    "hurt",
    "hurting",
    "cut",
    "cutting",
    "overdose",
    "overdosed",
    "hang",
    "matar",
    "matarme",
    "morir",
    "morirme",
    "suicidarme",
    "suicidio",
    "cortarme",
    "violó",
    "raped",
    "hits",
    "muerta",
    "muerto",
    "stab",
    "abusing",
];

fn letter_run(word: &str, from: char, to: char) -> String {
    word.replacen(from, &to.to_string(), 1)
}

type Disguise = (&'static str, fn(&str) -> String);

const DISGUISES: [Disguise; 12] = [
    ("spaced letters", |phrase| hide_key_word(phrase, |word| inside(word, " "))),
    ("zero-width characters", |phrase| words(phrase, |word| inside(word, "\u{200b}"))),
    ("full width", |phrase| phrase.chars().map(wide).collect()),
    ("look-alike letters", |phrase| hide_key_word(phrase, |word| swapped(word, LOOKALIKES))),
    ("digits for letters", |phrase| hide_key_word(phrase, |word| letter_run(&letter_run(word, 'i', '1'), 'o', '0'))),
    ("stretched", |phrase| {
        hide_key_word(phrase, |word| {
            let end = word.char_indices().last().map(|(at, letter)| (at, letter.to_string().repeat(4)));
            end.map_or_else(String::new, |(at, last)| format!("{}{last}", &word[..at]))
        })
    }),
    ("marks inside words", |phrase| hide_key_word(phrase, |word| inside(word, "."))),
    ("mixed case", |phrase| {
        phrase
            .chars()
            .enumerate()
            .flat_map(|(at, letter)| if at % 2 == 0 { letter.to_uppercase().collect::<Vec<_>>() } else { vec![letter] })
            .collect()
    }),
    ("curly quotes", |phrase| format!("“{}”", phrase.replace('\'', "’"))),
    ("no apostrophes or accents", |phrase| {
        swapped(&phrase.replace('\'', ""), &[('á', 'a'), ('é', 'e'), ('í', 'i'), ('ó', 'o'), ('ú', 'u'), ('ñ', 'n')])
    }),
    ("pictures between words", |phrase| phrase.replace(' ', " 😭 ")),
    ("no space after marks", |phrase| format!("hello.{phrase}!ok.bye")),
];

fn phrases(lists: [&'static str; 2]) -> impl Iterator<Item = &'static str> {
    lists.into_iter().flat_map(str::lines)
}

fn check(written: &str) -> bool {
    let findings = danger::scan(written);
    let grounded =
        danger::keywords(&findings, written).iter().all(|word| written.to_lowercase().contains(&word.to_lowercase()));
    assert!(grounded, "{written}");
    danger::is_danger(&findings)
}

#[test]
fn two_hundred_plain_phrases_are_found() {
    assert!(phrases(DANGER).count() >= 200);
    let missed: Vec<&str> = phrases(DANGER).filter(|phrase| !check(phrase)).collect();
    assert_eq!(missed, [""; 0]);
}

#[test]
fn what_people_say_instead_is_found() {
    assert!(phrases(OBLIQUE).count() >= 400);
    let missed: Vec<&str> = phrases(OBLIQUE).filter(|phrase| !check(phrase)).collect();
    assert_eq!(missed, [""; 0]);
}

#[test]
fn every_disguise_of_every_phrase_is_found() {
    let mut missed = Vec::new();
    for (name, disguise) in DISGUISES {
        missed.extend(
            phrases(DANGER).map(disguise).filter(|written| !check(written)).map(|written| format!("{name}: {written}")),
        );
    }
    assert_eq!(missed, [""; 0]);
}

/// Digits in any word, not only in those of a list. A single short word may stay hidden.
#[test]
fn digits_in_every_word_hide_almost_nothing() {
    let digits = |phrase: &str| {
        words(phrase, |word| match word.char_indices().nth(1).filter(|_| word.len() > 3) {
            Some((at, _)) => format!("{}{}", &word[..at], swapped(&word[at..], &[('a', '4'), ('e', '3'), ('o', '0')])),
            None => word.to_owned(),
        })
    };
    let missed = phrases(DANGER).map(digits).filter(|written| !check(written)).count();
    assert!(missed * 20 <= phrases(DANGER).count(), "{missed}");
}

#[test]
fn plain_sentences_without_danger_pass() {
    let blocked: Vec<&str> = phrases(BENIGN).filter(|phrase| check(phrase)).collect();
    assert_eq!(blocked, [""; 0]);
}
