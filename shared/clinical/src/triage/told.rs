//! What one turn of the patient's says.

use crate::diagnosis::{Diagnosis, DiagnosisMention};
use crate::drug::Drug;
use crate::hash::Set;
use crate::language::Language;
use crate::phrase::RuleId;
use crate::reading::{self, Kind, Reading, Value};
use crate::span::Span;
use crate::stated::{Stated, Status, Subject};
use crate::symptom;
use crate::text::Text;
use crate::triage::age;
use crate::triage::evidence::Evidence;
use crate::triage::finding::{Finding, FindingKind};
use crate::triage::foreign;
use crate::triage::phrase;
use crate::triage::pills;
use crate::triage::quantity::{Quantity, number};
use crate::triage::question::{Answer, Question};
use crate::triage::rule::Conclusion;
use crate::triage::statement::Statement;
use crate::triage::timing::{self, Timing};
use crate::words::lists;

/// What a turn says.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// Its place in the conversation.
    pub(super) turn: usize,
    pub(super) statements: Vec<Statement>,
    pub(super) readings: Vec<Reading>,
    pub(super) timings: Vec<Timing>,
    pub(super) age: Option<(f64, Evidence)>,
    /// Weeks of pregnancy.
    pub(super) weeks: Option<(f64, Evidence)>,
    /// Conditions that it names, by their codes.
    pub(super) conditions: Vec<(&'static str, Evidence)>,
    pub(super) subject: Subject,
    pub(super) language: Language,
    /// How many words it has.
    pub(super) words: usize,
    /// It is in a language that triage does not know.
    pub(super) is_foreign: bool,
}

/// Words that make a condition the aim of prevention: "tetanus shot".
const PREVENTION: &str = "shot shots vaccine vaccination booster test screening clinic season";
/// Abbreviations have so many letters at most.
const ABBREVIATION: usize = 3;
const BY_CONDITION: RuleId = RuleId("diagnosis.name");
const BY_COUNT: RuleId = RuleId("triage.pills");
const BY_MEDICINE: RuleId = RuleId("drug.class");
pub(super) const BY_ANSWER: RuleId = RuleId("triage.answer");

/// Reads a turn. `asked` is what the turn before it asked.
pub(super) fn read(turn: usize, written: &str, asked: Option<Question>) -> Told {
    let text = Text::read(written);
    let mut reader = Reader { turn, stated: Stated::read(&text), named: Diagnosis::find(&text), text: &text };
    reader.named = reader.named.iter().filter(|named| !reader.is_foreign(named.span)).cloned().collect();
    let expected: Vec<Kind> = asked.and_then(Question::reading).into_iter().collect();
    let mut readings = reading::read(&text, &expected);
    // "très mal" is no 3 of 10.
    readings.retain(|reading| text.language() != Language::French || reading.kind != Kind::Pain);
    let mut statements = reader.statements();
    statements.extend(asked.map(|asked| reader.answers(asked, &readings)).unwrap_or_default());
    let asked_age = asked.filter(|asked| asked.answer == Answer::Age).and_then(|_| reader.bare_age());
    Told {
        turn,
        statements,
        timings: timing::find(&text, turn),
        age: age::find(&text, turn).or(asked_age),
        weeks: reader.weeks(),
        conditions: reader.conditions(),
        subject: reader.stated.subject(),
        language: text.language(),
        words: text.tokens().len(),
        is_foreign: foreign::is_foreign(&text),
        readings,
    }
}

impl Told {
    /// What it says not to be there.
    pub(super) fn denied(&self) -> impl Iterator<Item = Finding> {
        self.statements.iter().filter(|statement| statement.status == Status::Denied).map(|statement| statement.finding)
    }

    /// Whether a conclusion rests on no finding but only on measures, of which this turn has some.
    pub(super) fn measures_again(&self, conclusion: &Conclusion) -> bool {
        let numbers =
            self.readings.iter().any(|reading| matches!(reading.value, Value::Number(_) | Value::Pressure { .. }));
        conclusion.findings.is_empty() && numbers
    }
}

struct Reader<'a> {
    turn: usize,
    text: &'a Text<'a>,
    stated: Stated<'a>,
    /// The conditions that it names.
    named: Vec<DiagnosisMention>,
}

