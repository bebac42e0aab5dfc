//! Whoever may read tenant data, as an argument of the store's functions.

use domain::error::{Error, Result};
use domain::ids::OrganizationId;
use domain::thread::Thread;

use super::{Administrator, CareTeam, Correspondent, Machine, PatientAccount, Subject, Therapist};

/// Whoever may read tenant data.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// Within one organisation, but for the conversations of its sections.
    CareTeam(&'a CareTeam),
    /// Their own conversations in one section.
    Subject(&'a Subject),
    /// The conversations of one section.
    Therapist(&'a Therapist),
    /// Their own conversations.
    Patient(&'a PatientAccount),
    /// Within one organisation, or everywhere.
    Administrator(&'a Administrator),
    /// Everything that the invocation is about.
    Machine(Machine),
}

impl Reader<'_> {
    /// Whether this reader may see what belongs to an organisation as a whole.
    ///
    /// # Errors
    /// [`Error::NotFound`] otherwise: across tenants there is no hint.
    pub fn may_see(self, organization: OrganizationId) -> Result<()> {
        match self {
            Self::CareTeam(caller) if caller.organization() != organization => Err(Error::NotFound),
            Self::Administrator(administrator) => administrator.may_see(organization),
            Self::CareTeam(_) | Self::Machine(_) => Ok(()),
            Self::Subject(_) | Self::Therapist(_) | Self::Patient(_) => Err(Error::NotFound),
        }
    }

    /// Whether this reader may see a thread.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another subject's conversation in the own section; [`Error::NotFound`] otherwise.
    pub fn may_see_thread(self, thread: &Thread) -> Result<()> {
        let is_in = |section| thread.section == Some(section);
        match self {
            Self::CareTeam(_) if thread.section.is_some() => Err(Error::NotFound),
            Self::CareTeam(_) | Self::Administrator(_) | Self::Machine(_) => self.may_see(thread.organization_id),
            Self::Therapist(therapist) => is_in(therapist.section()).then_some(()).ok_or(Error::NotFound),
            Self::Subject(subject) if !is_in(subject.section()) => Err(Error::NotFound),
            Self::Subject(subject) => (thread.account == Some(subject.account())).then_some(()).ok_or(Error::Forbidden),
            Self::Patient(patient) => {
                let is_own = thread.account.as_ref() == Some(patient.account());
                let is_here = thread.organization_id == patient.organization() && thread.section.is_none();
                (is_own && is_here).then_some(()).ok_or(Error::NotFound)
            }
        }
    }
}

impl<'a> From<&'a CareTeam> for Reader<'a> {
    fn from(caller: &'a CareTeam) -> Self {
        Self::CareTeam(caller)
    }
}

impl<'a> From<&'a Subject> for Reader<'a> {
    fn from(subject: &'a Subject) -> Self {
        Self::Subject(subject)
    }
}

impl<'a> From<&'a Therapist> for Reader<'a> {
    fn from(therapist: &'a Therapist) -> Self {
        Self::Therapist(therapist)
    }
}

impl<'a> From<&'a PatientAccount> for Reader<'a> {
    fn from(patient: &'a PatientAccount) -> Self {
        Self::Patient(patient)
    }
}

impl<'a> From<&'a Administrator> for Reader<'a> {
    fn from(administrator: &'a Administrator) -> Self {
        Self::Administrator(administrator)
    }
}

impl<'a> From<&'a Correspondent> for Reader<'a> {
    fn from(correspondent: &'a Correspondent) -> Self {
        match correspondent {
            Correspondent::Patient(patient) => patient.into(),
            Correspondent::CareTeam(caller) => caller.into(),
            Correspondent::Administrator(administrator) => administrator.into(),
        }
    }
}

impl From<Machine> for Reader<'_> {
    fn from(machine: Machine) -> Self {
        Self::Machine(machine)
    }
}
