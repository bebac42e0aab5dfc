//! The documented examples, to the letter, on one visit from its session to its summary.

use serde_json::{Value, json};
use tests::World;

use super::{KIM, data};

/// Whether a JSON value has everything that another has, and the same in lists.
fn has(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(value), Value::Object(expected)) => {
            expected.iter().all(|(name, expected)| value.get(name).is_some_and(|value| has(value, expected)))
        }
        (Value::Array(value), Value::Array(expected)) => {
            value.len() == expected.len() && value.iter().zip(expected).all(|(value, expected)| has(value, expected))
        }
        (value, expected) => value == expected,
    }
}

#[track_caller]
fn assert_has(value: &Value, expected: Value) {
    assert!(has(value, &expected), "{value:#}\nlacks something of\n{expected:#}");
}

/// Sets the product's clock to a time of a day that is later than any other.
async fn at(world: &World, time: &str) {
    world.local_post("clock", json!({ "set": format!("2030-01-15T{time}Z") })).await;
}

/// A time of that day to the minute: the clock runs on while requests are answered.
fn minute(value: &Value) -> &str {
    let text = value.as_str().unwrap();
    assert!(text.len() == 24 && text.ends_with('Z'), "{text}");
    text.get(11..16).unwrap()
}

/// Whole seconds from one time to another.
fn seconds(from: &Value, to: &Value) -> u64 {
    let at = |value: &Value| domain::time::Timestamp::parse(value.as_str().unwrap()).unwrap();
    at(to).since(at(from)).as_secs()
}

