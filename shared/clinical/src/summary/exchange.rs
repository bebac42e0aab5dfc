//! From turns to sentences of a note: what is told is turned to the third person, what is asked and answered becomes one
//! sentence.

use self::question::Question;
use super::cue::Cue;
use super::label;
use super::line::{Line, Origin, Topic};
use super::mark::Marks;
use super::patient::Patient;
use super::question::{self as asking, Asked};
use super::wording::{self, Word};
use super::{classify, english, reply, spanish};
use crate::language::Language;
use crate::phrase::Match;
use crate::span::Span;
use crate::spoken::{self, Spoken};
use crate::statement::Statement;
use crate::term::Category;
use crate::visit::{Speaker, Turn, Visit};

mod question;

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
    language: Language,
    numbers: Vec<Spoken>,
    cues: &'a [Match<Cue>],
}

/// A sentence before what is marked in its sources is added to it.
struct Draft {
    text: String,
    topic: Topic,
    origin: Origin,
    turn: usize,
    sources: Vec<(usize, Span)>,
    asked: Option<Asked>,
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

    fn turned(&self, words: &[Word], patient: Patient) -> Vec<Word> {
        turned(words, self.speaker, self.language, patient)
    }
}

/// Words in the third person; what is said in French stays as it was said.
fn turned(words: &[Word], speaker: Speaker, language: Language, patient: Patient) -> Vec<Word> {
    match language {
        Language::Spanish => spanish::turned(words, speaker),
        Language::French => words.to_vec(),
        Language::English | Language::Unknown => english::turned(words, speaker, patient),
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
        let known = Some(turn.text.language()).filter(|language| *language != Language::Unknown);
        let language = known.unwrap_or(self.patient.language());
        let numbers = spoken::numbers(&turn.text);
        let reading = Reading { number, turn, speaker, language, numbers, cues: self.marks.found(number) };
        match speaker {
            Speaker::Clinician | Speaker::Assistant => self.hear_clinician(&reading),
            Speaker::Patient | Speaker::Family => self.hear_patient(&reading),
        }
    }

    fn hear_clinician(&mut self, reading: &Reading<'_>) {
        for statement in &reading.turn.statements {
            let words = reading.words(statement);
            let words = if statement.is_question { asking::core(&words).to_vec() } else { words };
            if words.is_empty() {
                continue;
            }
            let cues = reading.cues(statement);
            let known = classify::Stated {
                is_order: self.marks.is_order(reading.number, statement.span),
                names_condition: classify::names(&words)
                    && self.marks.terms(reading.number, statement.span).any(|term| term == Category::Condition),
            };
            let topic = classify::stated(classify::topic(cues, reading.speaker, None), known);
            let is_about_patient = words.first().is_some_and(|word| matches!(word.word.as_str(), "you" | "your"));
            let question = |is_statement| Question {
                turn: reading.number,
                span: statement.span,
                language: reading.language,
                asked: asking::asked(&words),
                topic: question::topic(cues),
                words: words.clone(),
                is_statement,
            };
            if statement.is_question {
                self.open.push(question(false));
                continue;
            }
            if is_about_patient && topic != Topic::Plan && topic != Topic::Exam {
                self.open.push(question(true));
            }
            let text = wording::sentence(&reading.turned(&words, self.patient));
            let sources = vec![(reading.number, statement.span)];
            self.add(Draft { text, topic, origin: Origin::Stated, turn: reading.number, sources, asked: None });
        }
    }

    fn hear_patient(&mut self, reading: &Reading<'_>) {
        let tokens = reading.turn.text.tokens();
        let open = std::mem::take(&mut self.open);
        let asked: Vec<&Question> = open.iter().filter(|question| !question.is_statement).collect();
        let told: Vec<(&Statement, Vec<Word>)> = reading
            .turn
            .statements
            .iter()
            .map(|statement| (statement, reading.words(statement)))
            .filter(|(statement, words)| reply::says_more(words) && !(statement.is_question && asking::begins(words)))
            .collect();
        if let (Some(is_yes), Some(span)) =
            (reply::polarity(tokens), reading.turn.text.span(0..tokens.len().min(reply::LONGEST)))
        {
            let answer = question::Answer { is_yes, turn: reading.number, span, says_more: !told.is_empty() };
            self.decide(&asked, answer);
        }
        let first = reading.turn.statements.first();
        let last = asked.last().copied().or(open.last());
        for (statement, words) in told {
            self.answer(reading, (statement, &words), last.filter(|_| first == Some(statement)));
        }
    }

    /// A yes or a no to the open questions.
    fn decide(&mut self, asked: &[&Question], answer: question::Answer) {
        // A yes to several questions answers the last.
        let skipped = if answer.is_yes { asked.len().saturating_sub(1) } else { 0 };
        for question in asked.iter().skip(skipped) {
            let Some((text, origin)) = question.decided(answer, self.patient) else { continue };
            let sources = vec![(question.turn, question.span), (answer.turn, answer.span)];
            let asked = Some(question.asked);
            self.add(Draft { text, topic: question.topic, origin, turn: answer.turn, sources, asked });
        }
    }

    /// A statement of the patient, with the question that it may answer.
    fn answer(&mut self, reading: &Reading<'_>, said: (&Statement, &[Word]), question: Option<&Question>) {
        let (statement, words) = said;
        let topic = classify::topic(reading.cues(statement), reading.speaker, question.map(|question| question.topic));
        let topic = self.continued(topic, words);
        let turned = reading.turned(words, self.patient);
        let mut sources = vec![(reading.number, statement.span)];
        let is_named =
            question.is_some_and(|question| question.subject() == Asked::Allergy) && !reply::names_allergy(words);
        let fragment = question.filter(|_| is_named || reply::is_fragment(words));
        let (text, origin) = match fragment {
            Some(question) => {
                sources.insert(0, (question.turn, question.span));
                (self.labelled(question, &turned), Origin::Answered)
            }
            None => (wording::sentence(&turned), Origin::Told),
        };
        let asked = question.map(|question| question.asked);
        self.add(Draft { text, topic, origin, turn: reading.number, sources, asked });
    }

    /// "She died young" behind what was told of the mother goes on with the family.
    fn continued(&self, topic: Topic, words: &[Word]) -> Topic {
        const RELATIVES: &[&str] = &["he", "she", "they", "his", "her", "their", "both", "one", "el", "ella"];
        let is_relative = words.first().is_some_and(|first| RELATIVES.contains(&first.word.as_str()));
        let was_family = self.lines.last().is_some_and(|last| last.topic == Topic::Family);
        if topic == Topic::History && is_relative && was_family { Topic::Family } else { topic }
    }

    fn add(&mut self, draft: Draft) {
        let Draft { text, topic, origin, turn, sources, asked } = draft;
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        let terms = sources.iter().flat_map(|(turn, span)| self.marks.terms(*turn, *span)).collect();
        let mut cues: Vec<Cue> = sources.iter().flat_map(|(turn, span)| self.marks.cues(*turn, *span)).collect();
        cues.sort_unstable();
        cues.dedup();
        self.lines.push(Line { text, topic, origin, turn, sources, asked, cues, terms });
    }

    /// A few words with what they answer: "Onset: three days ago", "he has smoked for ten years".
    fn labelled(&self, question: &Question, answer: &[Word]) -> String {
        let completed = match question.language {
            Language::English | Language::Unknown => {
                english::completion::completed(&question.words, answer, self.patient)
            }
            Language::Spanish | Language::French => None,
        };
        completed.unwrap_or_else(|| {
            let answer = wording::inner(answer);
            match label::before_answer(question.subject(), question.language) {
                Some(label) => wording::finished(&format!("{label} {answer}")),
                None => wording::finished(&answer),
            }
        })
    }
}
