//! `Records`: `pk = SECTION#<section>`, `sk = SETTINGS` for how it works, `sk = MEMBER#<role>#<user>` for who is in it.

use domain::error::{Error, Result};
use domain::ids::{SectionId, UserId};
use domain::section::{Member, MemberRole, NamedTherapist, Section};

use super::guards::{self, Guard};
use super::providers::written;
use super::retry::Attempt;
use super::transaction::{Mark, Transaction, Written};
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::{Machine, Operator, Subject, Therapist};

/// More members of one role than a section has; alerts of a section go to each of its therapists in turn.
const MOST: u32 = 200;

fn settings_key(section: SectionId) -> Item {
    key(format!("SECTION#{section}"), "SETTINGS")
}

fn member_key(section: SectionId, role: MemberRole, user: UserId) -> Item {
    key(format!("SECTION#{section}"), format!("MEMBER#{}#{:016}", role.name(), user.get()))
}

async fn find(app: &App, section: SectionId) -> Result<Section> {
    let found: Option<Section> = app.store.get(&app.store.tables.records, settings_key(section)).await?;
    Ok(found.unwrap_or_else(|| Section::new(section, app.config.default_organization)))
}

/// The section of a subject.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_subject(app: &App, subject: &Subject) -> Result<Section> {
    find(app, subject.section()).await
}

/// The section of a therapist.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_therapist(app: &App, therapist: &Therapist) -> Result<Section> {
    find(app, therapist.section()).await
}

/// The section of a thread that an invocation is about.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn of_machine(app: &App, _: Machine, section: SectionId) -> Result<Section> {
    find(app, section).await
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
