//! Everything that is known of a case: what was stated, measured, and since when.

use crate::hash::Map;
use crate::language::Language;
use crate::phrase::RuleId;
use crate::reading::{Kind, Reading, Value};
use crate::stated::{Status, Subject};
use crate::triage::evidence::Evidence;
use crate::triage::finding::Finding;
use crate::triage::measure::{Measure, Measured};
use crate::triage::news;
use crate::triage::patient::PatientFacts;
use crate::triage::statement::Statement;
use crate::triage::timing::Timing;
use crate::triage::told::{BY_ANSWER, Told};

/// From this age on, years, somebody is older.
const OLDER: f64 = 65.0;
/// Below this age, years, the vital signs of adults do not hold.
const ADULT_VITALS: f64 = 12.0;
/// The rule of what follows from something else.
const BY_IMPLICATION: RuleId = RuleId("triage.implied");
/// What words say of pain, on the scale of numbers.
const WORDS_OF_PAIN: [(&str, f64); 3] = [("severe", 8.0), ("moderate", 5.0), ("mild", 2.0)];

/// What is known.
#[derive(Debug, Default)]
pub(super) struct Chart {
    pub(super) statements: Vec<Statement>,
    pub(super) timings: Vec<Timing>,
    pub(super) readings: Vec<(usize, Reading)>,
    pub(super) conditions: Vec<(&'static str, Evidence)>,
    pub(super) languages: Vec<Language>,
    /// Words of the patient's so far.
    pub(super) words: usize,
    /// The last message is in a language that triage does not know.
    pub(super) is_foreign: bool,
    /// The mentions of each finding as present, in order.
    present: Map<Finding, Vec<Statement>>,
    /// The last word on each finding.
    last: Map<Finding, Status>,
    measures: Map<Measure, Measured>,
}

impl Chart {
    /// Puts together what the patient's turns say and what was known before.
    pub(super) fn of(told: &[Told], known: &PatientFacts, record: Option<&Told>) -> Self {
        let mut chart = Self::default();
        // Of the record, what counts although it is past: it was not said in this conversation.
        for statement in record.into_iter().flat_map(|record| &record.statements) {
            if statement.finding.counts_in_past() {
                chart.last.insert(statement.finding, statement.status);
            }
        }
        for told in told {
            chart.add(told);
        }
        chart.set(Measure::Age, known.age, None);
        chart.set(Measure::Weeks, known.weeks_pregnant, None);
        chart.count_vitals();
        chart.judge_pain();
        chart.know_person(told.first().map(|told| told.subject), known);
        chart
    }

    fn add(&mut self, told: &Told) {
        // Within a turn what is there weighs more than what is not: "no chest pain at rest, but chest pain on the stairs".
        for status in [Status::Denied, Status::Present] {
            for statement in told.statements.iter().filter(|statement| statement.status == status) {
                self.last.insert(statement.finding, status);
            }
        }
        told.statements.iter().for_each(|statement| self.state(*statement));
        self.timings.extend(&told.timings);
        self.conditions.extend(&told.conditions);
        self.words += told.words;
        self.is_foreign = told.is_foreign;
        self.languages.push(told.language);
        if let Some((years, evidence)) = told.age {
            self.set(Measure::Age, Some(years), Some(evidence));
        }
        if let Some((weeks, evidence)) = told.weeks {
            self.set(Measure::Weeks, Some(weeks), Some(evidence));
        }
        for reading in told.readings.iter().filter(|reading| reading.plausible) {
            self.readings.push((told.turn, *reading));
            self.measure(told.turn, reading);
        }
    }

    fn state(&mut self, statement: Statement) {
        self.statements.push(statement);
        if statement.status == Status::Present {
            self.present.entry(statement.finding).or_default().push(statement);
        }
    }

    fn measure(&mut self, turn: usize, reading: &Reading) {
        let evidence = Some(Evidence { turn, span: reading.span });
        let measure = match (reading.kind, reading.value) {
            (_, Value::Pressure { systolic, diastolic }) => {
                self.set(Measure::Diastolic, diastolic, evidence);
                return self.set(Measure::Systolic, Some(systolic), evidence);
            }
            (Kind::Glucose, _) => Measure::Glucose,
            (Kind::Temperature, _) => Measure::Temperature,
            (Kind::Pulse, _) => Measure::Pulse,
            (Kind::RespiratoryRate, _) => Measure::Respiration,
            (Kind::OxygenSaturation, _) => Measure::Saturation,
            (Kind::Pain, _) => Measure::Score,
            (Kind::BloodPressure | Kind::Weight | Kind::YesNo, _) => return,
        };
        if let Value::Number(value) = reading.value {
            self.set(measure, Some(value), evidence);
        }
    }

    fn set(&mut self, measure: Measure, value: Option<f64>, evidence: Option<Evidence>) {
        if let Some(value) = value {
            self.measures.insert(measure, Measured { value, evidence });
        }
    }

