//! The six texts of a summary.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::without_control_characters;

use super::section::{Section, Sections};

/// The six texts; empty where nothing was said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Why the patient comes.
    pub chief_complaint: String,
    /// The history.
    pub history_of_present_illness: String,
    /// Assessment and plan, the problems numbered.
    pub assessment_and_plan: String,
    /// The drugs that were talked about.
    pub medications_discussed: Vec<String>,
    /// The tests that were ordered.
    pub tests_ordered: Vec<String>,
    /// When to come back.
    pub follow_up_instructions: String,
}

impl Content {
    /// These texts without the parts that are not wanted. All six are always there (contract A-37).
    #[must_use]
    pub fn only(self, sections: &Sections) -> Self {
        let text = |section, text: String| if sections.has(section) { text } else { String::new() };
        let list = |section, list: Vec<String>| if sections.has(section) { list } else { Vec::new() };
        Self {
            chief_complaint: text(Section::ChiefComplaint, self.chief_complaint),
            history_of_present_illness: text(Section::Hpi, self.history_of_present_illness),
            assessment_and_plan: text(Section::AssessmentPlan, self.assessment_and_plan),
            medications_discussed: list(Section::Medications, self.medications_discussed),
            tests_ordered: list(Section::AssessmentPlan, self.tests_ordered),
            follow_up_instructions: text(Section::FollowUp, self.follow_up_instructions),
        }
    }

    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = [
            &self.chief_complaint,
            &self.history_of_present_illness,
            &self.assessment_and_plan,
            &self.follow_up_instructions,
        ];
        texts.into_iter().chain(&self.medications_discussed).chain(&self.tests_ordered).map(String::as_str)
    }
}

/// What a clinician wants otherwise; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContentWish {
    /// `content.chiefComplaint`.
    pub chief_complaint: Option<String>,
    /// `content.historyOfPresentIllness`.
    pub history_of_present_illness: Option<String>,
    /// `content.assessmentAndPlan`.
    pub assessment_and_plan: Option<String>,
    /// `content.medicationsDiscussed`.
    pub medications_discussed: Option<Vec<String>>,
    /// `content.testsOrdered`.
    pub tests_ordered: Option<Vec<String>>,
    /// `content.followUpInstructions`.
    pub follow_up_instructions: Option<String>,
    /// `version`: the one that the clinician saw.
    pub version: Option<u32>,
}

const LONGEST_TEXT: usize = 20_000;
const LONGEST_ENTRY: usize = 500;
const MOST_ENTRIES: usize = 200;

impl ContentWish {
    /// Checks what a clinician wrote.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn checked(self) -> Result<Self> {
        let texts = [
            ("content.chiefComplaint", &self.chief_complaint),
            ("content.historyOfPresentIllness", &self.history_of_present_illness),
            ("content.assessmentAndPlan", &self.assessment_and_plan),
            ("content.followUpInstructions", &self.follow_up_instructions),
        ];
        let lists = [
            ("content.medicationsDiscussed", &self.medications_discussed),
            ("content.testsOrdered", &self.tests_ordered),
        ];
        let is_empty = texts.iter().all(|(_, text)| text.is_none()) && lists.iter().all(|(_, list)| list.is_none());
        if is_empty {
            return Err(Error::invalid("content", "content must have at least one of its six members."));
        }
        for (field, text) in texts {
            text.as_deref().map(|text| short(field, text, LONGEST_TEXT)).transpose()?;
        }
        for (field, list) in lists {
            let list = list.as_deref().unwrap_or_default();
            if list.len() > MOST_ENTRIES {
                return Err(Error::invalid(field, format!("{field} must have at most {MOST_ENTRIES} entries.")));
            }
            list.iter().try_for_each(|entry| short(field, entry, LONGEST_ENTRY))?;
        }
        Ok(self)
    }

    /// A content with what is wanted otherwise.
    #[must_use]
    pub fn applied(&self, content: &Content) -> Content {
        let text = |wish: &Option<String>, own: &String| wish.as_ref().unwrap_or(own).clone();
        let list = |wish: &Option<Vec<String>>, own: &Vec<String>| wish.as_ref().unwrap_or(own).clone();
        Content {
            chief_complaint: text(&self.chief_complaint, &content.chief_complaint),
            history_of_present_illness: text(&self.history_of_present_illness, &content.history_of_present_illness),
            assessment_and_plan: text(&self.assessment_and_plan, &content.assessment_and_plan),
            medications_discussed: list(&self.medications_discussed, &content.medications_discussed),
            tests_ordered: list(&self.tests_ordered, &content.tests_ordered),
            follow_up_instructions: text(&self.follow_up_instructions, &content.follow_up_instructions),
        }
    }
}

fn short(field: &'static str, text: &str, most: usize) -> Result<()> {
    without_control_characters(field, text)?;
    if text.chars().count() > most {
        return Err(Error::invalid(field, format!("{field} must have at most {most} characters.")));
    }
    Ok(())
}
