//! What one says without saying anything: hesitations, courtesies, lead-ins, words said twice.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::runs::Runs;
use super::{Before, Word};

/// Sounds and words that say nothing wherever they stand.
static FILLERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "um uh uhm umm er erm ah oh hmm hm mm mhm mmm huh yep yeah yes okay ok alright alrighty basically actually really just \
    obviously honestly literally anyway gosh sir maam ma'am pues bueno este eh"
        .split_whitespace()
        .collect()
});

/// Runs of words that say nothing wherever they stand.
const PHRASES: &str = "thank you so much,thank you very much,thank you,thanks a lot,thanks,muchas gracias,gracias,you know what,you know,i mean,kind of,kinda,sort of,sorta,all right,let us see,let 's see,let me see,mm hmm,\
    uh huh,of course,go ahead and,go ahead,a little bit of,or anything like that,or something like that,anything like that,\
    stuff like that,things like that,and things,and everything,as far as that,to be honest,to be frank,i would say,i guess,\
    right now,by the way,excuse me,off the top of my head,that i know of,as far as i know,that you know about,that you know of,that you are aware of,\
    that i should know about,that i should be aware of,that i can think of,sabe usted,\
    o sea,la verdad";

/// Runs of words that lead to what is said, at the beginning of a statement.
const LEADS: &str = "i know that,i know,i see here that,i see here,i see that,i see,i understand that,i understand,i remember,\
    it says here that,it says here,your paperwork says,hey dragon,of note,again,in general,like i said,as i said,\
    here in the office,the good news is that,the good news is,to double check,just to double check,to confirm,just to confirm,first of all,in any case,that 's why,the other thing is,\
    i would say,i want to make sure,i am afraid that,i am afraid,i forgot to mention that,i forgot to mention,\
    i have to say,como le dije,lo que pasa es que,es que";

/// Words that a note does not begin with.
static OPENERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "and so but then now or because plus like also right well sure unfortunately cause great y pero entonces luego"
        .split_whitespace()
        .collect()
});

/// Words that a note does not end with.
static CLOSERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "and so but or the a an with to of that then right because like my your y pero o que de con is if i though doctor miss correct please"
        .split_whitespace()
        .collect()
});

static PHRASE_RUNS: LazyLock<Runs> = LazyLock::new(|| Runs::of(PHRASES));
static LEAD_RUNS: LazyLock<Runs> = LazyLock::new(|| Runs::of(LEADS));

/// Drops what says nothing.
pub(super) fn drop(words: &mut Vec<Word>) {
    drop_phrases(words);
    words.retain(|word| !FILLERS.contains(word.word.as_str()));
    drop_asides(words);
    drop_repetitions(words);
    trim(words);
}

fn drop_phrases(words: &mut Vec<Word>) {
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        match PHRASE_RUNS.begun(rest) {
            Some(length) => rest = rest.get(length..).unwrap_or_default(),
            None => {
                kept.push(first.clone());
                rest = behind;
            }
        }
    }
    *words = kept;
}

/// "I, I've been" and "we we call this": what was said twice while thinking is written once.
fn drop_repetitions(words: &mut Vec<Word>) {
    for length in [3, 2, 1] {
        let mut kept: Vec<Word> = Vec::with_capacity(words.len());
        for word in words.drain(..) {
            kept.push(word);
            let end = kept.len();
            let (Some(first), Some(middle)) = (end.checked_sub(2 * length), end.checked_sub(length)) else { continue };
            let same = |one: &[Word], other: &[Word]| one.iter().zip(other).all(|(one, other)| one.word == other.word);
            let is_said_twice =
                kept.get(first..middle).zip(kept.get(middle..)).is_some_and(|(one, other)| same(one, other));
            let is_number = kept.last().is_some_and(|word| word.word.chars().any(|letter| letter.is_ascii_digit()));
            if is_said_twice && !is_number {
                kept.truncate(middle);
            }
        }
        *words = kept;
    }
}

/// "…, doctor, …" and "…, like, …": words that say nothing between commas or at the beginning.
fn drop_asides(words: &mut Vec<Word>) {
    const ASIDES: &[&str] = &["doctor", "doc", "like", "miss", "well", "so"];
    let mut place = 0;
    let mut is_apart = true;
    let commas: Vec<bool> = words.iter().map(|word| word.comma).chain(std::iter::once(true)).collect();
    words.retain(|word| {
        place += 1;
        let is_aside = (word.comma || is_apart) && commas.get(place).copied().unwrap_or(true);
        is_apart = false;
        !(is_aside && ASIDES.contains(&word.word.as_str()))
    });
}

fn trim(words: &mut Vec<Word>) {
    drop_openers(words);
    let lead = LEAD_RUNS.begun(words).filter(|lead| *lead < words.len()).unwrap_or_default();
    words.drain(..lead);
    drop_openers(words);
    while words.last().is_some_and(|word| CLOSERS.contains(word.word.as_str())) {
        words.pop();
    }
    if let Some(first) = words.first_mut() {
        (first.comma, first.before) = (false, Before::Blank);
    }
}

fn drop_openers(words: &mut Vec<Word>) {
    let openers = words.iter().take_while(|word| OPENERS.contains(word.word.as_str())).count();
    words.drain(..openers);
    if answers(words) {
        words.drain(..1);
    }
}

/// "No, I quit", "no I do not smoke": the no is told by what follows.
fn answers(words: &[Word]) -> bool {
    const SUBJECTS: &[&str] = &["i", "he", "she", "it", "we", "they", "my", "that", "not", "nothing", "neither"];
    let [first, second, ..] = words else { return false };
    let is_yes = matches!(first.text.to_lowercase().as_str(), "sí" | "claro");
    if is_yes && second.comma {
        return true;
    }
    matches!(first.word.as_str(), "no" | "nope" | "nah") && (second.comma || SUBJECTS.contains(&second.word.as_str()))
}