impl Reader<'_> {
    fn statements(&self) -> Vec<Statement> {
        let mut statements = Vec::new();
        for symptom in symptom::mentions(self.text) {
            let rule = RuleId(symptom.recognised.rule());
            let found = Finding::of_symptom(&symptom);
            statements.extend(found.into_iter().filter_map(|finding| self.statement(finding, symptom.span, rule)));
        }
        for mention in &self.named {
            let found = Finding::of_code(mention.diagnosis.code);
            if self.is_prevented(mention.span) {
                continue;
            }
            statements
                .extend(found.into_iter().filter_map(|finding| self.statement(finding, mention.span, BY_CONDITION)));
        }
        for mention in Drug::find(self.text) {
            let found = Finding::of_classes(&mention.drug.classes);
            statements.extend(found.filter_map(|finding| self.statement(finding, mention.span, BY_MEDICINE)));
        }
        for found in phrase::TABLE.matches(self.text).into_iter().filter(|found| !self.is_foreign(found.span)) {
            statements.extend(self.statement(found.label, found.span, found.rule));
        }
        let overdose = Finding::named("overdose");
        let doses = pills::find(self.text).into_iter();
        statements.extend(doses.filter_map(|span| self.statement(overdose?, span, BY_COUNT)));
        // Several rules may read the same words; the first of them counts.
        let mut known: Set<(Finding, Span)> = Set::default();
        statements.retain(|statement| known.insert((statement.finding, statement.evidence.span)));
        statements.sort_by_key(|statement| statement.token);
        statements
    }

    /// Whether a short word is no English abbreviation but a word of the message's language: "mi bebé", "mi tía".
    fn is_foreign(&self, span: Span) -> bool {
        let written = span.of(self.text.written());
        let is_other = matches!(self.text.language(), Language::Spanish | Language::French);
        is_other && written.chars().count() <= ABBREVIATION && written.chars().any(char::is_lowercase)
    }

    /// A mention, unless it is another's, past or only possible.
    fn statement(&self, finding: Finding, span: Span, rule: RuleId) -> Option<Statement> {
        let status = self.status(finding, span)?;
        let tokens = self.text.tokens_in(span);
        let sentence = self.text.clauses().get(self.text.clause_at(tokens.start)).map_or(0, |clause| clause.sentence);
        Some(Statement {
            finding,
            status,
            evidence: Evidence { turn: self.turn, span },
            rule,
            token: tokens.start,
            sentence,
        })
    }

    fn status(&self, finding: Finding, span: Span) -> Option<Status> {
        match finding.kind() {
            // "Thanks, the rash is gone" denies no thanks.
            FindingKind::Request => Some(Status::Present),
            _ if finding.counts_in_past() => self.stated.status_at_any_time(span),
            _ => self.stated.status(span),
        }
    }

    /// What a yes or no says of what was asked.
    fn answers(&self, asked: Question, readings: &[Reading]) -> Vec<Statement> {
        let answer = readings.iter().find_map(|reading| match reading.value {
            Value::Answer(yes) => Some((yes, reading.span)),
            _ => None,
        });
        let Some((yes, span)) = answer.filter(|_| asked.answer == Answer::YesNo) else { return Vec::new() };
        let status = if yes { Status::Present } else { Status::Denied };
        let about = asked.findings().take(if yes { 1 } else { usize::MAX });
        let evidence = Evidence { turn: self.turn, span };
        about.map(|finding| Statement { finding, status, evidence, rule: BY_ANSWER, token: 0, sentence: 0 }).collect()
    }

    /// A number where an age was asked for.
    fn bare_age(&self) -> Option<(f64, Evidence)> {
        let at = (0..self.text.tokens().len()).find(|at| number(self.text, *at).is_some_and(|years| years >= 1.0))?;
        let span = self.text.span(at..at + 1)?;
        Some((number(self.text, at)?, Evidence { turn: self.turn, span })).filter(|(years, _)| *years < 120.0)
    }

    /// "32 weeks pregnant", "at 20 weeks' gestation", "6 months pregnant".
    fn weeks(&self) -> Option<(f64, Evidence)> {
        let word = |at: usize| self.text.tokens().get(at).map_or("", |token| token.word.as_str());
        (0..self.text.tokens().len()).find_map(|at| {
            let quantity = Quantity::at(self.text, at)?;
            let end = quantity.tokens.end;
            let near = (end..end + 4)
                .any(|at| lists("pregnant gestation along embarazada embarazo gestacion gravid", word(at)));
            let before = (at.saturating_sub(4)..at).any(|at| lists("pregnant gestation embarazada", word(at)));
            let weeks = quantity.hours() / 168.0;
            let span = self.text.span(quantity.tokens.clone())?;
            ((near || before) && (2.0..=44.0).contains(&weeks)).then_some((weeks, Evidence { turn: self.turn, span }))
        })
    }

    /// Whether a condition is only what something is to prevent.
    fn is_prevented(&self, condition: Span) -> bool {
        let tokens = self.text.tokens_in(condition);
        let next = self.text.tokens().get(tokens.end).map_or("", |token| token.word.as_str());
        let near = self.text.tokens().get(tokens.start.saturating_sub(2)..tokens.start).unwrap_or_default();
        lists(PREVENTION, next) || near.iter().any(|token| lists(PREVENTION, &token.word))
    }

    fn conditions(&self) -> Vec<(&'static str, Evidence)> {
        let current = self.named.iter().filter(|mention| {
            self.stated.status(mention.span) == Some(Status::Present) && !self.is_prevented(mention.span)
        });
        current.map(|mention| (mention.diagnosis.code, Evidence { turn: self.turn, span: mention.span })).collect()
    }
}
