use domain::time::Timestamp;

use super::*;

/// Every refusal there is, so that the table below shows each of them on each surface.
fn refusals() -> Vec<Refusal> {
    let product = [
        Error::required("public_id"),
        Error::malformed("The request body is not valid JSON."),
        Error::Documented("first_name and last_name are required."),
        Error::Refused { code: "SAFETY_ERROR", detail: "I can only help with symptoms.".into() },
        Error::Refused { code: "patient_not_reachable", detail: "This patient cannot be reached.".into() },
        Error::WindowClosed { expired_at: Some(Timestamp::from_seconds(1_760_000_000)) },
        Error::WindowClosed { expired_at: None },
        Error::Unauthenticated,
        Error::Forbidden,
        Error::NotFound,
        Error::Missing("Conversation not found"),
        Error::Conflict("The conversation has ended."),
        Error::Provider { what: "Failed to create session", provider: "openai", status: 503 },
        Error::Provider { what: "Failed to create session", provider: "openai", status: 429 },
        Error::AssignedToColleague { owner: "Dr. Smith".into() },
        Error::NotTheResponder,
        Error::IdempotencyKeyReused,
        Error::RateLimited { limit: 100, retry_after_s: 45 },
        Error::Busy,
        Error::Unconfirmed,
        Error::Internal,
    ];
    let http = [Refusal::MethodNotAllowed, Refusal::UnsupportedMediaType, Refusal::TooLarge];
    product.into_iter().map(Refusal::Product).chain(http).collect()
}

#[test]
fn every_refusal_on_every_surface() {
    let mut table = String::new();
    for surface in Surface::ALL {
        table += &format!("{surface:?}\n");
        for refusal in refusals() {
            table += &format!("  {} {}\n", refusal.status().as_u16(), surface.envelope(&refusal, "req_abc123"));
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_path_belongs_to_the_surface_of_its_first_part() {
    for (path, surface) in [
        ("/patient-threads/5/nowhere", Surface::PatientThreads),
        ("/gpt-threads", Surface::PatientThreads),
        ("/gptthreads/", Surface::PatientThreads),
        ("/patient-threadsx", Surface::ProviderMessages),
        ("/request/7/therapy-chat/send", Surface::TherapyChat),
        ("/patients/conversations", Surface::ConversationMessages),
        ("/patients/messages/x/", Surface::ConversationMessages),
        ("/patients/5/subscription/", Surface::ProviderMessages),
        ("/api/conversations/conv_1/end", Surface::InterpreterVisits),
        ("/api", Surface::InterpreterVisits),
        ("/webhooks/whatsapp", Surface::Webhook),
        ("/api/symptomAssessmentBot", Surface::SymptomAssessment),
        ("/api/symptomAssessmentBot/threads/thread_1", Surface::SymptomAssessment),
        ("/api/symptomAssessmentBots", Surface::InterpreterVisits),
        ("/", Surface::ProviderMessages),
    ] {
        assert_eq!(Surface::of_path(path), surface, "{path}");
    }
}

fn canonical_path(path: &str, slash: bool) -> String {
    let request = http::Request::builder().uri(path).body(Body::empty()).unwrap();
    canonical(request, slash).uri().to_string()
}

#[test]
fn both_slash_forms_are_one_path() {
    assert_eq!(canonical_path("/providermessages?days=3", true), "/providermessages/?days=3");
    assert_eq!(canonical_path("/providermessages///", true), "/providermessages/");
    assert_eq!(canonical_path("/webhooks/whatsapp/", false), "/webhooks/whatsapp");
    assert_eq!(canonical_path("/", false), "/");
}
