//! Which topic of a note a statement belongs to.

use super::cue::Cue;
use super::line::Topic;
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
        (Topic::Medication, 2 * count(Cue::Medication)),
        (Topic::Past, 2 * count(Cue::Past)),
        (Topic::Noise, 3 * count(Cue::Noise)),
        (Topic::History, 1 + count(Cue::History)),
    ];
    let best = weighed.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Topic::History, |(topic, _)| topic)
}
