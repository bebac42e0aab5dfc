//! The OpenAPI document of all functions, made from their routers.

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, ServerBuilder,
};
use utoipa::{PartialSchema, ToSchema};
use web::openapi::{
    InterpreterVisitsError, PatientThreadsError, ProviderMessagesError, SymptomAssessmentError, TherapyChatError,
};

/// The document as it is committed: pretty JSON.
#[must_use]
pub fn document() -> String {
    serde_json::to_string_pretty(&openapi()).unwrap_or_default()
}

/// The document.
#[must_use]
pub fn openapi() -> OpenApi {
    let license = LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build();
    let info = InfoBuilder::new()
        .title("Careline")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("The backend for healthcare conversations. Tokens are JWTs of the configured issuer."))
        .contact(Some(ContactBuilder::new().name(Some("Careline")).build()))
        .license(Some(license))
        .build();
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = ComponentsBuilder::new()
        .security_scheme("bearer", bearer)
        .schema(ProviderMessagesError::name(), ProviderMessagesError::schema())
        .schema(PatientThreadsError::name(), PatientThreadsError::schema())
        .schema(TherapyChatError::name(), TherapyChatError::schema())
        .schema(SymptomAssessmentError::name(), SymptomAssessmentError::schema())
        .schema(InterpreterVisitsError::name(), InterpreterVisitsError::schema())
        .build();
    let server = ServerBuilder::new().url("/").build();
    let mut document = OpenApiBuilder::new().info(info).servers(Some([server])).components(Some(components)).build();
    let parts = [
        patients::router().into_openapi(),
        provider_messages::router().into_openapi(),
        uploads::router().into_openapi(),
        patient_threads::router().into_openapi(),
        symptom_assessment::router().into_openapi(),
        therapy_chat::router().into_openapi(),
        therapist_dashboard::router().into_openapi(),
        conversation_messages::router().into_openapi(),
        interpreter_visits::router().into_openapi(),
        directory::router().into_openapi(),
        webhooks::router().into_openapi(),
        whatsapp_webhook::router().into_openapi(),
    ];
    for part in parts {
        document.merge(part);
    }
    document
}
