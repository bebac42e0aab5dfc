//! `POST /api/actions/detect` (MI-detect): the orders in a text, kept as actions of the visit; subscribers are told of each.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::State;
use clinical::record::{Chart, orders};
use domain::error::{Error, Result};
use domain::event::{EventDraft, EventKind, Subject};
use domain::ids::VisitNo;
use domain::visit::Visit;
use domain::visit::action::{Action, HeardIn, add};
use domain::visit::utterance::{Role, visit_of};
use platform::App;
use platform::identity::Clinician;
use platform::points::Point;
use platform::store::actions::{self, Detection, Found};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::utterances;
use platform::store::visits::{self, Change, Kept, keep, keep_nothing, kept_before};
use platform::webhook::payload::Payload;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, TRANSCRIPT_BODY, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::Visits;
use crate::keep::{announce, told};
use crate::view::action::{DetectedActionView, ToldAction};
use crate::view::conversation::ToldConversation;

mod context;

use context::ContextBody;

/// Earlier actions that are held against new ones: more than a visit has.
const EARLIER: u32 = 200;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DetectBody {
    #[schema(example = "conv_1048583", required = true, nullable = false)]
    conversation_id: Option<String>,
    /// At most 262,144 characters.
    #[schema(
        example = "I'll prescribe amoxicillin 500mg twice daily for 7 days and order a chest X-ray",
        required = true,
        nullable = false
    )]
    text: Option<String>,
    /// The utterance in which it was said, by its id or by the client's own name of it. The same text of an utterance is looked at
    /// once.
    utterance_id: Option<String>,
    context: Option<ContextBody>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DetectionView {
    actions: Vec<DetectedActionView>,
    stats: DetectionStatsView,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DetectionStatsView {
    #[schema(example = 2)]
    total_detected: usize,
    /// How many of each type there are.
    by_type: BTreeMap<&'static str, usize>,
}

impl DetectionView {
    fn of(actions: &[Action]) -> Self {
        let mut by_type = BTreeMap::new();
        for action in actions {
            *by_type.entry(action.order.kind.name()).or_default() += 1;
        }
        let stats = DetectionStatsView { total_detected: actions.len(), by_type };
        Self { actions: actions.iter().map(DetectedActionView::of).collect(), stats }
    }
}

/// A text that is to be looked at.
struct Wish<'a> {
    visit: VisitNo,
    text: &'a str,
    heard_in: Option<HeardIn>,
    chart: Chart,
}

/// Detect medical actions in a text.
#[utoipa::path(
    post,
    path = "/api/actions/detect",
    tag = "interpreter visits",
    operation_id = "detect_actions",
    request_body = DetectBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The actions.", body = Enveloped<DetectionView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn detect_actions(
    State(api): State<Api>,
    Extension(visits): Extension<Visits>,
    Caller(caller): Caller<Clinician>,
    command: Command<DetectBody, TRANSCRIPT_BODY>,
) -> Reply {
    let guard = command.guard(&api, caller.identity());
    let wish = wish(&command.body)?;
    let mut attempts = Attempts::default();
    let (actions, again) = loop {
        match attempt(&api.app, (&visits, &caller), &wish, &guard).await? {
            Attempt::Done(detected) => break detected,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(answered(DetectionView::of(&actions)), again))
}

fn wish(body: &DetectBody) -> Result<Wish<'_>> {
    let visit = visit_of(body.conversation_id.as_deref())?;
    let text = context::text(body.text.as_deref())?;
    let heard_in = body.utterance_id.as_deref().map(HeardIn::parse).transpose()?;
    let chart = body.context.as_ref().map(ContextBody::chart).transpose()?.unwrap_or_default();
    Ok(Wish { visit, text, heard_in, chart })
}

