//! Who answers patients: the doctors, their devices, and the template with which they open conversations.

use std::rc::Rc;

use domain::caller::ProviderRole;
use domain::ids::ProviderId;
use domain::provider::Provider;
use domain::template::{CHECK_IN_BODY, Language, Template, TemplateName};
use domain::text::PersonName;

use crate::world::organization;

/// A doctor.
#[derive(Debug)]
pub(crate) struct Doctor {
    pub(crate) provider: Provider,
}

/// All doctors, and their template.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) doctors: Vec<Rc<Doctor>>,
    pub(crate) template: Template,
}

impl Desk {
    /// A desk with so many doctors; absent when the product would refuse the names.
    pub(crate) fn of(doctors: u64) -> Option<Self> {
        let template = Template {
            name: TemplateName::parse("doctor_check_in").ok()?,
            language: Language::parse("en_US").ok()?,
            body: domain::template::body(CHECK_IN_BODY).ok()?,
            approved: true,
        };
        let doctors = (1..=doctors).map(doctor).collect::<Option<Vec<_>>>()?;
        Some(Self { doctors, template })
    }
}

fn doctor(number: u64) -> Option<Rc<Doctor>> {
    let provider = Provider {
        provider_id: ProviderId::new(number)?,
        organization_id: organization(),
        name: PersonName::parse("name", &format!("Dr. {number}")).ok()??,
        role: ProviderRole::Doctor,
        specialty: None,
        phone: None,
    };
    Some(Rc::new(Doctor { provider }))
}
