//! `GET /api/symptomAssessmentBot` (TR-get): whether the service is there. Open to everybody.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;
use web::Reply;

/// The version of the API that document 003 describes.
const VERSION: &str = "1.0.0";

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssessmentHealthView {
    #[schema(example = "healthy")]
    status: &'static str,
    #[schema(example = "1.0.0")]
    version: &'static str,
}

/// Ask whether the service is there.
#[utoipa::path(
    get,
    path = "/api/symptomAssessmentBot",
    tag = "symptom assessment",
    operation_id = "symptom_assessment_health",
    responses((status = 200, description = "It is there.", body = AssessmentHealthView))
)]
pub(crate) async fn health() -> Reply {
    Ok(Json(AssessmentHealthView { status: "healthy", version: VERSION }).into_response())
}
