//! `Records`: `pk = SECTION#<section>`, `sk = SETTINGS` for how it works, `sk = MEMBER#<role>#<user>` for who is in it.

use domain::error::{Error, Result};
use domain::ids::{OrganizationId, SectionId, UserId};
use domain::section::{Member, MemberRole, NamedTherapist, Section};
use domain::thread::Thread;

use super::guards::{self, Guard, KeptBy};
use super::providers::written;
use super::retry::Attempt;
use super::transaction::{Mark, Transaction, Written};
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::{Identity, Memberships, Operator, Subject, Therapist};

/// More members of one role than a section has; alerts of a section go to each of its therapists in turn.
const MOST: u32 = 200;

fn settings_key(section: SectionId) -> Item {
    key(format!("SECTION#{section}"), "SETTINGS")
}

fn member_key(section: SectionId, role: MemberRole, user: UserId) -> Item {
    key(format!("SECTION#{section}"), format!("MEMBER#{}#{:016}", role.name(), user.get()))
}

/// Whose a section is, for whoever checks that a token which lists the section is of the same organisation. One that nobody has
/// set up becomes that of the first token that names one, and stays so.
///
/// # Errors
/// [`Error::Forbidden`] when it is another organisation's; [`Error::Missing`] when nobody knows whose it is.
pub async fn owner(app: &App, section: SectionId, identity: &Identity) -> Result<OrganizationId> {
    let owner = match app.store.memory.owner(section) {
        Some(owner) => owner,
        None => settle(app, section, identity.organization()).await?,
    };
    app.store.memory.remember_owner(section, owner);
    identity.may_be_of(owner)?;
    Ok(owner)
}

async fn settle(app: &App, section: SectionId, claimed: Option<OrganizationId>) -> Result<OrganizationId> {
    if let Some(kept) = kept(app, section).await? {
        return Ok(kept.organization_id);
    }
    let claimed = claimed.ok_or(Error::Missing("Section not found"))?;
    let mut transaction = Transaction::default();
    put(app, &mut transaction, &Section { version: 1, ..Section::new(section, claimed) })?;
    match transaction.insist(app).await? {
        // Another request was first.
        Written::Refused(_) => Ok(kept(app, section).await?.ok_or(Error::Busy)?.organization_id),
        other => written(&other).map(|()| claimed),
    }
}

async fn kept(app: &App, section: SectionId) -> Result<Option<Section>> {
    app.store.get(&app.store.tables.records, settings_key(section)).await
}

/// A section as it is kept, or as every new section works.
async fn of_organization(app: &App, section: SectionId, organization: OrganizationId) -> Result<Section> {
    Ok(kept(app, section).await?.unwrap_or_else(|| Section::new(section, organization)))
}

/// A subject in each of their sections; in none that is nobody's, or another organisation's.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_memberships(app: &App, memberships: &Memberships) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for section in memberships.sections() {
        match owner(app, *section, memberships.identity()).await {
            Ok(owner) => subjects.push(Subject::new(memberships.identity().clone(), *section, owner)?),
            Err(Error::Forbidden | Error::Missing(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(subjects)
}

/// The section of a subject.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_subject(app: &App, subject: &Subject) -> Result<Section> {
    of_organization(app, subject.section(), subject.organization()).await
}

/// The section of a therapist.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_therapist(app: &App, therapist: &Therapist) -> Result<Section> {
    of_organization(app, therapist.section(), therapist.organization()).await
}

/// The section of a thread that its reader was given; nothing for a thread of no section.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_thread(app: &App, thread: &Thread) -> Result<Option<Section>> {
    let Some(section) = thread.section else { return Ok(None) };
    of_organization(app, section, thread.organization_id).await.map(Some)
}

/// The name of the subject in the directory.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn name_of_subject(app: &App, subject: &Subject) -> Result<Option<Member>> {
    let key = member_key(subject.section(), MemberRole::Subject, subject.user());
    app.store.get(&app.store.tables.records, key).await
}

