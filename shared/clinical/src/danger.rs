//! Danger in a message: to the writer, to others, from others, and acute medical danger.
//!
//! Deterministic and independent of any model: what blocks a message must not depend on what a model made of it. Phrases
//! (`data/danger/`) say what was expressed; frames decide whether it is meant, now, and by whom. They are built from verbs of
//! harm and their objects, from wishes, plans and refusals to live, and from what patients say in an emergency; the severity
//! ladder follows the Columbia-Suicide Severity Rating Scale (Posner et al. 2011): wish to be dead, thoughts, method, plan,
//! attempt.

pub(crate) mod answer;
mod frame;
mod rule;
mod sign;
mod subject;
mod table;

use serde::Serialize;

use crate::{
    context::Context,
    danger::{frame::Frames, sign::Sign, table::Tables},
    language::{self, Language},
    phrase::RuleId,
    span::Span,
    text::Text,
};

/// What kind of danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Suicide, self-injury, dangerous eating.
    SelfHarm,
    /// Violence that the writer intends or does.
    HarmToOthers,
    /// Violence, sexual abuse or neglect that the writer discloses.
    Abuse,
    /// An emergency of the body.
    MedicalEmergency,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing: something of long ago, or that is said to be over.
    Low,
    /// A sign of distress that is no danger by itself. Three different ones in a message are.
    Medium,
    /// Danger.
    High,
    /// Danger with a plan, a method or a deed, or to life at this moment.
    Critical,
}

/// Who is in danger, or whom the matter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Experiencer {
    /// The writer.
    Writer,
    /// Somebody the writer speaks of.
    Other,
}

/// One sign of danger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind.
    pub category: Category,
    /// How grave.
    pub severity: Severity,
    /// Whom it is about.
    pub experiencer: Experiencer,
    /// The rule that found it.
    pub rule: RuleId,
    /// The words as written.
    pub span: Span,
    /// The language of the clause.
    pub language: Language,
}

/// So many different signs of distress near each other are a danger.
const SIGNS_OF_DISTRESS: usize = 3;
/// How near, in bytes: some sentences. Who writes long tells of many troubles.
const NEAR: usize = 500;
/// So many are one even if all of them are only symptoms.
const SYMPTOMS_ONLY: usize = 5;
/// What anybody with a depression may name: among the signs of distress one at least is another.
const SYMPTOMS: &[RuleId] = &[
    RuleId("self_harm.exhausted"),
    RuleId("self_harm.numb"),
    RuleId("self_harm.escape"),
    RuleId("self_harm.alone"),
    RuleId("self_harm.worthless"),
    RuleId("self_harm.hopeless"),
    RuleId("self_harm.despair"),
];
/// The rule of terms that a section adds.
const SECTION_TERM: RuleId = RuleId("section.term");

/// Every sign of danger in a message, in order.
#[must_use]
pub fn scan(written: &str) -> Vec<Finding> {
    scan_text(&Text::read(written), &[])
}

/// As [`scan`], of a text that was read already, with terms that a section added. They are found in any disguise, and
/// always count.
#[must_use]
pub fn scan_text(text: &Text<'_>, extra: &[String]) -> Vec<Finding> {
    let mut findings = found(text);
    findings.sort_by_key(|finding| finding.span.start);
    raise_repeated_distress(&mut findings);
    for term in extra {
        findings.extend(section_term(text, term));
    }
    findings.sort_by_key(|finding| (finding.span.start, std::cmp::Reverse(finding.severity)));
    findings
}

