//! From the chosen lines to the sections of a note.

use super::line::{Line, Origin, Topic};
use super::patient::Patient;
use super::problem::{self, Group};
use super::{Part, Problem, Sentence, condense, label, wording};
use crate::span::Span;
use crate::visit::{Evidence, Visit};

/// The lines of a note by section.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) history: Vec<(Part, Vec<Sentence>)>,
    pub(super) examination: Vec<Sentence>,
    pub(super) results: Vec<Sentence>,
    pub(super) problems: Vec<Problem>,
    pub(super) follow_up: Vec<Sentence>,
}

/// Who the note is about, and the visit that it rests on.
struct Composer<'a> {
    visit: &'a Visit<'a>,
    patient: Patient,
}

/// Sorts the chosen lines into the sections of a note.
pub(super) fn sections(visit: &Visit<'_>, patient: Patient, lines: Vec<Line>) -> Sections {
    let composer = Composer { visit, patient };
    let mut sections = Sections::default();
    let (mut told, mut planned, mut denied) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        match (line.topic, line.origin) {
            (Topic::Exam | Topic::Vital, _) => sections.examination.push(composer.sentence(&line)),
            (Topic::Result, _) => sections.results.push(composer.sentence(&line)),
            (Topic::Plan, Origin::Stated) if returns(&line) => sections.follow_up.push(composer.sentence(&line)),
            (Topic::Assessment | Topic::Plan, Origin::Stated) => planned.push(line),
            (_, Origin::Denied) => denied.push(line),
            _ => told.push(line),
        }
    }
    sections.history = composer.history(&told, &denied);
    let groups = if planned.is_empty() { problem::named(visit, &told) } else { problem::grouped(visit, planned) };
    sections.problems = groups.into_iter().map(|group| composer.problem(group)).collect();
    sections
}

/// Whether a line says when to come back or to call.
fn returns(line: &Line) -> bool {
    const CALLS: &str = "follow up,follow-up,come back,see you,see him,see her,see the patient,return,call me,call us,\
        give us a call,regres,vuelva";
    let text = line.text.to_lowercase();
    CALLS.split(',').any(|call| text.contains(call))
}

fn part(topic: Topic) -> Part {
    match topic {
        Topic::Past => Part::Past,
        Topic::Medication => Part::Medication,
        Topic::Allergy => Part::Allergy,
        Topic::Social => Part::Social,
        Topic::Family => Part::Family,
        _ => Part::Present,
    }
}

impl Composer<'_> {
    fn history(&self, told: &[Line], denied: &[Line]) -> Vec<(Part, Vec<Sentence>)> {
        let mut parts: Vec<(Part, Vec<Sentence>)> = Vec::new();
        for own in Part::ALL {
            let mut sentences: Vec<Sentence> =
                told.iter().filter(|line| part(line.topic) == own).map(|line| self.sentence(line)).collect();
            let denials: Vec<&Line> = denied.iter().filter(|line| part(line.topic) == own).collect();
            if !denials.is_empty() {
                sentences.push(self.denial(&denials));
            }
            shorten_subjects(&mut sentences, own, self.patient);
            if !sentences.is_empty() {
                parts.push((own, sentences));
            }
        }
        parts
    }

    /// "Denies fever, chills or cough."
    fn denial(&self, lines: &[&Line]) -> Sentence {
        let language = self.patient.language();
        let parts: Vec<String> = lines.iter().flat_map(|line| line.text.split("; ")).map(str::to_owned).collect();
        let sources: Vec<(usize, Span)> = lines.iter().flat_map(|line| line.sources.iter().copied()).collect();
        let denied = condense::listed(&parts, label::or(language));
        let text = wording::finished(&format!("{} {denied}", label::denies(language)));
        Sentence { text, sources: evidence(self.visit, &sources) }
    }

    fn sentence(&self, line: &Line) -> Sentence {
        let language = self.patient.language();
        let text = match line.origin {
            Origin::Affirmed => wording::finished(&format!("{} {}", label::reports(language), line.text)),
            Origin::Denied => wording::finished(&format!("{} {}", label::denies(language), line.text)),
            Origin::Told | Origin::Stated | Origin::Answered | Origin::Refused | Origin::Absent => line.text.clone(),
        };
        Sentence { text, sources: evidence(self.visit, &line.sources) }
    }

    fn problem(&self, group: Group) -> Problem {
        let name =
            group.name.map(|(text, turn, span)| Sentence { text, sources: evidence(self.visit, &[(turn, span)]) });
        Problem { name, sentences: group.lines.iter().map(|line| self.sentence(line)).collect() }
    }
}

/// Charts leave the subject out where it is the patient of unknown sex, and say "mother" for "the mother".
fn shorten_subjects(sentences: &mut [Sentence], part: Part, patient: Patient) {
    const SUBJECTS: &[&str] = &["The patient ", "The "];
    const KIN: &str =
        "mother father brother sister grandmother grandfather aunt uncle son daughter husband wife parents siblings";
    for (place, sentence) in sentences.iter_mut().enumerate() {
        let rest = SUBJECTS.iter().find_map(|subject| sentence.text.strip_prefix(subject));
        let is_kin = rest.is_some_and(|rest| KIN.split(' ').any(|kin| rest.starts_with(kin)));
        let is_subject =
            sentence.text.starts_with("The patient ") && !patient.is_known() && (place > 0 || part != Part::Present);
        if let Some(rest) = rest.filter(|_| is_kin || is_subject) {
            sentence.text = wording::finished(rest);
        }
    }
}

/// Turns and words as evidence, turn by turn.
pub(super) fn evidence(visit: &Visit<'_>, sources: &[(usize, Span)]) -> Vec<Evidence> {
    let mut sorted = sources.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut evidence: Vec<Evidence> = Vec::new();
    for (turn, span) in sorted {
        let Some(id) = visit.turns().get(turn).map(|turn| turn.id) else { continue };
        match evidence.last_mut().filter(|last| last.utterance == id) {
            Some(last) => last.spans.push(span),
            None => evidence.push(Evidence { utterance: id.to_owned(), spans: vec![span] }),
        }
    }
    evidence
}
