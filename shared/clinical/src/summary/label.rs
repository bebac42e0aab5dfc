//! The fixed words of a note, in the language of the visit.

use super::question::Asked;
use crate::language::Language;

/// What stands before what the patient says yes to.
pub(super) fn reports(language: Language) -> &'static str {
    if language == Language::Spanish { "Refiere" } else { "Reports" }
}

/// What stands before what the patient says no to.
pub(super) fn denies(language: Language) -> &'static str {
    if language == Language::Spanish { "Niega" } else { "Denies" }
}

/// The word before the last of what is denied.
pub(super) fn or(language: Language) -> &'static str {
    if language == Language::Spanish { "o" } else { "or" }
}

/// The word before the last of what is listed.
pub(super) fn and(language: Language) -> &'static str {
    if language == Language::Spanish { "y" } else { "and" }
}

/// The word before for how long a drug is taken.
pub(super) fn during(language: Language) -> &'static str {
    if language == Language::Spanish { "durante" } else { "for" }
}

/// What a list of drugs says when the patient takes none.
pub(super) fn none(language: Language) -> &'static str {
    if language == Language::Spanish { "Ninguno" } else { "None" }
}

/// What is known to be absent, when it is denied whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    DrugAllergy,
    Allergy,
    FamilyDisease,
    Surgery,
    Medication,
}

/// What charts say of that.
pub(super) fn absent(absent: Absent, language: Language) -> &'static str {
    match (absent, language) {
        (Absent::DrugAllergy, Language::Spanish) => "Sin alergias conocidas a medicamentos",
        (Absent::DrugAllergy, _) => "No known drug allergies",
        (Absent::Allergy, Language::Spanish) => "Sin alergias conocidas",
        (Absent::Allergy, _) => "No known allergies",
        (Absent::FamilyDisease, Language::Spanish) => "Sin antecedentes familiares de interés",
        (Absent::FamilyDisease, _) => "Family history is noncontributory",
        (Absent::Surgery, Language::Spanish) => "Sin cirugías previas",
        (Absent::Surgery, _) => "No previous surgeries",
        (Absent::Medication, Language::Spanish) => "Ninguna medicación",
        (Absent::Medication, _) => "No medications",
    }
}

/// What stands before an answer of a few words: "Onset: three days ago".
pub(super) fn before_answer(asked: Asked, language: Language) -> Option<&'static str> {
    let (english, spanish) = match asked {
        Asked::Reason => ("Presents with", "Acude por"),
        Asked::Onset => ("Onset:", "Inicio:"),
        Asked::Place => ("Location:", "Localización:"),
        Asked::Severity => ("Severity:", "Intensidad:"),
        Asked::Frequency => ("Frequency:", "Frecuencia:"),
        Asked::Quality => ("Quality:", "Carácter:"),
        Asked::Influence => ("Modifying factors:", "Factores que influyen:"),
        Asked::Age => ("Age:", "Edad:"),
        Asked::Medication => ("Takes", "Toma"),
        Asked::Allergy => ("Allergies:", "Alergias:"),
        Asked::Surgery => ("Surgical history:", "Cirugías:"),
        Asked::Occupation => ("Occupation:", "Ocupación:"),
        Asked::Whether | Asked::Other => return None,
    };
    Some(if language == Language::Spanish { spanish } else { english })
}
