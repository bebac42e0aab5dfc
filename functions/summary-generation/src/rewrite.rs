//! One summary: take it by pushing its job away, ask the model outside of any lock, and keep what it wrote only if the summary is
//! still the rules' and nothing is in it that was not said.

use std::time::Duration;

use clinical::record::{Line, is_grounded};
use domain::error::Result;
use domain::event::{EventDraft, EventKind, Subject};
use domain::ids::SummaryId;
use domain::visit::Visit;
use domain::visit::summary::Summary;
use domain::visit::summary::content::Content;
use domain::visit::utterance::chronological;
use platform::identity::Machine;
use platform::model::note_prompt;
use platform::points::Point;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::visits::{self, Change, keep};
use platform::store::{events, summaries, utterances};
use platform::webhook::payload::Payload;
use serde_json::json;

use crate::Worker;

/// For so long a summary belongs to the worker that took it: longer than the function may run.
const LEASE: Duration = Duration::from_mins(1);
/// After this time a model that gave nothing usable is asked no more; the rules' summary stays.
const PATIENCE: Duration = Duration::from_hours(2);

/// Has the model write a summary, if it is owed.
pub(crate) async fn rewrite(worker: &Worker, machine: Machine, id: SummaryId) -> Result<()> {
    let app = &worker.app;
    let Some((visit, summary)) = taken(worker, machine, id).await? else { return Ok(()) };
    app.points.reach(Point::SummaryTaken).await;
    let Some(content) = written(worker, (&visit, &summary)).await? else { return Ok(()) };
    app.points.reach(Point::SummaryWritten).await;
    if kept(worker, machine, id, content).await? {
        app.points.reach(Point::SummaryKept).await;
        events::tell(app, visit.stream()).await;
    }
    Ok(())
}

/// The summary with its visit, taken by this worker. Nothing when it is not owed, or another worker has it.
async fn taken(worker: &Worker, machine: Machine, id: SummaryId) -> Result<Option<(Visit, Summary)>> {
    let app = &worker.app;
    let Some(due) = summaries::due(app, machine, id).await? else { return Ok(None) };
    let summary = summaries::load_for_machine(app, machine, id).await?;
    let visit = visits::load_for_machine(app, machine, id.visit).await?;
    let (Some(summary), Some(visit)) = (summary, visit) else { return Ok(None) };
    let now = app.now();
    if now.since(summary.generated) > PATIENCE || worker.model.name().is_none() {
        tracing::warn!(summary = id.get(), "no model has written this summary; the rules' stays");
        summaries::give_up(app, machine, id).await?;
        return Ok(None);
    }
    let is_ours = summaries::put_off(app, machine, id, (due, now.plus(LEASE))).await?;
    Ok(is_ours.then_some((visit, summary)))
}

/// What the model writes; nothing when it gives nothing, or something that was not said. It is asked again when the job is due.
async fn written(worker: &Worker, (visit, summary): (&Visit, &Summary)) -> Result<Option<Content>> {
    let app = &worker.app;
    let Some(mut said) = utterances::all(app, visit).await? else { return Ok(None) };
    chronological(&mut said);
    let mut lines: Vec<Line> = said.iter().map(|utterance| Line::of(utterance, &visit.language)).collect();
    if lines.is_empty()
        && let Some(text) = visits::transcript(app, visit).await?
    {
        lines.push(Line::of_transcript(text));
    }
    let spoken = |line: &Line| (line.role.map_or("transcript", |role| role.name()).to_owned(), line.text.clone());
    let transcript: Vec<(String, String)> = lines.iter().map(spoken).collect();
    let prompt = note_prompt(visit.language.primary.as_str(), &transcript);
    let Ok(Some(answer)) = worker.model.note(app, &prompt).await else { return Ok(None) };
    let content = Content::from(answer);
    if is_grounded(&content, &lines, &summary.content) {
        return Ok(Some(content));
    }
    tracing::warn!(summary = summary.id.get(), "the model's summary says what was not said; it is not kept");
    Ok(None)
}

/// Keeps the model's version, with what others are told of it and the end of the job. `false` when a clinician was faster.
async fn kept(worker: &Worker, machine: Machine, id: SummaryId, content: Content) -> Result<bool> {
    let app = &worker.app;
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    loop {
        let summary = summaries::load_for_machine(app, machine, id).await?;
        let visit = visits::load_for_machine(app, machine, id.visit).await?;
        let (Some(summary), Some(visit)) = (summary, visit) else { return Ok(false) };
        let model = worker.model.name().unwrap_or_default();
        let Some(rewritten) = summary.rewritten(content.clone(), model, app.now()) else {
            summaries::give_up(app, machine, id).await?;
            return Ok(false);
        };
        let change = Change {
            read: Some(&visit),
            summary: Some((Some(&summary), &rewritten)),
            job: Some(None),
            told: vec![updated(&visit, &rewritten)?],
            ..Change::default()
        };
        if let Attempt::Done(_) = keep(app, &change, (&guard, id.get())).await? {
            return Ok(true);
        }
        attempts.again(app).await?;
    }
}

fn updated(visit: &Visit, summary: &Summary) -> Result<(EventDraft, Payload)> {
    let payload = Payload::new(&json!({
        "conversation": { "id": visit.visit.to_string() },
        "summary": {
            "id": summary.id.to_string(),
            "version": summary.version,
            "reviewStatus": summary.review.name(),
        },
    }))?;
    Ok((EventDraft::told(EventKind::SummaryUpdated, Subject::Summary(summary.id.seq)), payload))
}
