//! How to take a drug, for the patient.

use super::{Languages, Wording, spanish};
use crate::action::Medication;
use crate::language::Language;
use crate::sig::{Sig, Step};

/// The drug and its instruction. What was understood of the instruction is written in the patient's language; an instruction
/// that was understood only in part is quoted whole.
pub(super) fn wording(medication: &Medication, languages: Languages) -> Wording {
    if languages.read != Language::Spanish {
        return english(medication, languages);
    }
    if languages.spoken == Language::Spanish {
        return Wording::plain(joined(medication, "durante", "si es necesario"));
    }
    let sig = Sig::parse(&medication.text());
    match sig.first() {
        Some(step) if is_understood(medication, step) => Wording::plain(translated(medication, step)),
        _ => quoted(medication),
    }
}

fn english(medication: &Medication, languages: Languages) -> Wording {
    if languages.spoken != Language::Spanish {
        return Wording::plain(joined(medication, "for", "as needed"));
    }
    let sig = Sig::parse(&medication.text());
    match sig.first() {
        Some(step) if is_understood(medication, step) => {
            let amount = step.amount.and_then(|amount| {
                let plural = if amount.count.most > 1.0 { "s" } else { "" };
                Some(format!("{} {}{plural}", amount.count, amount.form?.name()))
            });
            let parts = [
                step.strength.as_ref().map(|strength| strength.text.clone()),
                amount,
                step.frequency.as_ref().map(crate::sig::Frequency::text),
                step.duration.map(|duration| format!("for {}", duration.text())),
                medication.as_needed.then(|| "as needed".to_owned()),
            ];
            Wording::plain(listed(&medication.name, parts.into_iter().flatten()))
        }
        _ => quoted(medication),
    }
}

/// Whether everything that was said of the dose was read again as such.
fn is_understood(medication: &Medication, step: &Step) -> bool {
    let has_form = step.amount.is_none_or(|amount| amount.form.is_some());
    (medication.dosage.is_none() || step.strength.is_some() || step.amount.is_some())
        && has_form
        && medication.frequency.is_some() == step.frequency.is_some()
        && medication.duration.is_some() == step.duration.is_some()
}

/// As it was said.
fn joined(medication: &Medication, during: &str, as_needed: &str) -> String {
    let parts = [
        medication.dosage.clone(),
        medication.frequency.clone(),
        medication.duration.as_ref().map(|duration| format!("{during} {duration}")),
        medication.as_needed.then(|| as_needed.to_owned()),
    ];
    listed(&medication.name, parts.into_iter().flatten())
}

fn translated(medication: &Medication, step: &Step) -> String {
    let amount = step.amount.and_then(|amount| Some(spanish::amount(amount.count, amount.form?)));
    let parts = [
        step.strength.as_ref().map(|strength| strength.text.clone()),
        amount,
        step.frequency.as_ref().map(spanish::often),
        step.duration.map(|duration| format!("durante {}", spanish::counted(duration.count, duration.unit))),
        medication.as_needed.then(|| "si es necesario".to_owned()),
    ];
    listed(&medication.name, parts.into_iter().flatten())
}

fn quoted(medication: &Medication) -> Wording {
    let text = medication.text();
    let rest = text.strip_prefix(medication.name.as_str()).map(str::trim).filter(|rest| !rest.is_empty());
    match rest {
        Some(rest) => {
            let quoted = Wording::quoted(rest);
            Wording { text: format!("{}: {}", medication.name, quoted.text), ..quoted }
        }
        None => Wording::plain(medication.name.clone()),
    }
}

fn listed(name: &str, parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { name.to_owned() } else { format!("{name}: {}", parts.join(", ")) }
}
