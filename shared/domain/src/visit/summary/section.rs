//! Which parts of a summary are wanted, and in what form.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A part of a summary (`includeSections`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Why the patient comes.
    ChiefComplaint,
    /// The history.
    Hpi,
    /// Assessment and plan; the tests that were ordered come with it (contract A-37).
    AssessmentPlan,
    /// The drugs that were talked about.
    Medications,
    /// When to come back.
    FollowUp,
}

impl Section {
    const ALL: [(Self, &str); 5] = [
        (Self::ChiefComplaint, "chief_complaint"),
        (Self::Hpi, "hpi"),
        (Self::AssessmentPlan, "assessment_plan"),
        (Self::Medications, "medications"),
        (Self::FollowUp, "follow_up"),
    ];
}

/// The wanted parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sections(Vec<Section>);

impl Default for Sections {
    fn default() -> Self {
        Self(Section::ALL.map(|(section, _)| section).to_vec())
    }
}

impl Sections {
    /// The parts that a request names; all of them when it names none.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a part that no summary has.
    pub fn parse(raw: Option<&[String]>) -> Result<Self> {
        let Some(raw) = raw.filter(|raw| !raw.is_empty()) else { return Ok(Self::default()) };
        let known = |name: &String| Section::ALL.into_iter().find(|(_, known)| known == name);
        let mut sections = Vec::new();
        for name in raw {
            let (section, _) = known(name).ok_or_else(|| {
                let names = Section::ALL.map(|(_, name)| name).join(", ");
                Error::invalid("includeSections", format!("includeSections may have {names}."))
            })?;
            if !sections.contains(&section) {
                sections.push(section);
            }
        }
        Ok(Self(sections))
    }

    /// Whether a part is wanted.
    #[must_use]
    pub fn has(&self, section: Section) -> bool {
        self.0.contains(&section)
    }
}

/// Checks the form that a request wants: there is one.
///
/// # Errors
/// [`Error::Invalid`] for another one.
pub fn format(raw: Option<&str>) -> Result<()> {
    match raw {
        None | Some("clinical_note") => Ok(()),
        Some(_) => Err(Error::invalid("format", "format must be clinical_note.")),
    }
}
