//! What is there from the start: the providers and the members of sections of the seeded accounts, and two demonstration
//! patients.

use domain::caller::ProviderRole;
use domain::contact::{Contact, ContactKey, ContactPatient};
use domain::ids::{OrganizationId, PatientId, ProviderId, SectionId, SubscriptionId, UserId};
use domain::patient::{Patient, PatientIds, Subscription, SubscriptionStatus};
use domain::phone::PhoneNumber;
use domain::provider::Provider;
use domain::section::{Member, MemberRole, Section};
use domain::text::PersonName;
use platform::App;
use platform::identity::{Machine, Operator};
use platform::store::append::ContactChange;
use platform::store::guards::Guard;
use platform::store::patients::{self, PatientWrite};
use platform::store::{contacts, providers, sections};

use crate::accounts::{Account, accounts};
use crate::settings::ORGANIZATION;
use crate::stack::StartError;

/// Writes what is there from the start, once per data directory.
///
/// # Errors
/// [`StartError`] when the tables do not answer.
pub(crate) async fn seed(app: &App, operator: &Operator) -> Result<(), StartError> {
    for account in accounts() {
        members(app, operator, &account).await?;
        let role = match account.role {
            "doctor" => ProviderRole::Doctor,
            "human_staff" => ProviderRole::HumanStaff,
            _ => continue,
        };
        let (organization, id) = (account.organization_id.unwrap_or(0), account.provider_id.unwrap_or(0));
        let ids = OrganizationId::new(organization).zip(ProviderId::new(id)).zip(PersonName::received(account.name));
        let Some(((organization_id, provider_id), name)) = ids else {
            continue;
        };
        let specialty = (role == ProviderRole::Doctor).then(|| "General Practice".to_owned());
        let provider = Provider { provider_id, organization_id, name, role, specialty, phone: None };
        providers::keep(app, operator, &provider).await?;
    }
    let active = SubscriptionId::new(991).map(|id| Subscription { id, status: SubscriptionStatus::Active });
    patient(app, (101, "Grace", "Demo", "+2347000000101"), active).await?;
    patient(app, (102, "Peter", "Demo", "+2347000000102"), None).await
}

/// The account as a member of its sections.
async fn members(app: &App, operator: &Operator, account: &Account) -> Result<(), StartError> {
    let role = match account.role {
        "therapist" => MemberRole::Therapist,
        "subject" => MemberRole::Subject,
        _ => return Ok(()),
    };
    let user = account.user_id.and_then(UserId::new).zip(PersonName::received(account.name));
    let Some(((user_id, name), organization_id)) = user.zip(OrganizationId::new(ORGANIZATION)) else {
        return Ok(());
    };
    for section_id in account.section_ids.iter().copied().filter_map(SectionId::new) {
        let member = Member { section_id, user_id, name: name.clone(), role };
        sections::keep_member(app, operator, (&Section::new(section_id, organization_id), &member)).await?;
    }
    Ok(())
}

async fn patient(
    app: &App,
    (id, first, last, phone): (u64, &str, &str, &str),
    subscription: Option<Subscription>,
) -> Result<(), StartError> {
    let ids = PatientId::new(id).zip(UserId::new(id)).zip(OrganizationId::new(ORGANIZATION));
    let Some(((patient_id, user_id), organization_id)) = ids else {
        return Ok(());
    };
    let names = PersonName::received(first).zip(PersonName::received(last));
    let Some(((first_name, last_name), phone_number)) = names.zip(PhoneNumber::parse(phone, None).ok()) else {
        return Ok(());
    };
    let ids = PatientIds { patient_id, user_id, organization_id };
    let patient = Patient {
        added_by: ProviderId::new(9),
        subscription,
        demo: true,
        ..Patient::new(ids, phone_number, (first_name, Some(last_name)), app.now())
    };
    keep(app, &patient).await
}

/// A start that was cut off finds the patient and goes on.
async fn keep(app: &App, patient: &Patient) -> Result<(), StartError> {
    let Some(key) = ContactKey::from_phone(&patient.phone_number) else {
        return Ok(());
    };
    let machine = Machine::of_invocation();
    let read = contacts::find(app, machine.into(), std::slice::from_ref(&key)).await?.contact;
    let behind = ContactPatient { organization_id: patient.organization_id, patient_id: patient.patient_id };
    if read.as_ref().is_some_and(|contact| contact.patients.contains(&behind)) {
        return Ok(());
    }
    let contact = read.clone().unwrap_or_else(|| Contact::new(key)).with_patient(behind);
    let contact = Some(ContactChange { read: read.as_ref(), contact, aliases: Vec::new(), joined: &[] });
    let guard = Guard::of_request(app, None, b"");
    patients::keep(app, PatientWrite::New { patient, contact: contact.as_ref() }, &guard).await?;
    Ok(())
}
