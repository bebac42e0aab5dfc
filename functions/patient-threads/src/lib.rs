//! Threads that doctors, staff and the assistant share (document 000, second half, DP-2 to DP-6): lists, one thread, starting
//! and sending, handing over, tasks, alerts and daily reports.

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod alerts;
mod brief;
mod list;
mod reports;
mod send;
mod start;
mod switch;
mod switched;
mod task;
mod thread;
mod view;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list::list_threads))
        .routes(routes!(start::start_conversation))
        .routes(routes!(thread::get_thread))
        .routes(routes!(send::send_message))
        .routes(routes!(send::send_message_gptthreads))
        .routes(routes!(send::send_message_patient_threads))
        .routes(routes!(switch::switch_responder))
        .routes(routes!(switch::switch_responder_gptthreads))
        .routes(routes!(switch::switch_responder_gpt_threads))
        .routes(routes!(task::put_task))
        .routes(routes!(alerts::list_alerts))
        .routes(routes!(alerts::acknowledge_alert))
        .routes(routes!(reports::list_reports))
}

/// The function as it is served.
pub fn service(api: &Api) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::PatientThreads, router)
}
