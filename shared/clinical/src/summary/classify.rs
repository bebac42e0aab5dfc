//! Which topic of a note a statement belongs to.

use super::cue::Cue;
use super::line::Topic;
use super::wording::Word;
use crate::phrase::Match;
use crate::visit::Speaker;

/// The topic that the cues of a statement speak for. `asked` is the topic of the question that it answers.
pub(super) fn topic(cues: &[Match<Cue>], speaker: Speaker, asked: Option<Topic>) -> Topic {
    let count = |cue: Cue| cues.iter().filter(|found| found.label == cue).count();
    if speaker == Speaker::Clinician || speaker == Speaker::Assistant {
        clinician(count)
    } else {
        patient(count, asked)
    }
}

/// What is known of a clinician's statement besides its cues.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    /// Something is ordered in it.
    pub(super) is_order: bool,
    /// It says that the patient has a condition: "you have an infection", "this is gout".
    pub(super) names_condition: bool,
}

/// The topic of what a clinician states: what orders something is a plan, unless it tells a finding.
pub(super) fn stated(topic: Topic, stated: Stated) -> Topic {
    match topic {
        Topic::Exam | Topic::Vital | Topic::Result | Topic::Assessment => topic,
        _ if stated.is_order => Topic::Plan,
        Topic::History | Topic::Allergy if stated.names_condition => Topic::Assessment,
        _ => topic,
    }
}

/// Whether a statement begins as one that says what it is.
pub(super) fn names(words: &[Word]) -> bool {
    const BEGINNINGS: &str = "you have,you 've,you got,he has,she has,this is,it is,that is,there is,we call,they call,it has,\
        that has,your,this explains,you are,the,tiene,es una,es un,esto es";
    let begins = |beginning: &str| {
        let mut rest = words.iter();
        beginning.split(' ').all(|word| rest.next().is_some_and(|own| own.word == word))
    };
    BEGINNINGS.split(',').any(|beginning| begins(beginning.trim()))
}

fn patient(count: impl Fn(Cue) -> usize, asked: Option<Topic>) -> Topic {
    let own = [
        (Cue::Allergy, Topic::Allergy),
        (Cue::Family, Topic::Family),
        (Cue::Social, Topic::Social),
        (Cue::Medication, Topic::Medication),
        (Cue::Past, Topic::Past),
        (Cue::Female, Topic::Past),
        (Cue::History, Topic::History),
    ];
    let told = own.into_iter().filter(|(cue, _)| count(*cue) > 0).max_by_key(|(cue, _)| count(*cue));
    match (told, asked) {
        (Some((cue, _)), None) if count(Cue::Noise) >= count(cue) => Topic::Noise,
        (Some((Cue::History, _)) | None, Some(asked)) => asked,
        (Some((_, topic)), _) => topic,
        (None, None) if count(Cue::Noise) + count(Cue::Agree) > 0 => Topic::Noise,
        (None, None) => Topic::History,
    }
}

fn clinician(count: impl Fn(Cue) -> usize) -> Topic {
    let weighed = [
        (Topic::Intro, 3 * count(Cue::Intro)),
        (Topic::Exam, 3 * count(Cue::Exam)),
        (Topic::Vital, 4 * count(Cue::Vital)),
        (Topic::Result, 3 * count(Cue::Result)),
        (Topic::Plan, 2 * count(Cue::Plan) + 2 * count(Cue::Educate)),
        (Topic::Assessment, 3 * count(Cue::Assess)),
        (Topic::Allergy, 2 * count(Cue::Allergy)),
        (Topic::Family, 2 * count(Cue::Family)),
        (Topic::Social, 2 * count(Cue::Social)),
        (
            Topic::Medication,
            if count(Cue::Plan) > 0 { count(Cue::Medication).min(1) } else { 2 * count(Cue::Medication) },
        ),
        (Topic::Past, 2 * count(Cue::Past)),
        (Topic::Noise, 3 * count(Cue::Noise)),
        (Topic::History, 1 + count(Cue::History)),
    ];
    let best = weighed.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Topic::History, |(topic, _)| topic)
}