    fn count_vitals(&mut self) {
        let vitals =
            [Measure::Systolic, Measure::Pulse, Measure::Respiration, Measure::Temperature, Measure::Saturation];
        let count = vitals.iter().filter(|vital| self.measures.contains_key(vital)).count();
        self.set(Measure::Vitals, u32::try_from(count).ok().map(f64::from), None);
        if let (Some(pulse), Some(systolic)) = (self.value(Measure::Pulse), self.value(Measure::Systolic)) {
            let evidence = self.measures.get(&Measure::Pulse).and_then(|measured| measured.evidence);
            self.set(Measure::Shock, Some(pulse / systolic), evidence);
        }
        if let Some(news) = news::score(self) {
            self.set(Measure::News, Some(f64::from(news)), None);
        }
    }

    /// A fever that was measured is a fever; pain in words has a place on the scale of numbers.
    fn judge_pain(&mut self) {
        let score = self.measures.get(&Measure::Score).copied();
        let told = WORDS_OF_PAIN.iter().find_map(|(id, value)| {
            let finding = Finding::named(id).filter(|finding| self.is_present(*finding))?;
            Some(Measured { value: *value, evidence: self.evidence_of(finding).next() })
        });
        if let Some(measured) = score.or(told) {
            self.measures.insert(Measure::Pain, measured);
        }
        let hot = self.measures.get(&Measure::Temperature).copied().filter(|measured| measured.value >= 38.0);
        if let (Some(hot), Some(fever)) = (hot, Finding::named("fever")) {
            self.imply(fever, hot.evidence);
        }
        if let (Some(score), Some(severe)) = (score.filter(|score| score.value >= 8.0), Finding::named("severe")) {
            self.imply(severe, score.evidence);
        }
    }

    fn know_person(&mut self, subject: Option<Subject>, known: &PatientFacts) {
        let age = self.measures.get(&Measure::Age).copied();
        let years = age.map(|age| age.value);
        let below = |limit: f64| years.is_some_and(|years| years < limit);
        let baby = years.is_none() && subject == Some(Subject::Baby);
        let young = years.is_none() && subject == Some(Subject::Child);
        let person = [
            ("young_infant", below(0.25)),
            ("infant", below(1.0) || baby),
            ("child", below(ADULT_VITALS) || baby || young),
            ("older", years.is_some_and(|years| years >= OLDER)),
            ("pregnant", known.pregnant == Some(true)),
        ];
        for (id, _) in person.into_iter().filter(|(_, holds)| *holds) {
            let evidence = age.and_then(|age| age.evidence);
            Finding::named(id).into_iter().for_each(|finding| self.imply(finding, evidence));
        }
        if known.pregnant == Some(false)
            && let Some(pregnant) = Finding::named("pregnant")
        {
            self.last.insert(pregnant, Status::Denied);
        }
    }

    /// A finding that follows from something else.
    fn imply(&mut self, finding: Finding, evidence: Option<Evidence>) {
        self.last.insert(finding, Status::Present);
        let implied = evidence.map(|evidence| Statement {
            finding,
            status: Status::Present,
            evidence,
            rule: BY_IMPLICATION,
            token: 0,
            sentence: 0,
        });
        implied.into_iter().for_each(|implied| self.state(implied));
    }

    /// The value of a measure that does not depend on a complaint.
    pub(super) fn value(&self, measure: Measure) -> Option<f64> {
        self.measures.get(&measure).map(|measured| measured.value)
    }

    pub(super) fn measured(&self, measure: Measure) -> Option<Measured> {
        self.measures.get(&measure).copied()
    }

    pub(super) fn is_present(&self, finding: Finding) -> bool {
        self.status(finding) == Some(Status::Present)
    }

    pub(super) fn is_denied(&self, finding: Finding) -> bool {
        self.status(finding) == Some(Status::Denied)
    }

    /// The last word on a finding.
    pub(super) fn status(&self, finding: Finding) -> Option<Status> {
        self.last.get(&finding).copied()
    }

    /// What was denied without being asked about.
    pub(super) fn denied_unasked(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.status == Status::Denied && statement.rule != BY_ANSWER)
    }

    /// Whether anything was said of it.
    pub(super) fn is_known(&self, finding: Finding) -> bool {
        self.last.contains_key(&finding)
    }

    /// The words that say that a finding is there.
    pub(super) fn evidence_of(&self, finding: Finding) -> impl Iterator<Item = Evidence> {
        self.mentions(finding).map(|statement| statement.evidence)
    }

    /// The mentions of a finding that is there.
    pub(super) fn mentions(&self, finding: Finding) -> impl Iterator<Item = &Statement> {
        let mentions = self.present.get(&finding).filter(|_| self.is_present(finding));
        mentions.into_iter().flatten()
    }

    /// Hours since something began, when its own sentence says so.
    pub(super) fn onset_beside(&self, mention: &Statement) -> Option<f64> {
        let timing = self.since(Some(mention))?;
        let beside = timing.evidence.turn == mention.evidence.turn && timing.sentence == mention.sentence;
        beside.then_some(timing.hours)
    }

    /// Since when a complaint is there: the time told nearest to it.
    pub(super) fn since(&self, mention: Option<&Statement>) -> Option<Timing> {
        let Some(mention) = mention else { return self.timings.first().copied() };
        let turn = mention.evidence.turn;
        let distance = |timing: &Timing| {
            let turns = timing.evidence.turn.abs_diff(turn);
            (turns, timing.sentence.abs_diff(mention.sentence), timing.token.abs_diff(mention.token))
        };
        self.timings.iter().copied().min_by_key(distance)
    }
}