/// The therapist by the name in the directory; one whom the directory does not know writes as "Therapist".
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn name_of_therapist(app: &App, therapist: &Therapist) -> Result<NamedTherapist> {
    let key = member_key(therapist.section(), MemberRole::Therapist, therapist.user());
    let found: Option<Member> = app.store.get(&app.store.tables.records, key).await?;
    let unknown = || NamedTherapist { user_id: therapist.user(), name: "Therapist".to_owned() };
    Ok(found.as_ref().map_or_else(unknown, NamedTherapist::from))
}

/// The therapists of a section that its reader was given, in the order of their numbers.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn therapists(app: &App, section: &Section) -> Result<Vec<Member>> {
    let page = app.store.query(Query {
        table: &app.store.tables.records,
        index: None,
        partition: ("pk", text(format!("SECTION#{}", section.section_id))),
        between: Some(("sk", text("MEMBER#therapist#"), text("MEMBER#therapist#~"))),
        ascending: true,
        limit: MOST,
        after: None,
    });
    page.await?.items.into_iter().map(row).collect()
}

/// Keeps how a section works, over the version that was read, or only uses the guard up when nothing changes. Says whether an
/// earlier request with the same guard was first.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when the guard belongs to another body; [`Error::Unconfirmed`] when no answer came.
pub async fn keep(app: &App, therapist: &Therapist, changed: Option<&Section>, guard: &Guard) -> Result<Attempt<bool>> {
    let mut transaction = Transaction::default();
    if let Some(section) = changed {
        put(app, &mut transaction, section)?;
    }
    let pointer = guard.pointer(therapist.section().get(), false);
    Ok(match guards::keep(app, transaction, (guard, pointer)).await? {
        Attempt::Done(by) => Attempt::Done(by != KeptBy::Us),
        Attempt::Raced => Attempt::Raced,
    })
}

fn put(app: &App, transaction: &mut Transaction, section: &Section) -> Result<()> {
    let table = &app.store.tables.records;
    let row = item(settings_key(section.section_id), section)?;
    match section.version.checked_sub(1) {
        None | Some(0) => transaction.put_new(Mark::Row, table, row),
        Some(read) => transaction.put_over(table, row, read),
    }
}

/// Keeps a member, and with the first one the section's organisation.
///
/// # Errors
/// [`Error::NotFound`] for an organisation for which the operator does not act; [`Error::Invalid`] when the section is
/// another organisation's.
pub async fn keep_member(app: &App, operator: &Operator, (section, member): (&Section, &Member)) -> Result<()> {
    operator.acts_for(section.organization_id)?;
    let kept = kept(app, section.section_id).await?;
    let mut transaction = Transaction::default();
    match kept {
        Some(kept) if kept.organization_id != section.organization_id => {
            operator.acts_for(kept.organization_id)?;
            return Err(Error::invalid("organization_id", "organization_id must be that of the section."));
        }
        Some(_) => {}
        None => put(app, &mut transaction, &Section { version: 1, ..section.clone() })?,
    }
    let other = match member.role {
        MemberRole::Therapist => MemberRole::Subject,
        MemberRole::Subject => MemberRole::Therapist,
    };
    let table = &app.store.tables.records;
    transaction.delete(table, member_key(member.section_id, other, member.user_id))?;
    transaction.put(table, item(member_key(member.section_id, member.role, member.user_id), member)?)?;
    match transaction.insist(app).await? {
        // Another request set the section up at the same moment.
        Written::Refused(_) => Err(Error::Busy),
        other => written(&other),
    }
}

/// Takes a member out of the directory. Whether they may come in is for their token to say.
///
/// # Errors
/// [`Error::NotFound`] for a section that nobody knows, or of an organisation for which the operator does not act.
pub async fn remove_member(app: &App, operator: &Operator, section: SectionId, user: UserId) -> Result<()> {
    let kept = kept(app, section).await?.ok_or(Error::NotFound)?;
    operator.acts_for(kept.organization_id)?;
    let mut transaction = Transaction::default();
    for role in [MemberRole::Therapist, MemberRole::Subject] {
        transaction.delete(&app.store.tables.records, member_key(section, role, user))?;
    }
    written(&transaction.insist(app).await?)
}
