//! The surfaces: which document's dialect a refusal is written in, and the layers around every router.

use std::any::Any;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use domain::Error;
use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use lambda_http::request::RequestContext;
use platform::random::Random;
use serde_json::{Value, json};
use tower::ServiceBuilder;
use tower::util::MapRequestLayer;
use tower_http::catch_panic::CatchPanicLayer;

use crate::Refusal;
use crate::correlation::{CorrelationId, correlated};

mod visits;

/// A document's dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// Document 000, first half, and the directory: `{"error", "detail"}`, paths with a trailing slash.
    ProviderMessages,
    /// Document 000, second half: the shapes of Django REST Framework, paths with a trailing slash.
    PatientThreads,
    /// Document 001: `{"error"}`, paths without a trailing slash.
    TherapyChat,
    /// Document 002: `{"error", "detail"}`, paths with a trailing slash.
    ConversationMessages,
    /// Document 003: `{"error", "code", "correlationId"}`, paths without a trailing slash.
    SymptomAssessment,
    /// Document 004: `{"success", "error": {"message", "code", "details"}}`, paths without a trailing slash.
    InterpreterVisits,
    /// What Meta calls: it reads the status only, and a forger learns nothing.
    Webhook,
}

impl Surface {
    /// All surfaces, for tests that must not forget one.
    pub const ALL: [Self; 7] = [
        Self::ProviderMessages,
        Self::PatientThreads,
        Self::TherapyChat,
        Self::ConversationMessages,
        Self::SymptomAssessment,
        Self::InterpreterVisits,
        Self::Webhook,
    ];

    /// The surface to which a path belongs, also one that no operation has.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let mut segments = path.trim_start_matches('/').split('/');
        match (segments.next(), segments.next()) {
            (Some("webhooks"), _) => Self::Webhook,
            (Some("patient-threads" | "gpt-threads" | "gptthreads"), _) => Self::PatientThreads,
            (Some("request"), _) => Self::TherapyChat,
            (Some("patients"), Some("conversations" | "messages")) => Self::ConversationMessages,
            (Some("api"), Some("symptomAssessmentBot")) => Self::SymptomAssessment,
            (Some("api"), _) => Self::InterpreterVisits,
            _ => Self::ProviderMessages,
        }
    }

    fn has_trailing_slash(self) -> bool {
        match self {
            Self::ProviderMessages | Self::PatientThreads | Self::ConversationMessages => true,
            Self::TherapyChat | Self::SymptomAssessment | Self::InterpreterVisits | Self::Webhook => false,
        }
    }

    /// The body of a refusal of the request with this correlation id: the one envelope function of each surface.
    #[must_use]
    pub fn envelope(self, refusal: &Refusal, id: &str) -> Value {
        match self {
            Self::ProviderMessages | Self::ConversationMessages => provider_messages(refusal),
            Self::PatientThreads => patient_threads(refusal),
            Self::TherapyChat => json!({ "error": therapy_chat(refusal) }),
            Self::SymptomAssessment => {
                json!({ "error": refusal.text(), "code": assessment_code(refusal), "correlationId": id })
            }
            Self::InterpreterVisits => visits::envelope(refusal, id),
            Self::Webhook => json!({ "error": refusal.text() }),
        }
    }
}

/// Documented bodies are exact; the others carry `error` and `detail`, because clients read either (contract A-4).
fn provider_messages(refusal: &Refusal) -> Value {
    let text = refusal.text();
    coded(refusal).unwrap_or_else(|| json!({ "error": text, "detail": text }))
}

/// The shapes of Django REST Framework (DP-6): a list of sentences for a field, `detail` for everything else, and `error`
/// where the document fixes it (DP-3.1, DP-4.1).
fn patient_threads(refusal: &Refusal) -> Value {
    match refusal {
        Refusal::Product(Error::Invalid { field, message }) => {
            let field = field.as_deref().unwrap_or("non_field_errors");
            json!({ field: [message] })
        }
        Refusal::Product(Error::NotTheResponder) => json!({ "error": refusal.text() }),
        _ => coded(refusal).unwrap_or_else(|| json!({ "detail": refusal.text() })),
    }
}

/// The texts that document 001 fixes (TX-err).
fn therapy_chat(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Product(Error::Unauthenticated) => "User not authenticated".to_owned(),
        Refusal::Product(Error::Forbidden) => "Access denied".to_owned(),
        _ => refusal.text(),
    }
}

