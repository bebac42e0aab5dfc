//! From turns to sentences of a note: what is told is turned to the third person, what is asked and answered becomes one
//! sentence.

use super::classify;
use super::cue::Cue;
use super::line::{Line, Origin, Topic};
use super::mark::Marks;
use super::patient::Patient;
use super::question::{self, Asked};
use super::wording::{self, Word};
use super::{english, reply};
use crate::phrase::Match;
use crate::span::Span;
use crate::spoken::{self, Spoken};
use crate::statement::Statement;
use crate::visit::{Speaker, Turn, Visit};

/// A question that waits for its answer.
#[derive(Debug, Clone)]
struct Question {
    turn: usize,
    span: Span,
    /// Its words, cleaned, as they were asked.
    words: Vec<Word>,
    asked: Asked,
    topic: Topic,
    /// It is no question by its form: "you are taking it regularly".
    is_statement: bool,
}

/// A reader of a visit.
struct Reader<'a> {
    visit: &'a Visit<'a>,
    marks: &'a Marks,
    patient: Patient,
    open: Vec<Question>,
    lines: Vec<Line>,
}

/// A turn with all that is looked for in it.
struct Reading<'a> {
    number: usize,
    turn: &'a Turn<'a>,
    speaker: Speaker,
    numbers: Vec<Spoken>,
    cues: &'a [Match<Cue>],
}

impl Reading<'_> {
    fn words(&self, statement: &Statement) -> Vec<Word> {
        wording::of(&self.turn.text, statement.tokens.clone(), &self.numbers)
    }

    fn cues(&self, statement: &Statement) -> &[Match<Cue>] {
        let start = self.cues.partition_point(|cue| cue.tokens.start < statement.tokens.start);
        let end = self.cues.partition_point(|cue| cue.tokens.start < statement.tokens.end);
        self.cues.get(start..end).unwrap_or_default()
    }
}

/// Every sentence that a visit gives for a note, in order.
pub(super) fn lines(visit: &Visit<'_>, marks: &Marks, patient: Patient) -> Vec<Line> {
    let mut reader = Reader { visit, marks, patient, open: Vec::new(), lines: Vec::new() };
    for number in 0..visit.turns().len() {
        reader.read(number);
    }
    reader.lines
}

