//! What a turn puts into the record: the risk, and what the patient told and measured in it. Built from what the engine found, for
//! the patient and the time of the request; no model has a part in it.

use clinical::stated::Status as Stated;
use clinical::triage::{Assessment, Completion, Evidence, Interpretation, Loinc, Risk};
use clinical::triage::{SymptomObservation, VitalKind, VitalSign};
use domain::ids::MessageId;
use domain::time::Timestamp;
use domain::triage::ResourceId;

use crate::conversation::Conversation;
use crate::fhir::{
    CodeableConcept, Coding, Component, Observation, Observed, Prediction, Quantity, Reference, ResourceType,
    RiskAssessment, Status, Subject, Value,
};

/// The rules, as the record names them. The rationale names each rule.
const METHOD: &str = "Careline triage rules, version 1";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const INTERPRETATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
/// So many places of a symptom are quoted.
const MOST_WORDS: usize = 5;

/// The request that resources are about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) patient: &'a ResourceId,
    /// The patient's message.
    pub(crate) message: MessageId,
    pub(crate) at: Timestamp,
    /// What was observed in earlier turns.
    pub(crate) known: &'a [String],
}

/// The resources of a turn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resources {
    pub(crate) risk_assessment: RiskAssessment,
    /// Of this turn, that of the main complaint first.
    pub(crate) observations: Vec<Observation>,
    /// The ids of all observations that the assessment rests on.
    pub(crate) basis: Vec<String>,
}

/// An observation with its id and where it stands.
struct Entry {
    id: String,
    message: MessageId,
    is_complaint: bool,
    observed: Observed,
}

/// The resources of a turn.
pub(crate) fn resources(conversation: &Conversation, found: &Assessment, request: Request<'_>) -> Resources {
    let symptoms = found.symptoms.iter().filter_map(|symptom| {
        let entry = symptom_entry(conversation, symptom)?;
        Some(Entry { is_complaint: found.complaint == Some(symptom.finding), ..entry })
    });
    let entries: Vec<Entry> = symptoms.chain(vital_entries(conversation, &found.vital_signs)).collect();
    let is_new = |entry: &Entry| entry.message == request.message;
    let is_there = |entry: &&Entry| is_new(entry) || request.known.contains(&entry.id);
    let basis: Vec<String> = entries.iter().filter(is_there).map(|entry| entry.id.clone()).collect();
    let mut new: Vec<Entry> = entries.into_iter().filter(is_new).collect();
    new.sort_by_key(|entry| !entry.is_complaint);
    let subject =
        Subject { patient: Reference::to_patient(request.patient.as_str()), at: request.at.rfc3339_seconds() };
    let risk_assessment = risk_assessment(found, (&subject, request.message), &basis);
    let observations = new.into_iter().map(|entry| Observation::of(&entry.id, subject.clone(), entry.observed));
    Resources { risk_assessment, observations: observations.collect(), basis }
}

fn risk_assessment(found: &Assessment, (subject, message): (&Subject, MessageId), basis: &[String]) -> RiskAssessment {
    let rationale = found.rationale.join(" ");
    let prediction = Prediction {
        outcome: CodeableConcept::worded(found.outcome),
        qualitative_risk: CodeableConcept {
            text: Some(found.risk.likelihood().to_owned()),
            ..CodeableConcept::coded(Risk::SYSTEM, found.risk.code(), found.risk.display())
        },
        rationale: Some(rationale).filter(|rationale| !rationale.trim().is_empty()),
    };
    RiskAssessment {
        resource_type: ResourceType::RiskAssessment,
        id: ResourceId::risk_assessment(message).as_str().to_owned(),
        status: match found.completion {
            Completion::Asking => Status::Preliminary,
            Completion::Decided => Status::Final,
        },
        method: CodeableConcept { coding: Vec::new(), text: Some(METHOD.to_owned()) },
        subject: subject.patient.clone(),
        occurrence_date_time: subject.at.clone(),
        basis: basis.iter().map(|id| Reference::to_observation(id)).collect(),
        prediction: [prediction],
        mitigation: Some(found.instruction.clone()).filter(|instruction| !instruction.trim().is_empty()),
    }
}

/// The words of the patient, each once.
fn words(conversation: &Conversation, evidence: &[Evidence]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (_, quoted) in evidence.iter().filter_map(|evidence| conversation.quoted(*evidence)) {
        let quoted = quoted.trim();
        if words.len() < MOST_WORDS && !quoted.is_empty() && !words.iter().any(|other| other == quoted) {
            words.push(quoted.to_owned());
        }
    }
    words
}