/// What the tables find and the frames let stand. Signs without company are left out.
fn found(text: &Text<'_>) -> Vec<Finding> {
    let tables = Tables::for_text(text);
    let context = Context::read(text);
    let frames = Frames::read(text, &context, &tables);
    let mut matches: Vec<_> = tables.iter().flat_map(|tables| tables.rules.matches(text)).collect();
    matches.sort_by_key(|found| found.tokens.start);
    let judged: Vec<_> =
        matches.into_iter().filter_map(|found| frames.judge(&found).map(|judgement| (found, judgement))).collect();
    let signs: Vec<(Sign, usize)> = judged
        .iter()
        .filter(|(_, (severity, _))| *severity == Severity::Medium)
        .filter_map(|(found, _)| Some((found.label.sign?, found.tokens.start)))
        .collect();
    let mut together = sign::together(&signs).into_iter();
    let findings = judged.into_iter().filter_map(|(found, (severity, experiencer))| {
        let severity = match (found.label.sign, severity) {
            (None, severity) => severity,
            (Some(_), Severity::Medium) => together.next()??,
            (Some(_), _) => return None,
        };
        let (category, language) = (found.label.category, language_at(text, found.tokens.start));
        Some(Finding { category, severity, experiencer, rule: found.rule, span: found.span, language })
    });
    findings.collect()
}

/// Whether a message with these findings is held back and raises an alert.
#[must_use]
pub fn is_danger(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity >= Severity::High)
}

/// The words of the dangers, as the writer wrote them, each once.
#[must_use]
pub fn keywords(findings: &[Finding], text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.severity >= Severity::High) {
        let word = finding.span.of(text);
        if !word.is_empty() && !words.iter().any(|other| other.to_lowercase() == word.to_lowercase()) {
            words.push(word.to_owned());
        }
    }
    words
}

/// Several different signs of distress near each other are a danger: somebody who feels worthless, alone and without a
/// future may not say more.
fn raise_repeated_distress(findings: &mut [Finding]) {
    let is_distress =
        |finding: &Finding| finding.severity == Severity::Medium && finding.category == Category::SelfHarm;
    let mut signs: Vec<(Span, RuleId)> =
        findings.iter().filter(|finding| is_distress(finding)).map(|finding| (finding.span, finding.rule)).collect();
    // "Want to give up" is one sign, although "give up" is one as well.
    signs.dedup_by(|(this, _), (before, _)| this.start < before.end);
    let crowded = signs.iter().enumerate().filter_map(|(at, (first, _))| {
        let near = signs.get(at..).unwrap_or_default().iter();
        let near = near.take_while(|(other, _)| other.start.saturating_sub(first.start) <= NEAR);
        let mut rules: Vec<RuleId> = near.map(|(_, rule)| *rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let pointed = rules.iter().any(|rule| !SYMPTOMS.contains(rule));
        let grave = rules.len() >= SYMPTOMS_ONLY || (pointed && rules.len() >= SIGNS_OF_DISTRESS);
        grave.then_some(first.start..=first.start + NEAR)
    });
    let crowded: Vec<_> = crowded.collect();
    let is_crowded = |finding: &Finding| {
        let first = crowded.partition_point(|stretch| *stretch.end() < finding.span.start);
        crowded.get(first).is_some_and(|stretch| stretch.contains(&finding.span.start))
    };
    findings
        .iter_mut()
        .filter(|finding| is_distress(finding) && is_crowded(finding))
        .for_each(|finding| finding.severity = Severity::High);
}

fn language_at(text: &Text<'_>, token: usize) -> Language {
    let clause = text.clauses().get(text.clause_at(token));
    match clause.map_or(Language::Unknown, |clause| language::of(text.tokens_of(clause))) {
        Language::Unknown => text.language(),
        known => known,
    }
}

/// Every place of a section's term: the same words in the same order, in one sentence.
fn section_term(text: &Text<'_>, term: &str) -> Vec<Finding> {
    let term = Text::read(term);
    let words: Vec<&str> = term.tokens().iter().map(|token| token.word.as_str()).collect();
    let places = text.tokens().windows(words.len().max(1)).enumerate();
    let places = places.filter(|(_, window)| {
        !words.is_empty() && window.iter().map(|token| token.word.as_str()).eq(words.iter().copied())
    });
    let found = places.filter_map(|(start, window)| {
        let span = text.span(start..start + window.len())?;
        let language = language_at(text, start);
        Some(Finding {
            category: Category::SelfHarm,
            severity: Severity::High,
            experiencer: Experiencer::Writer,
            rule: SECTION_TERM,
            span,
            language,
        })
    });
    found.collect()
}
