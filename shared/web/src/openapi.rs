//! What every operation of a surface says about its refusals in the OpenAPI document.

use std::collections::BTreeMap;

use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

/// The refusals of document 000, first half: `{"error", "detail"}`.
#[derive(Debug)]
pub struct ProviderMessagesRefusals;

/// The body of a refusal of document 000.
#[derive(Debug)]
pub struct ProviderMessagesError;

impl PartialSchema for ProviderMessagesError {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        ObjectBuilder::new()
            .property("error", text().description(Some("A stable code, or the sentence that `detail` has.")))
            .property(
                "detail",
                text().description(Some("A sentence for people; absent where the document fixes `error` alone.")),
            )
            .property(
                "window_expires_at",
                text().description(Some("With `whatsapp_window_closed`: when the window closed.")),
            )
            .required("error")
            .into()
    }
}

impl ToSchema for ProviderMessagesError {}

/// The refusals of document 000, second half: the shapes of Django REST Framework.
#[derive(Debug)]
pub struct PatientThreadsRefusals;

/// The body of a refusal of document 000, second half.
#[derive(Debug)]
pub struct PatientThreadsError;

impl PartialSchema for PatientThreadsError {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let sentences = || ArrayBuilder::new().items(text().description(Some("A sentence for people.")));
        ObjectBuilder::new()
            .property("detail", text().description(Some("A sentence for people.")))
            .property("error", text().description(Some("A stable code, or a text that the document fixes.")))
            .property("window_expires_at", text().description(Some("With `whatsapp_window_closed`.")))
            .property("non_field_errors", sentences())
            .additional_properties(Some(Schema::Array(sentences().build())))
            .description(Some("`detail`, `error`, or for each field at fault a list of sentences."))
            .into()
    }
}

impl ToSchema for PatientThreadsError {}

/// The refusals of document 001: `{"error"}`.
#[derive(Debug)]
pub struct TherapyChatRefusals;

/// The body of a refusal of document 001.
#[derive(Debug)]
pub struct TherapyChatError;

impl PartialSchema for TherapyChatError {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        ObjectBuilder::new().property("error", text.description(Some("What went wrong."))).required("error").into()
    }
}

impl ToSchema for TherapyChatError {}

impl IntoResponses for TherapyChatRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("TherapyChatError")
    }
}

/// The refusals of document 003: `{"error", "code", "correlationId"}`.
#[derive(Debug)]
pub struct SymptomAssessmentRefusals;

/// The body of a refusal of document 003.
#[derive(Debug)]
pub struct SymptomAssessmentError;

impl PartialSchema for SymptomAssessmentError {
    fn schema() -> RefOr<Schema> {
        let text = |what: &'static str| ObjectBuilder::new().schema_type(Type::String).description(Some(what));
        let codes = [
            "VALIDATION_ERROR",
            "SAFETY_ERROR",
            "FHIR_ERROR",
            "INTERNAL_ERROR",
            "UNAUTHORIZED",
            "FORBIDDEN",
            "NOT_FOUND",
            "RATE_LIMITED",
        ];
        ObjectBuilder::new()
            .property("error", text("A sentence for people."))
            .property("code", text("What went wrong; the first four are the document's.").enum_values(Some(codes)))
            .property("correlationId", text("As in `X-Correlation-Id`: quote it."))
            .required("error")
            .required("code")
            .required("correlationId")
            .into()
    }
}

impl ToSchema for SymptomAssessmentError {}

impl IntoResponses for SymptomAssessmentRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("SymptomAssessmentError")
    }
}

/// The refusals of document 004: `{"success", "error"}`.
#[derive(Debug)]
pub struct InterpreterVisitsRefusals;

/// The body of a refusal of document 004.
#[derive(Debug)]
pub struct InterpreterVisitsError;

impl PartialSchema for InterpreterVisitsError {
    fn schema() -> RefOr<Schema> {
        let text = |description: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(description));
        let error = ObjectBuilder::new()
            .property("message", text("A sentence for people."))
            .property("code", text("A stable code, such as `VALIDATION_ERROR`, `NOT_FOUND` or `CONFLICT`."))
            .property(
                "details",
                ObjectBuilder::new().schema_type(SchemaType::AnyValue).description(Some(
                    "With `VALIDATION_ERROR` a list of `{field, message}`; else what the code needs.",
                )),
            )
            .required("message")
            .required("code");
        ObjectBuilder::new()
            .property("success", ObjectBuilder::new().schema_type(Type::Boolean).description(Some("Always false.")))
            .property("error", error)
            .required("success")
            .required("error")
            .into()
    }
}

impl ToSchema for InterpreterVisitsError {}

impl IntoResponses for InterpreterVisitsRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = refusals("InterpreterVisitsError");
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("InterpreterVisitsError"))).build();
        let conflict = ResponseBuilder::new()
            .description("It does not go with what is already so: an ended conversation, a decision that was taken.")
            .content("application/json", content);
        responses.insert("409".to_owned(), RefOr::T(conflict.build()));
        responses
    }
}

/// Status and reason of every refusal that any protected operation may answer.
const REFUSALS: [(&str, &str); 12] = [
    ("400", "A field is missing or wrong."),
    ("401", "No valid token."),
    ("403", "Not allowed for this caller."),
    ("404", "Unknown, or another organization's."),
    ("405", "The path has no such method; `Allow` names those it has."),
    ("413", "The body is too large."),
    ("415", "The body is not JSON."),
    ("422", "The Idempotency-Key was used with another body."),
    ("429", "Too many requests in this minute; see `Retry-After`."),
    ("500", "A fault of ours; quote `X-Correlation-Id`."),
    ("503", "Busy, nothing was changed; see `Retry-After`."),
    ("504", "The outcome could not be confirmed."),
];

impl IntoResponses for ProviderMessagesRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("ProviderMessagesError")
    }
}

impl IntoResponses for PatientThreadsRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("PatientThreadsError")
    }
}

/// Every refusal with a body of this schema.
fn refusals(schema: &str) -> BTreeMap<String, RefOr<Response>> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
    let response =
        |reason: &str| ResponseBuilder::new().description(reason).content("application/json", content.clone()).build();
    REFUSALS.iter().map(|(status, reason)| ((*status).to_owned(), RefOr::T(response(reason)))).collect()
}
