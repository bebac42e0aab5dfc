//! The rules of the JSON schema of FHIR R4 (4.0.1), for the resources that the product issues: which members a type has, what they
//! are, and which must be there. Written from the definitions of the specification; CI checks the same corpus with two validators
//! and the published schema.

use serde_json::Value;

/// What a member is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// `[A-Za-z0-9\-.]{1,64}`
    Id,
    /// No white space at either end, single blanks inside.
    Code,
    /// One of these codes.
    OneOf(&'static [&'static str]),
    /// Not empty, no control characters.
    Text,
    /// An absolute address.
    Uri,
    /// To the second, with a zone.
    DateTime,
    /// A number.
    Decimal,
    /// `Type/id`
    Literal,
    /// A type of the table.
    Of(&'static str),
    /// A resource.
    Resource,
}

use Kind::{Code, DateTime, Decimal, Id, Literal, Of, OneOf, Resource, Text, Uri};

/// A member: its name, what it is, whether it must be there, whether it is a list.
type Member = (&'static str, Kind, bool, bool);

const STATUS: Kind =
    OneOf(&["registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"]);

const TYPES: &[(&str, &[Member])] = &[
    (
        "RiskAssessment",
        &[
            ("resourceType", OneOf(&["RiskAssessment"]), true, false),
            ("id", Id, false, false),
            ("status", STATUS, true, false),
            ("method", Of("CodeableConcept"), false, false),
            ("subject", Of("Reference"), true, false),
            ("occurrenceDateTime", DateTime, false, false),
            ("basis", Of("Reference"), false, true),
            ("prediction", Of("Prediction"), false, true),
            ("mitigation", Text, false, false),
        ],
    ),
    (
        "Prediction",
        &[
            ("outcome", Of("CodeableConcept"), false, false),
            ("qualitativeRisk", Of("CodeableConcept"), false, false),
            ("rationale", Text, false, false),
        ],
    ),
    (
        "Observation",
        &[
            ("resourceType", OneOf(&["Observation"]), true, false),
            ("id", Id, false, false),
            ("status", STATUS, true, false),
            ("category", Of("CodeableConcept"), false, true),
            ("code", Of("CodeableConcept"), true, false),
            ("subject", Of("Reference"), false, false),
            ("effectiveDateTime", DateTime, false, false),
            ("valueString", Text, false, false),
            ("valueQuantity", Of("Quantity"), false, false),
            ("interpretation", Of("CodeableConcept"), false, true),
            ("note", Of("Annotation"), false, true),
            ("component", Of("Component"), false, true),
        ],
    ),
    (
        "Component",
        &[
            ("code", Of("CodeableConcept"), true, false),
            ("valueQuantity", Of("Quantity"), false, false),
            ("dataAbsentReason", Of("CodeableConcept"), false, false),
        ],
    ),
    (
        "Bundle",
        &[
            ("resourceType", OneOf(&["Bundle"]), true, false),
            ("id", Id, false, false),
            ("type", OneOf(&["collection"]), true, false),
            ("timestamp", DateTime, false, false),
            ("entry", Of("Entry"), false, true),
        ],
    ),
    ("Entry", &[("fullUrl", Uri, false, false), ("resource", Resource, true, false)]),
    ("CodeableConcept", &[("coding", Of("Coding"), false, true), ("text", Text, false, false)]),
    ("Coding", &[("system", Uri, true, false), ("code", Code, true, false), ("display", Text, true, false)]),
    ("Reference", &[("reference", Literal, true, false)]),
    ("Annotation", &[("text", Text, true, false)]),
    (
        "Quantity",
        &[
            ("value", Decimal, true, false),
            ("unit", Text, true, false),
            ("system", Uri, true, false),
            ("code", Code, true, false),
        ],
    ),
];

/// Everything that is wrong with a resource, each with its place.
#[must_use]
pub fn faults(resource: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(resource, Resource, "", &mut faults);
    faults
}

fn check(value: &Value, kind: Kind, place: &str, faults: &mut Vec<String>) {
    let text = value.as_str();
    let is_right = match kind {
        Id => text.is_some_and(is_id),
        Code => {
            text.is_some_and(|text| !text.is_empty() && text == text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        OneOf(codes) => text.is_some_and(|text| codes.contains(&text)),
        Text => text.is_some_and(|text| !text.trim().is_empty() && !text.chars().any(is_forbidden)),
        Uri => text.is_some_and(|text| text.contains(':') && !text.contains(char::is_whitespace)),
        DateTime => text.is_some_and(is_date_time),
        Decimal => value.is_number(),
        Literal => text.and_then(|text| text.split_once('/')).is_some_and(|(kind, id)| is_type(kind) && is_id(id)),
        Of(name) => return members(value, name, place, faults),
        Resource => match value["resourceType"].as_str() {
            Some(name @ ("RiskAssessment" | "Observation" | "Bundle")) => return members(value, name, place, faults),
            _ => false,
        },
    };
    if !is_right {
        faults.push(format!("{place}: {value} is no {kind:?}"));
    }
}

fn members(value: &Value, name: &str, place: &str, faults: &mut Vec<String>) {
    let (_, known) = TYPES.iter().find(|(known, _)| *known == name).expect("a type of the table");
    let Some(object) = value.as_object().filter(|object| !object.is_empty()) else {
        faults.push(format!("{place}: {value} is no {name}"));
        return;
    };
    for (member, inner) in object {
        let here = format!("{place}/{member}");
        match (known.iter().find(|(known, ..)| known == member), inner) {
            (None, _) => faults.push(format!("{here} is no member of {name}")),
            (Some((_, kind, _, true)), Value::Array(items)) if !items.is_empty() => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, item)| check(item, *kind, &format!("{here}/{index}"), faults));
            }
            (Some((.., true)), _) => faults.push(format!("{here} is no list with something in it")),
            (Some((_, kind, _, false)), inner) => check(inner, *kind, &here, faults),
        }
    }
    for (member, _, required, _) in *known {
        if *required && !object.contains_key(*member) {
            faults.push(format!("{place}/{member} is missing"));
        }
    }
    let values = object.keys().filter(|member| member.starts_with("value")).count();
    if name == "Observation" && values + usize::from(object.contains_key("component")) != 1 {
        faults.push(format!("{place} has {values} values"));
    }
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
}