fn symptom_entry(conversation: &Conversation, symptom: &SymptomObservation) -> Option<Entry> {
    let (message, _) = conversation.quoted(*symptom.evidence.last()?)?;
    let display = match symptom.status {
        Stated::Present => "Positive",
        Stated::Denied => "Negative",
    };
    let observed = Observed {
        category: CodeableConcept::coded(CATEGORY, "survey", "Survey"),
        code: loinc(&[SymptomObservation::CODE]),
        value: Value::Text(symptom.text.clone()),
        interpretation: Some(CodeableConcept::coded(INTERPRETATION, symptom.interpretation(), display)),
        words: words(conversation, &symptom.evidence),
    };
    let id = ResourceId::observation(message, symptom.finding.id()).as_str().to_owned();
    Some(Entry { id, message, is_complaint: false, observed })
}

/// One entry for each measurement. The second of a kind in a turn has its number in its id.
fn vital_entries(conversation: &Conversation, signs: &[VitalSign]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for sign in signs {
        let Some((message, quoted)) = conversation.quoted(sign.evidence) else { continue };
        let name = name(sign.kind);
        let numbered = (1..).map(|number: u32| match number {
            1 => name.to_owned(),
            number => format!("{name}-{number}"),
        });
        let ids = numbered.map(|name| ResourceId::observation(message, &name).as_str().to_owned());
        let Some(id) = ids.into_iter().find(|id| entries.iter().all(|entry| entry.id != *id)) else { continue };
        let observed = Observed {
            category: category(sign.kind),
            code: loinc(sign.kind.codes()),
            value: value(sign),
            interpretation: sign.interpretation.map(interpretation),
            words: vec![quoted.to_owned()],
        };
        entries.push(Entry { id, message, is_complaint: false, observed });
    }
    entries
}

fn loinc(codes: &[Loinc]) -> CodeableConcept {
    let codings = codes.iter().map(|loinc| Coding { system: Loinc::SYSTEM, code: loinc.code, display: loinc.display });
    CodeableConcept { coding: codings.collect(), text: None }
}

fn category(kind: VitalKind) -> CodeableConcept {
    let code = kind.category();
    let display = match code {
        "vital-signs" => "Vital Signs",
        "laboratory" => "Laboratory",
        _ => "Survey",
    };
    CodeableConcept::coded(CATEGORY, code, display)
}

fn interpretation(interpretation: Interpretation) -> CodeableConcept {
    let (code, display) = match interpretation {
        Interpretation::N => ("N", "Normal"),
        Interpretation::A => ("A", "Abnormal"),
        Interpretation::AA => ("AA", "Critical abnormal"),
    };
    CodeableConcept::coded(INTERPRETATION, code, display)
}

fn name(kind: VitalKind) -> &'static str {
    match kind {
        VitalKind::BloodPressure => "blood_pressure",
        VitalKind::HeartRate => "heart_rate",
        VitalKind::RespiratoryRate => "respiratory_rate",
        VitalKind::OxygenSaturation => "oxygen_saturation",
        VitalKind::BodyTemperature => "body_temperature",
        VitalKind::BodyWeight => "body_weight",
        VitalKind::BloodGlucose => "blood_glucose",
        VitalKind::PainSeverity => "pain_severity",
    }
}

/// The unit for people, and in UCUM.
fn unit(kind: VitalKind) -> (&'static str, &'static str) {
    let display = match kind {
        VitalKind::BloodPressure => "mmHg",
        VitalKind::HeartRate => "beats/minute",
        VitalKind::RespiratoryRate => "breaths/minute",
        VitalKind::OxygenSaturation => "%",
        VitalKind::BodyTemperature => "°C",
        VitalKind::BodyWeight => "kg",
        VitalKind::BloodGlucose => "mg/dL",
        VitalKind::PainSeverity => "score",
    };
    (display, kind.unit())
}

/// A quantity; a blood pressure as its two parts, the one that was not told as unknown.
fn value(sign: &VitalSign) -> Value {
    let quantity = |value: f64| Quantity::of(value, unit(sign.kind));
    if sign.kind != VitalKind::BloodPressure {
        let measured = sign.values.first().map(|(_, value)| Value::Quantity(quantity(*value)));
        return measured.unwrap_or(Value::Parts(Vec::new()));
    }
    let told = sign.values.iter().map(|(code, value)| Component {
        code: loinc(&[*code]),
        value_quantity: Some(quantity(*value)),
        data_absent_reason: None,
    });
    let missing = (sign.values.len() < 2).then(|| Component {
        code: loinc(&[VitalKind::DIASTOLIC]),
        value_quantity: None,
        data_absent_reason: Some(CodeableConcept::coded(
            "http://terminology.hl7.org/CodeSystem/data-absent-reason",
            "unknown",
            "Unknown",
        )),
    });
    Value::Parts(told.chain(missing).collect())
}

#[cfg(test)]
mod tests;