impl Reader<'_> {
    fn read(&mut self, number: usize) {
        let Some(turn) = self.visit.turns().get(number) else { return };
        let speaker = turn.speaker.unwrap_or(Speaker::Patient);
        let numbers = spoken::numbers(&turn.text);
        let reading = Reading { number, turn, speaker, numbers, cues: self.marks.found(number) };
        match speaker {
            Speaker::Clinician | Speaker::Assistant => self.hear_clinician(&reading),
            Speaker::Patient | Speaker::Family => self.hear_patient(&reading),
        }
    }

    fn hear_clinician(&mut self, reading: &Reading<'_>) {
        for statement in &reading.turn.statements {
            let words = reading.words(statement);
            if words.is_empty() {
                continue;
            }
            let cues = reading.cues(statement);
            let topic = classify::topic(cues, reading.speaker, None);
            let is_about_patient = words.first().is_some_and(|word| matches!(word.word.as_str(), "you" | "your"));
            let question = |is_statement| Question {
                turn: reading.number,
                span: statement.span,
                asked: question::asked(&words),
                topic: asked_topic(cues),
                words: words.clone(),
                is_statement,
            };
            if statement.is_question {
                self.open.push(question(false));
            } else {
                if is_about_patient && topic != Topic::Plan && topic != Topic::Exam {
                    self.open.push(question(true));
                }
                let turned = english::turned(&words, reading.speaker, self.patient);
                self.add(
                    wording::sentence(&turned),
                    topic,
                    Origin::Stated,
                    reading.number,
                    vec![(reading.number, statement.span)],
                );
            }
        }
    }

    fn hear_patient(&mut self, reading: &Reading<'_>) {
        let tokens = reading.turn.text.tokens();
        let polarity = reply::polarity(tokens);
        let open = std::mem::take(&mut self.open);
        let asked: Vec<&Question> = open.iter().filter(|question| !question.is_statement).collect();
        let whole = reading.turn.text.span(0..tokens.len().min(12));
        match (polarity, whole) {
            (Some(is_yes), Some(span)) => self.decide(&asked, is_yes, reading.number, span),
            _ => {}
        }
        let last = asked.last().copied().or(open.last());
        for (place, statement) in reading.turn.statements.iter().enumerate() {
            let words = reading.words(statement);
            if !reply::says_more(&words) {
                continue;
            }
            self.answer(reading, statement, &words, last.filter(|_| place == 0));
        }
    }

    /// A yes or a no to the open questions.
    fn decide(&mut self, asked: &[&Question], is_yes: bool, turn: usize, span: Span) {
        // A yes to several questions answers the last.
        let skipped = if is_yes { asked.len().saturating_sub(1) } else { 0 };
        for question in asked.iter().skip(skipped).filter(|question| question.asked == Asked::Whether) {
            let Some((text, origin)) = self.decided(question, is_yes) else { continue };
            self.add(text, question.topic, origin, turn, vec![(question.turn, question.span), (turn, span)]);
        }
    }

    /// What a yes or a no to a question says.
    fn decided(&self, question: &Question, is_yes: bool) -> Option<(String, Origin)> {
        let turned = |words: &[Word]| english::turned(words, Speaker::Clinician, self.patient);
        if let Some(lead) = question::lead(&question.words) {
            let rest = question.words.get(lead..).map(question::before_question)?;
            let text = wording::phrase(&turned(rest));
            let is_empty = EMPTY.iter().any(|words| text.eq_ignore_ascii_case(words));
            let origin = if is_yes { Origin::Affirmed } else { Origin::Denied };
            return (!is_empty && !text.is_empty()).then_some((text, origin));
        }
        let text = english::stated(&question.words, is_yes, self.patient)?;
        Some((text, Origin::Answered))
    }

    /// A statement of the patient, with the question that it may answer.
    fn answer(&mut self, reading: &Reading<'_>, statement: &Statement, words: &[Word], question: Option<&Question>) {
        let cues = reading.cues(statement);
        let topic = classify::topic(cues, reading.speaker, question.map(|question| question.topic));
        let turned = english::turned(words, reading.speaker, self.patient);
        let mut sources = vec![(reading.number, statement.span)];
        let fragment = question.filter(|_| reply::is_fragment(words));
        let (text, origin) = match fragment {
            Some(question) => {
                sources.insert(0, (question.turn, question.span));
                (self.labelled(question, &turned), Origin::Answered)
            }
            None => (wording::sentence(&turned), Origin::Told),
        };
        self.add(text, topic, origin, reading.number, sources);
    }

    /// A few words with what they answer: "Onset: three days ago".
    fn labelled(&self, question: &Question, answer: &[Word]) -> String {
        let answer = wording::phrase(answer);
        match question.asked.label() {
            Some(label) => wording::finished(&format!("{label} {answer}")),
            None => wording::finished(&answer),
        }
    }

    fn add(&mut self, text: String, topic: Topic, origin: Origin, turn: usize, sources: Vec<(usize, Span)>) {
        if text.chars().any(char::is_alphanumeric) {
            let terms = sources.iter().flat_map(|(turn, span)| self.marks.terms(*turn, *span)).collect();
            let mut cues: Vec<Cue> = sources.iter().flat_map(|(turn, span)| self.marks.cues(*turn, *span)).collect();
            cues.sort_unstable();
            cues.dedup();
            let is_order = sources.iter().any(|(turn, span)| self.marks.is_order(*turn, *span));
            self.lines.push(Line { text, topic, origin, turn, sources, cues, terms, is_order });
        }
    }
}

/// What is asked for without saying anything.
const EMPTY: [&str; 12] = [
    "symptoms",
    "questions",
    "other symptoms",
    "concerns",
    "issues",
    "problems",
    "else",
    "anything else",
    "other questions",
    "questions for me",
    "other concerns",
    "luck",
];

/// The topic that a question asks about.
fn asked_topic(cues: &[Match<Cue>]) -> Topic {
    let has = |cue: Cue| cues.iter().any(|found| found.label == cue);
    match () {
        () if has(Cue::Allergy) => Topic::Allergy,
        () if has(Cue::Family) => Topic::Family,
        () if has(Cue::Social) => Topic::Social,
        () if has(Cue::Medication) => Topic::Medication,
        () if has(Cue::Past) || has(Cue::Female) => Topic::Past,
        () if has(Cue::Exam) => Topic::Exam,
        () => Topic::History,
    }
}