fn is_type(text: &str) -> bool {
    ["Patient", "Observation"].contains(&text)
}

fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

fn is_date_time(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    shape == "9999-99-99T99:99:99Z" && domain::time::Timestamp::parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Of every mutant of a good resource something is said.
    #[test]
    fn what_the_schema_forbids_is_found() {
        let good = json!({
            "resourceType": "Observation", "id": "obs-1", "status": "final",
            "code": { "coding": [{ "system": "http://loinc.org", "code": "75325-1", "display": "Symptom" }] },
            "subject": { "reference": "Patient/patient-123" },
            "effectiveDateTime": "2030-01-01T09:00:00Z", "valueString": "cough"
        });
        assert_eq!(faults(&good), Vec::<String>::new());
        let mutants = [
            ("/id", json!("obs_1")),
            ("/id", json!("x".repeat(65))),
            ("/status", json!("bogus")),
            ("/code", json!({})),
            ("/code/coding", json!([])),
            ("/code/coding/0/code", json!("a  b")),
            ("/subject/reference", json!("patient-123")),
            ("/subject/reference", json!("Patient/patient_123")),
            ("/effectiveDateTime", json!("2030-01-01 09:00")),
            ("/effectiveDateTime", json!("2030-13-01T09:00:00Z")),
            ("/valueString", json!("")),
            ("/valueString", json!(null)),
            ("/resourceType", json!("Observations")),
        ];
        for (place, value) in mutants {
            let mut mutant = good.clone();
            *mutant.pointer_mut(place).unwrap() = value;
            assert!(!faults(&mutant).is_empty(), "{place}: {mutant}");
        }
        for (member, value) in
            [("extra", json!(1)), ("valueQuantity", json!({ "value": 1, "unit": "x", "system": "a:b", "code": "x" }))]
        {
            let mut mutant = good.clone();
            mutant[member] = value;
            assert!(!faults(&mutant).is_empty(), "{member}");
        }
        for member in ["status", "code", "valueString"] {
            let mut mutant = good.clone();
            mutant.as_object_mut().unwrap().remove(member);
            assert!(!faults(&mutant).is_empty(), "without {member}");
        }
    }
}
