//! `GET /api/utterances?conversationId&after` (contract, section 4): what was said, in its order, without gaps.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::{Seq, UtteranceId};
use domain::page::{BYTE_BUDGET, limit};
use domain::visit::Visit;
use domain::visit::utterance::{Utterance, visit_of};
use platform::identity::Clinician;
use platform::store::{utterances, visits};
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::page::Rest;
use web::parameters::Parameters;
use web::visits::{Enveloped, page};
use web::{Api, Reply};

use crate::view::utterance::ListedUtteranceView;

const MOST: u32 = 200;

/// The utterances of a conversation, oldest first.
#[utoipa::path(
    get,
    path = "/api/utterances",
    tag = "interpreter visits",
    operation_id = "list_utterances",
    params(
        ("conversationId" = String, Query, description = "The conversation."),
        ("after" = Option<String>, Query, description = "Only those after this one, by its id or its sequence number."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 200."),
        ("cursor" = Option<String>, Query, description = "As `after`: `meta.nextCursor` of the page before."),
    ),
    responses((status = 200, description = "The utterances.", body = Enveloped<Vec<ListedUtteranceView>>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_utterances(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let visit = visits::load(&api.app, &caller, visit_of(parameters.get("conversationId"))?).await?;
    let after = after(&visit, parameters.get("cursor").or(parameters.get("after")))?;
    let (found, more) = utterances::after(&api.app, &visit, after, most).await?;
    let (shown, is_cut) = within_budget(found);
    let last = shown.last().map_or(after, |utterance| utterance.id.seq);
    let next = (is_cut || more).then(|| last.get().to_string());
    let views = shown.iter().map(ListedUtteranceView::of).collect();
    Ok(page::<ListedUtteranceView>(views, (most, next), (&rest, &parameters)))
}

/// The place after which a list begins.
fn after(visit: &Visit, raw: Option<&str>) -> Result<Seq> {
    let Some(raw) = raw else { return Ok(Seq::START) };
    let wrong = || Error::invalid("after", "after must be the id or the sequence number of an utterance.");
    if let Ok(id) = raw.parse::<UtteranceId>() {
        return (id.visit == visit.visit).then_some(id.seq).ok_or_else(wrong);
    }
    raw.parse().ok().and_then(Seq::new).ok_or_else(wrong)
}

/// What fits into an answer, and whether something was left out.
fn within_budget(found: Vec<Utterance>) -> (Vec<Utterance>, bool) {
    let (mut left, count) = (BYTE_BUDGET, found.len());
    let fits = |utterance: &Utterance| {
        let translated = utterance.translated_text.as_ref().map_or(0, String::len);
        left = left.saturating_sub(utterance.original_text.len() + translated + 1_000);
        left > 0
    };
    let shown: Vec<Utterance> = found.into_iter().take_while(fits).collect();
    let is_cut = shown.len() < count;
    (shown, is_cut)
}
