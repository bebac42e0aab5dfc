//! `Records`: `pk = SECTION#<section>`, `sk = SETTINGS` for how it works, `sk = MEMBER#<role>#<user>` for who is in it.

use domain::error::{Error, Result};
use domain::ids::{SectionId, UserId};
use domain::section::{Member, MemberRole, NamedTherapist, Section};
use domain::thread::Thread;

use super::guards::{self, Guard};
use super::providers::written;
use super::retry::Attempt;
use super::transaction::{Mark, Transaction, Written};
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::{Identity, Operator, Subject, Therapist};

/// More members of one role than a section has; alerts of a section go to each of its therapists in turn.
const MOST: u32 = 200;

fn settings_key(section: SectionId) -> Item {
    key(format!("SECTION#{section}"), "SETTINGS")
}

fn member_key(section: SectionId, role: MemberRole, user: UserId) -> Item {
    key(format!("SECTION#{section}"), format!("MEMBER#{}#{:016}", role.name(), user.get()))
}

/// A section as its member finds it: what nobody has set up works as every new section does, in the organisation that the
/// token names. A token of another organisation opens nothing, whatever sections it lists.
async fn find(app: &App, section: SectionId, identity: &Identity) -> Result<Section> {
    let found: Option<Section> = app.store.get(&app.store.tables.records, settings_key(section)).await?;
    match (found, identity.organization()) {
        (Some(found), Some(own)) if found.organization_id != own => Err(Error::Forbidden),
        (Some(found), _) => Ok(found),
        (None, Some(own)) => Ok(Section::new(section, own)),
        (None, None) => Err(Error::Missing("Section not found")),
    }
}

/// The section of a subject.
///
/// # Errors
/// [`Error::Forbidden`] when it is another organisation's; [`Error::Missing`] when nobody knows whose it is.
pub async fn of_subject(app: &App, subject: &Subject) -> Result<Section> {
    find(app, subject.section(), subject.identity()).await
}

/// The section of a therapist.
///
/// # Errors
/// As [`of_subject`].
pub async fn of_therapist(app: &App, therapist: &Therapist) -> Result<Section> {
    find(app, therapist.section(), therapist.identity()).await
}

/// The section of a thread that its reader was given; nothing for a thread of no section.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_thread(app: &App, thread: &Thread) -> Result<Option<Section>> {
    let Some(section) = thread.section else { return Ok(None) };
    let found: Option<Section> = app.store.get(&app.store.tables.records, settings_key(section)).await?;
    Ok(Some(found.unwrap_or_else(|| Section::new(section, thread.organization_id))))
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

/// Keeps how a section works, over the version that was read.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when the guard belongs to another body; [`Error::Unconfirmed`] when no answer came.
pub async fn keep(app: &App, _: &Therapist, section: &Section, guard: &Guard) -> Result<Attempt<()>> {
    let mut transaction = Transaction::default();
    put(app, &mut transaction, section)?;
    let pointer = guard.pointer(section.section_id.get(), false);
    Ok(match guards::keep(app, transaction, (guard, pointer)).await? {
        Attempt::Done(_) => Attempt::Done(()),
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
    let kept: Option<Section> = app.store.get(&app.store.tables.records, settings_key(section.section_id)).await?;
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