#[tokio::test]
async fn a_visit_from_its_session_to_its_summary() {
    let world = World::start().await;
    at(&world, "10:00:00").await;
    let session = session(&world).await;
    let language = json!({ "primary": "en", "secondary": "es" });
    let metadata = json!({ "patientId": "patient_123", "visitType": "routine", "department": "cardiology" });
    let body = json!({ "sessionId": session["sessionId"], "metadata": metadata, "language": language });
    let started = data(world.post(KIM, "/api/conversations", body).await);
    let id = started["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("conv_"));
    assert_eq!(minute(&started["startTime"]), "10:00");
    assert_has(&started, json!({ "sessionId": session["sessionId"], "status": "active", "language": language }));
    assert_eq!(started.as_object().unwrap().len(), 5, "{started}");

    let said = utterances(&world, &id).await;
    let action = actions(&world, &id, &said).await;
    // The clock has run on a little since ten.
    at(&world, "10:15:01").await;
    let ended =
        data(world.post(KIM, &format!("/api/conversations/{id}/end"), json!({ "generateSummary": true })).await);
    let duration = seconds(&started["startTime"], &ended["endTime"]);
    assert!((899..=905).contains(&duration), "a quarter of an hour by a clock that runs on: {duration}");
    assert_has(&ended, json!({ "id": id, "duration": duration, "utteranceCount": 1, "actionCount": 2 }));
    assert_eq!(minute(&ended["endTime"]), "10:15");
    assert!(ended["summary"]["id"].as_str().unwrap().starts_with("summary_"));
    let content = ended["summary"]["content"].as_object().unwrap();
    let mut names: Vec<&str> = content.keys().map(String::as_str).collect();
    names.sort_unstable();
    let six = [
        "assessmentAndPlan",
        "chiefComplaint",
        "followUpInstructions",
        "historyOfPresentIllness",
        "medicationsDiscussed",
        "testsOrdered",
    ];
    assert_eq!(names, six);

    let shown = data(world.get(KIM, &format!("/api/conversations/{id}")).await);
    assert_has(
        &shown,
        json!({
            "id": id,
            "sessionId": session["sessionId"],
            "duration": duration,
            "status": "completed",
            "language": language,
            "metadata": metadata,
            "stats": { "utteranceCount": 1, "actionCount": 2, "medicalTermsCount": 1 },
        }),
    );
    assert_eq!((minute(&shown["startTime"]), minute(&shown["endTime"])), ("10:00", "10:15"));
    let action = data(world.get(KIM, &format!("/api/actions/{action}")).await);
    assert_eq!(minute(&action["detectedAt"]), "10:08");
    assert_eq!(minute(&action["validatedAt"]), "10:10");
}

/// MI-session.
async fn session(world: &World) -> Value {
    let session = data(world.post(KIM, "/api/session", json!({})).await);
    assert!(session["token"].as_str().unwrap().starts_with("eph_"));
    assert!(session["sessionId"].as_str().unwrap().starts_with("sess_"));
    assert_eq!((minute(&session["expiresAt"]), &session["provider"]), ("10:01", &json!("local")));
    assert_has(
        &session["config"],
        json!({
            "model": "gpt-4o-realtime-preview-2024-12-17",
            "voice": "verse",
            "temperature": 0.7,
            "input_audio_format": "pcm16",
            "output_audio_format": "pcm16",
            "turn_detection": { "type": "server_vad", "threshold": 0.5, "silence_duration_ms": 500 },
        }),
    );
    assert!(session["config"]["instructions"].as_str().unwrap().starts_with("You are a medical interpreter"));
    session
}

/// MI-utt.
async fn utterances(world: &World, id: &str) -> String {
    at(world, "10:05:00").await;
    let request = json!({
        "conversationId": id,
        "role": "clinician",
        "originalLanguage": "en",
        "originalText": "How long have you had this pain?",
        "translatedText": "¿Cuánto tiempo ha tenido este dolor?",
        "confidence": { "transcription": 0.95, "translation": 0.92 },
        "medicalTerms": [{ "term": "pain", "category": "symptom", "confidence": 0.98 }],
        "timestamp": "2024-01-15T10:05:00.000Z",
    });
    let said = data(world.post(KIM, "/api/utterances", request).await);
    let expected = json!({
        "id": said["id"],
        "conversationId": id,
        "sequenceNumber": 1,
        "role": "clinician",
        "originalLanguage": "en",
        "originalText": "How long have you had this pain?",
        "translatedText": "¿Cuánto tiempo ha tenido este dolor?",
        "timestamp": "2024-01-15T10:05:00.000Z",
    });
    assert_eq!(said, expected);
    said["id"].as_str().unwrap().to_owned()
}

/// MI-detect and MI-act-get.
async fn actions(world: &World, id: &str, utterance: &str) -> String {
    at(world, "10:08:00").await;
    let request = json!({
        "conversationId": id,
        "text": "I'll prescribe amoxicillin 500mg twice daily for 7 days and order a chest X-ray",
        "utteranceId": utterance,
        "context": { "previousActions": [], "patientHistory": { "allergies": ["penicillin"] } },
    });
    let detected = data(world.post(KIM, "/api/actions/detect", request).await);
    let medication = json!({
        "name": "amoxicillin",
        "dosage": "500mg",
        "frequency": "twice daily",
        "duration": "7 days",
        "rxnormCode": "723",
    });
    assert_has(
        &detected,
        json!({
            "actions": [
                {
                    "type": "prescription",
                    "confidence": 0.95,
                    "details": { "medication": medication },
                    "warnings": ["Patient has penicillin allergy"],
                    "suggestedWebhook": "https://webhook.site/medication-order",
                },
                {
                    "type": "diagnostic_test",
                    "confidence": 0.98,
                    "details": { "test": { "name": "chest X-ray", "category": "radiology", "cptCode": "71020" } },
                    "suggestedWebhook": "https://webhook.site/radiology-order",
                },
            ],
            "stats": { "totalDetected": 2, "byType": { "prescription": 1, "diagnostic_test": 1 } },
        }),
    );
    assert_eq!(detected["actions"][1].get("warnings"), None);
    decided(world, (id, utterance), &detected["actions"][0]).await
}

/// MI-act-get, once a clinician has approved it.
async fn decided(world: &World, (id, utterance): (&str, &str), detected: &Value) -> String {
    let action = detected["id"].as_str().unwrap().to_owned();
    assert!(action.starts_with("action_"));
    at(world, "10:10:00").await;
    let validate = format!("/api/actions/{action}/validate");
    data(world.post(KIM, &validate, json!({ "approved": true })).await);
    let shown = data(world.get(KIM, &format!("/api/actions/{action}")).await);
    assert_has(
        &shown,
        json!({
            "id": action,
            "conversationId": id,
            "utteranceId": utterance,
            "type": "prescription",
            "category": "routine",
            "details": detected["details"],
            "confidence": 0.95,
            "validated": true,
            "validatedBy": "clinician_123",
            "webhook": { "url": "https://webhook.site/medication-order" },
        }),
    );
    action
}

/// MI-sum: the request of the document on a visit that says what the document's does.
#[tokio::test]
async fn a_summary_as_documented() {
    let visit = super::Visit::start().await;
    visit.says("clinician", "What brings you in today?").await;
    let text = "I've had this burning chest pain for 3 days, it gets worse after meals. It is moderate.";
    let body = visit.with(json!({
        "role": "patient",
        "originalLanguage": "es",
        "originalText": "Tengo este dolor de pecho que arde desde hace 3 días, empeora después de comer. Es moderado.",
        "translatedText": text,
        "timestamp": "2024-01-15T10:06:00.000Z",
    }));
    data(visit.world.post(KIM, "/api/utterances", body).await);
    visit.says("clinician", "Your blood pressure is 130/80 and your pulse is 78, temperature 98.6.").await;
    visit.says("clinician", "I think this is acid reflux. I'm going to start you on omeprazole 20mg daily, and order an ECG. Come back in 2 weeks.").await;
    let sections = json!(["chief_complaint", "hpi", "assessment_plan", "medications", "follow_up"]);
    let request = visit.with(json!({ "format": "clinical_note", "includeSections": sections }));
    let summary = data(visit.world.post(KIM, "/api/summaries/generate", request).await);
    assert_has(
        &summary,
        json!({
            "conversationId": visit.id,
            "extractedData": {
                "symptoms": [{ "name": "chest pain", "duration": "3 days", "severity": "moderate" }],
                "vitalSigns": { "bloodPressure": "130/80", "heartRate": "78", "temperature": "98.6F" },
            },
            "generatedBy": "automatic",
            "reviewStatus": "pending",
        }),
    );
    let diagnoses = summary["extractedData"]["diagnoses"].as_array().unwrap();
    assert!(
        diagnoses.iter().any(|diagnosis| diagnosis["icd10Code"] == "K21.0" || diagnosis["icd10Code"] == "K21.9"),
        "{diagnoses:?}"
    );
    let content = &summary["content"];
    assert!(
        content["testsOrdered"].as_array().unwrap().iter().any(|test| test.as_str().unwrap().contains("ECG")),
        "{content}"
    );
    assert!(content["medicationsDiscussed"][0].as_str().unwrap().contains("meprazole 20"), "{content}");
    assert!(content["followUpInstructions"].as_str().unwrap().contains("2 weeks"), "{content}");
    let read = data(visit.world.get(KIM, &format!("/api/summaries/{}", summary["id"].as_str().unwrap())).await);
    assert_eq!(read, summary);
}
