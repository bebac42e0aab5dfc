//! One attempt at a switch of who answers a thread, and what it came to: now, or by an earlier request with the same key.

use domain::append::{Change, append};
use domain::care::Care;
use domain::error::Result;
use domain::handoff::{Moment, Parties, SwitchRequest, Target, fits, switch, unknown_provider};
use domain::ids::{ProviderId, ThreadNo, ThreadRef};
use domain::patient::Patient;
use domain::responder::Responder;
use domain::template::Template;
use domain::thread::{Assignee, Thread};
use domain::time::Timestamp;
use platform::App;
use platform::conversation::line::Line;
use platform::identity::CareTeam;
use platform::store::append::{Alongside, Kept, keep, keep_nothing, kept_before};
use platform::store::guards::Guard;
use platform::store::retry::Attempt;
use platform::store::{patients, providers, templates, threads};

use crate::brief::BriefView;

/// Who answers a thread after a switch, and who did before.
pub(crate) struct Switched {
    pub(crate) thread: ThreadNo,
    pub(crate) previous: Responder,
    pub(crate) current: Responder,
    /// Who is responsible.
    pub(crate) assigned: Option<Assignee>,
    /// For a human who takes over.
    pub(crate) brief: Option<BriefView>,
    /// Whether the patient is told.
    pub(crate) says: bool,
    /// When the assistant's turn is.
    pub(crate) turn_due: Option<Timestamp>,
    pub(crate) again: bool,
}

impl Switched {
    fn new(read: &Thread, care: &Care) -> Self {
        Self {
            thread: read.thread,
            previous: read.care.responder,
            current: care.responder,
            assigned: care.assigned.clone(),
            brief: None,
            says: false,
            turn_due: care.assistant.due,
            again: false,
        }
    }

    /// What the guard remembers, so that a repeated request is answered the same whatever came after the first.
    fn memo(&self) -> String {
        let assigned = self.assigned.as_ref().map_or(0, |assignee| assignee.provider_id.get());
        format!("{} {} {assigned} {}", self.previous.name(), self.current.name(), self.says)
    }

    /// The answer to a repeated request.
    async fn again(mut self, app: &App, caller: &CareTeam, memo: Option<&str>) -> Result<Self> {
        let mut words = memo.unwrap_or_default().split(' ');
        let mut responder = || words.next().and_then(|name| Responder::parse(name).ok());
        if let (Some(previous), Some(current)) = (responder(), responder()) {
            (self.previous, self.current) = (previous, current);
        }
        let id = words.next().and_then(|id| id.parse().ok()).and_then(ProviderId::new);
        self.says = words.next() == Some("true");
        self.assigned = match id {
            Some(id) => providers::find(app, caller, id).await?.as_ref().map(Assignee::from),
            None => None,
        };
        Ok(Self { turn_due: None, again: true, ..self })
    }
}

/// Switches once. Everything that the answer needs is read before anything is kept: a refusal means that nothing changed.
pub(crate) async fn attempt(
    app: &App,
    caller: &CareTeam,
    (named, request): (ThreadRef, &SwitchRequest),
    guard: &Guard,
) -> Result<Attempt<Switched>> {
    let thread = threads::load(app, caller, named).await?;
    let (target, around) =
        tokio::join!(target(app, caller, request.to), Around::of(app, caller, (&thread, request.to)));
    let around = around?;
    let provider = match target {
        Ok(provider) => provider,
        // What was switched once is answered again, even if it would be refused now.
        Err(refusal) => {
            let Some(Kept::Before { memo, .. }) = kept_before(app, guard).await? else { return Err(refusal) };
            let switched = Switched { brief: around.brief, ..Switched::new(&thread, &thread.care) };
            return switched.again(app, caller, memo.as_deref()).await.map(Attempt::Done);
        }
    };
    let zone = around.patient.zone(&app.config.hours.zone);
    let moment = Moment { now: app.now(), zone: &zone, quiet: app.config.hours.quiet };
    let parties = Parties { caller: &around.own, provider: provider.as_ref(), template: &around.template };
    let change = switch(&thread, request, parties, moment);
    let (switched, kept) = kept(app, &thread, (change, &around), guard).await?;
    let switched = Switched { brief: around.brief, ..switched };
    Ok(match kept {
        Attempt::Raced => Attempt::Raced,
        Attempt::Done(Kept::Now) => Attempt::Done(switched),
        Attempt::Done(Kept::Before { memo, .. }) => Attempt::Done(switched.again(app, caller, memo.as_deref()).await?),
    })
}

/// Keeps a switch; one that changes nothing uses its key up.
async fn kept(
    app: &App,
    thread: &Thread,
    (change, around): (Option<Change>, &Around),
    guard: &Guard,
) -> Result<(Switched, Attempt<Kept>)> {
    let Some(change) = change else {
        let switched = Switched::new(thread, &thread.care);
        let kept = keep_nothing(app, thread.thread, &guard.remembering(&switched.memo())).await?;
        return Ok((switched, kept));
    };
    let append = append(thread, change, app.now())?;
    let care = &append.thread.care;
    let switched = Switched { says: !append.messages.is_empty(), ..Switched::new(thread, care) };
    let taken = care.assigned.as_ref().filter(|assignee| !thread.care.is_assigned_to(assignee.provider_id));
    let patient = &around.patient;
    let alongside = Alongside {
        patient: taken.map(|taken| (patient, patient.with_open_thread(taken.provider_id, thread.thread))),
        ..around.line.alongside(&append)
    };
    let kept = keep(app, &append, &guard.remembering(&switched.memo()), alongside).await?;
    Ok((switched, kept))
}

/// What a switch rests on beside the thread.
struct Around {
    own: Assignee,
    patient: Patient,
    line: Line,
    template: Template,
    brief: Option<BriefView>,
}

impl Around {
    async fn of(app: &App, caller: &CareTeam, (thread, to): (&Thread, Target)) -> Result<Self> {
        let (own, patient, line, template, brief) = tokio::try_join!(
            providers::of_caller(app, caller),
            patients::load(app, caller, thread.patient_id),
            Line::of_thread(app, caller.into(), thread),
            templates::of_caller(app, caller),
            brief(app, thread, to),
        )?;
        Ok(Self { own: Assignee::from(&own), patient, line, template, brief })
    }
}

/// The human who answers from now on.
async fn target(app: &App, caller: &CareTeam, to: Target) -> Result<Option<Assignee>> {
    let Target::Provider { responder, provider_id } = to else { return Ok(None) };
    let provider = providers::find(app, caller, provider_id).await?.ok_or_else(unknown_provider)?;
    let assignee = Assignee::from(&provider);
    fits(responder, &assignee)?;
    Ok(Some(assignee))
}

async fn brief(app: &App, thread: &Thread, to: Target) -> Result<Option<BriefView>> {
    match to {
        Target::Assistant => Ok(None),
        Target::Provider { .. } => BriefView::of(app, thread).await.map(Some),
    }
}
