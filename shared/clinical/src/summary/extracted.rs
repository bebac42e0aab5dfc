//! What of a visit a form has fields for: symptoms with their attributes, vital signs, diagnoses with codes.
//!
//! Source: document 004, `extractedData` of `POST /api/summaries/generate`.

use serde::Serialize;

pub use self::diagnosed::{NamedDiagnosis, Standing};
pub use self::reported::ReportedSymptom;
pub use self::vital::VitalSign;
use super::line::Line;
use crate::context::Context;
use crate::diagnosis::{Diagnosis, DiagnosisMention};
use crate::span::Span;
use crate::symptom::{self, SymptomMention};
use crate::visit::{Turn, Visit};

mod attribute;
mod diagnosed;
mod reported;
mod vital;

/// What was extracted; empty lists where nothing was said.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Extracted {
    /// The symptoms that the patient has, in the order in which they were told. What is denied, somebody else's, past or only
    /// possible is none.
    pub symptoms: Vec<ReportedSymptom>,
    /// The vital signs, one of each kind: the last that the clinician names, otherwise the last that the patient tells.
    pub vital_signs: Vec<VitalSign>,
    /// The diagnoses: what the clinician says it is before what was known.
    pub diagnoses: Vec<NamedDiagnosis>,
}

/// What is found in a turn, once for all that is extracted.
struct Found {
    symptoms: Vec<SymptomMention>,
    diagnoses: Vec<DiagnosisMention>,
    context: Context,
}

impl Found {
    fn of(turn: &Turn<'_>) -> Self {
        Self {
            symptoms: symptom::find(&turn.text),
            diagnoses: Diagnosis::find(&turn.text),
            context: Context::read(&turn.text),
        }
    }
}

/// Those of a list, sorted by where they stand, that lie within a stretch.
fn within<T>(found: &[T], span: Span, place: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let start = found.partition_point(|found| place(found).start < span.start);
    found.iter().skip(start).take_while(move |found| place(found).end <= span.end)
}

/// Extracts from the lines of a visit, before any was left out.
pub(super) fn of(visit: &Visit<'_>, lines: &[Line]) -> Extracted {
    let found: Vec<Found> = visit.turns().iter().map(Found::of).collect();
    Extracted {
        symptoms: reported::of(visit, &found, lines),
        vital_signs: vital::of(visit),
        diagnoses: diagnosed::of(visit, &found, lines),
    }
}