/// The codes of document 003 (TR-err). What the document has no code for, because it names no login, has those of document 004.
fn assessment_code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Product(Error::Refused { code, .. }) => code,
        Refusal::Product(Error::Unauthenticated) => "UNAUTHORIZED",
        Refusal::Product(Error::NotFound) => "NOT_FOUND",
        Refusal::Product(Error::RateLimited { .. }) => "RATE_LIMITED",
        refusal => match refusal.status() {
            StatusCode::FORBIDDEN => "FORBIDDEN",
            status if status.is_server_error() => "INTERNAL_ERROR",
            _ => "VALIDATION_ERROR",
        },
    }
}

/// What both halves of document 000 write alike: refusals with a code, or with a text that the document fixes.
fn coded(refusal: &Refusal) -> Option<Value> {
    match refusal {
        Refusal::Product(Error::Documented(text)) => Some(json!({ "error": text })),
        Refusal::Product(Error::Refused { code, detail }) => Some(json!({ "error": code, "detail": detail })),
        Refusal::Product(Error::WindowClosed { expired_at }) => Some(json!({
            "error": "whatsapp_window_closed",
            "detail": refusal.text(),
            "window_expires_at": expired_at.map(domain::time::Timestamp::rfc3339_seconds),
        })),
        _ => None,
    }
}

/// A router with everything around it that every function needs: both slash forms, the stage prefix of API Gateway,
/// the correlation id, panics, and refusals in the surface's shape.
pub fn serve(random: &Random, surface: Surface, router: Router) -> Router {
    let inner = ServiceBuilder::new()
        .layer(MapRequestLayer::new(move |request| canonical(request, surface.has_trailing_slash())))
        .service(router);
    let shaped = Shaped { surface, random: random.clone() };
    Router::new()
        .fallback_service(inner)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(shaped, shape))
}

#[derive(Debug, Clone)]
struct Shaped {
    surface: Surface,
    random: Random,
}

async fn shape(State(shaped): State<Shaped>, mut request: Request, next: Next) -> Response {
    let id = CorrelationId::of(request.headers(), &shaped.random);
    request.extensions_mut().insert(id.clone());
    let mut response = correlated(&id, next.run(request)).await;
    let refusal = response.extensions_mut().remove::<Refusal>().or_else(|| undressed(&response));
    if let Some(refusal) = refusal {
        let body = shaped.surface.envelope(&refusal, id.as_str()).to_string();
        response = dressed(body, &refusal, response.headers());
    }
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert("x-correlation-id", value);
    }
    response
}

/// A status that the router answered by itself, without a body of ours.
fn undressed(response: &Response) -> Option<Refusal> {
    if response.headers().contains_key(CONTENT_TYPE) { None } else { Refusal::of_status(response.status()) }
}

fn dressed(body: String, refusal: &Refusal, before: &HeaderMap) -> Response {
    let mut response = (refusal.status(), Body::from(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.remove(CONTENT_LENGTH);
    if let Some(allow) = before.get(ALLOW) {
        headers.insert(ALLOW, allow.clone());
    }
    if let Some(seconds) = refusal.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if *refusal == Refusal::Product(Error::Unauthenticated) {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Refusal::Product(Error::Internal).into_response()
}

/// The path as the routes are declared: without the gateway's stage, with or without the trailing slash as the document
/// spells it. Never a redirect: a redirected POST loses its body (contract A-3).
fn canonical(mut request: Request, slash: bool) -> Request {
    let path = path_of(&request).trim_end_matches('/');
    let path = if slash || path.is_empty() { format!("{path}/") } else { path.to_owned() };
    let with_query = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    if let Ok(uri) = with_query.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

/// The path of a request without the gateway's stage.
#[must_use]
pub fn path_of(request: &Request) -> &str {
    let path = request.uri().path();
    let rest = stage(request).and_then(|stage| path.strip_prefix('/')?.strip_prefix(stage));
    rest.filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(path)
}

/// The stage that stands in the path: every stage but `$default`.
fn stage(request: &Request) -> Option<&str> {
    match request.extensions().get::<RequestContext>()? {
        RequestContext::ApiGatewayV2(context) => context.stage.as_deref().filter(|stage| *stage != "$default"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