async fn attempt(
    app: &App,
    (visits, caller): (&Visits, &Clinician),
    wish: &Wish<'_>,
    guard: &Guard,
) -> Result<Attempt<(Vec<Action>, bool)>> {
    let visit = visits::load(app, caller, wish.visit).await?;
    let role = role(app, &visit, wish.heard_in.as_ref()).await?;
    if let Some(heard_in) = &wish.heard_in
        && let Some(found) = actions::detected_before(app, &visit, (heard_in, wish.text)).await?
    {
        return again(app, &visit, found).await;
    }
    let orders = orders(wish.text, role, &charted(app, &visit, wish).await?);
    let target = |order: &domain::visit::order::Order| visits.settings.address_of(order.kind);
    let (changed, actions) = match add(&visit, orders, (wish.heard_in.as_ref(), target), app.now()) {
        Ok(added) => added,
        // What was answered before the visit ended is answered again.
        Err(refusal) => return before(app, &visit, kept_before(app, guard).await?).await?.ok_or(refusal),
    };
    let found = Found::behind(&visit, actions.len());
    let guard = guard.remembering(&found.memo());
    Ok(match kept(app, (&visit, &changed), (wish, &actions, found), &guard).await? {
        Attempt::Done(Kept::Now) => {
            app.points.reach(Point::ActionsKept).await;
            if !actions.is_empty() {
                announce(app, &visit).await;
            }
            Attempt::Done((actions, false))
        }
        Attempt::Done(kept) => before(app, &visit, Some(kept)).await?.unwrap_or(Attempt::Raced),
        Attempt::Raced => Attempt::Raced,
    })
}

/// Keeps what was found, with what is told of it; only the client's key when nothing was.
async fn kept(
    app: &App,
    (visit, changed): (&Visit, &Visit),
    (wish, actions, found): (&Wish<'_>, &[Action], Found),
    guard: &Guard,
) -> Result<Attempt<Kept>> {
    let id = u64::from(visit.visit.get());
    if actions.is_empty() {
        return keep_nothing(app, (guard, id)).await;
    }
    let detection = wish.heard_in.as_ref().map(|heard_in| Detection::of(visit.visit, (heard_in, wish.text), found));
    let change = Change {
        read: Some(visit),
        visit: Some(changed),
        actions,
        detection: detection.as_ref(),
        told: detected(visit, actions)?,
        ..Change::default()
    };
    keep(app, &change, (guard, id)).await
}

/// Who says it, when that is known here.
async fn role(app: &App, visit: &Visit, heard_in: Option<&HeardIn>) -> Result<Option<Role>> {
    Ok(match heard_in {
        Some(HeardIn::Utterance(id)) => Some(utterances::load(app, visit, *id).await?.role),
        Some(HeardIn::Item(item)) => utterances::find_item(app, visit, item).await?.map(|utterance| utterance.role),
        None => None,
    })
}

/// What is known of the patient, with what was ordered before in the visit.
async fn charted(app: &App, visit: &Visit, wish: &Wish<'_>) -> Result<Chart> {
    let mut chart = wish.chart.clone();
    if visit.actions > domain::ids::Seq::START {
        let (earlier, _) = actions::page(app, visit, None, EARLIER).await?;
        chart.medications.extend(earlier.iter().filter_map(|action| action.order.medication()));
    }
    Ok(chart)
}

fn detected(visit: &Visit, actions: &[Action]) -> Result<Vec<(EventDraft, Payload)>> {
    #[derive(Serialize)]
    struct Told {
        action: ToldAction,
        conversation: ToldConversation,
    }
    let of = |action: &Action| {
        let members = Told { action: ToldAction::of(action), conversation: ToldConversation::of(visit) };
        told(EventKind::ActionDetected, Subject::Action(action.id.seq), &members)
    };
    actions.iter().map(of).collect()
}

async fn again(app: &App, visit: &Visit, found: Found) -> Result<Attempt<(Vec<Action>, bool)>> {
    let actions = actions::found(app, visit, found).await?;
    Ok(actions.map_or(Attempt::Raced, |actions| Attempt::Done((actions, true))))
}

/// The actions that an earlier request with the same key kept.
async fn before(app: &App, visit: &Visit, kept: Option<Kept>) -> Result<Option<Attempt<(Vec<Action>, bool)>>> {
    let Some(Kept::Before { memo, .. }) = kept else { return Ok(None) };
    let found = memo.as_deref().and_then(Found::of_memo).ok_or(Error::Internal)?;
    again(app, visit, found).await.map(Some)
}
