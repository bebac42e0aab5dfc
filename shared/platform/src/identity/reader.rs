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
        let is_in = |section, owner| thread.section == Some(section) && thread.organization_id == owner;
        match self {
            Self::CareTeam(_) if thread.section.is_some() => Err(Error::NotFound),
            Self::CareTeam(_) | Self::Administrator(_) | Self::Machine(_) => self.may_see(thread.organization_id),
            Self::Therapist(therapist) => {
                is_in(therapist.section(), therapist.organization()).then_some(()).ok_or(Error::NotFound)
            }
            Self::Subject(subject) if !is_in(subject.section(), subject.organization()) => Err(Error::NotFound),
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

#[cfg(test)]
mod tests {
    use domain::account::{Account, AccountName};
    use domain::caller::Role;
    use domain::delivery::Channel;
    use domain::ids::{OrganizationId, PatientId, SectionId, UserId};
    use domain::patient::{Patient, PatientIds};
    use domain::phone::PhoneNumber;
    use domain::text::PersonName;
    use domain::thread::Opening;
    use domain::time::Timestamp;

    use super::super::Identity;
    use super::*;

    fn identity(role: Role) -> Identity {
        Identity {
            subject: "sub".into(),
            role,
            organization_id: OrganizationId::new(21),
            provider_id: domain::ids::ProviderId::new(9),
            user_id: UserId::new(10),
            patient: AccountName::parse("patient-123"),
            section_ids: SectionId::new(7).into_iter().collect(),
        }
    }

    fn thread(organization: u64, section: Option<u64>, account: Option<Account>) -> Thread {
        let organization_id = OrganizationId::new(organization).unwrap();
        let ids =
            PatientIds { patient_id: PatientId::from_random(1), user_id: UserId::from_random(1), organization_id };
        let now = Timestamp::from_seconds(0);
        let patient = Patient::new(ids, PhoneNumber::dummy(1), (PersonName::unknown(), None), now);
        let opening = Opening { patient: &patient, contact: None, channel: Channel::InApp };
        let section = section.and_then(SectionId::new);
        Thread { section, account, ..Thread::open(opening, (1, 1), now) }
    }

    fn user(id: u64) -> Option<Account> {
        UserId::new(id).map(|user_id| Account::User { user_id })
    }

    fn named(name: &str) -> Option<Account> {
        AccountName::parse(name).map(|name| Account::Patient { name })
    }

    /// Each row: section and account of a thread of organisation 21, and of another; then what everybody gets.
    #[test]
    fn who_sees_which_thread() {
        let seven = SectionId::new(7).unwrap();
        let doctor = CareTeam::new(identity(Role::Doctor)).unwrap();
        let here = OrganizationId::new(21).unwrap();
        let subject = Subject::new(identity(Role::Subject), seven, here).unwrap();
        let therapist = Therapist::new(identity(Role::Therapist), seven, here).unwrap();
        let patient = PatientAccount::new(identity(Role::Patient), here).unwrap();
        let readers: [Reader<'_>; 4] = [(&doctor).into(), (&subject).into(), (&therapist).into(), (&patient).into()];
        let mut table = String::new();
        for (name, thread) in [
            ("a patient's of the organisation", thread(21, None, None)),
            ("of another organisation", thread(22, None, None)),
            ("the subject's", thread(21, Some(7), user(10))),
            ("another subject's", thread(21, Some(7), user(11))),
            ("the subject's in another section", thread(21, Some(8), user(10))),
            ("the subject's of another organisation", thread(22, Some(7), user(10))),
            ("the patient's", thread(21, None, named("patient-123"))),
            ("another patient's", thread(21, None, named("patient-456"))),
            ("the patient's elsewhere", thread(22, None, named("patient-123"))),
        ] {
            let seen = readers.map(|reader| match reader.may_see_thread(&thread) {
                Ok(()) => "yes",
                Err(Error::Forbidden) => "403",
                Err(_) => "404",
            });
            table += &format!("{name}: {}\n", seen.join(" "));
        }
        insta::assert_snapshot!(table, @r"
        a patient's of the organisation: yes 404 404 404
        of another organisation: 404 404 404 404
        the subject's: 404 yes yes 404
        another subject's: 404 403 yes 404
        the subject's in another section: 404 404 404 404
        the subject's of another organisation: 404 404 404 404
        the patient's: yes 404 404 yes
        another patient's: yes 404 404 404
        the patient's elsewhere: 404 404 404 404
        ");
    }

    #[test]
    fn a_member_is_one_of_the_section_of_the_request() {
        let [seven, eight] = [7, 8].map(|section| SectionId::new(section).unwrap());
        let [here, elsewhere] = [21, 22].map(|organization| OrganizationId::new(organization).unwrap());
        assert_eq!(Subject::new(identity(Role::Subject), eight, here), Err(Error::Forbidden));
        assert_eq!(Subject::new(identity(Role::Subject), seven, elsewhere), Err(Error::Forbidden));
        assert_eq!(Therapist::new(identity(Role::Subject), seven, here), Err(Error::Forbidden));
    }
}
