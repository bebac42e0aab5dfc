//! Bad input: every refusal in the document's envelope, and nothing written.

use serde_json::{Value, json};
use tests::Answer;

use super::{KIM, Visit, refused, utterance};

async fn table(visit: &Visit, requests: Vec<(&str, String, Value)>) -> String {
    let mut lines = Vec::new();
    for (method, path, body) in requests {
        let answer = Answer::of(visit.world.request(KIM, method, &path).json(&body)).await;
        let path = path.replace(&visit.id, "{id}");
        lines.push(format!("{method} {path} {}", refused(&answer)));
    }
    lines.join("\n")
}

#[tokio::test]
async fn fields_of_a_conversation() {
    let visit = Visit::start().await;
    let before = visit.conversation().await;
    let mut requests = Vec::new();
    let language = json!({ "primary": "en", "secondary": "es" });
    for body in [
        json!({}),
        json!({ "sessionId": " ", "language": language }),
        json!({ "sessionId": "a b", "language": language }),
        json!({ "sessionId": "abc" }),
        json!({ "sessionId": "abc", "language": { "primary": "en" } }),
        json!({ "sessionId": "abc", "language": { "primary": "xx", "secondary": "es" } }),
        json!({ "sessionId": "abc", "language": "en" }),
        json!({ "sessionId": "abc", "language": language, "metadata": { "patientId": 5 } }),
        json!({ "sessionId": "abc", "language": language, "metadata": [] }),
    ] {
        requests.push(("POST", "/api/conversations".to_owned(), body));
    }
    insta::assert_snapshot!(table(&visit, requests).await);
    assert_eq!(visit.conversation().await, before, "nothing was written");
}

#[tokio::test]
async fn fields_of_an_utterance() {
    let visit = Visit::start().await;
    let before = visit.conversation().await;
    let mut requests = Vec::new();
    let with = |name: &str, value: Value| {
        let mut body = visit.with(utterance("patient", "Hola"));
        body[name] = value;
        body
    };
    for body in [
        json!({}),
        json!({ "conversationId": visit.id }),
        with("role", json!("nurse")),
        with("originalLanguage", json!("klingon")),
        with("originalText", json!("")),
        with("originalText", json!("a\0b")),
        with("originalText", json!("x".repeat(20_001))),
        with("originalText", json!(5)),
        with("confidence", json!({ "transcription": 1.01 })),
        with("confidence", json!({ "translation": -0.1 })),
        with("medicalTerms", json!([{ "term": "pain" }])),
        with("medicalTerms", json!([{ "term": "pain", "category": "symptom", "confidence": 2 }])),
        with("timestamp", json!("2024-01-15T10:05:00")),
        with("timestamp", json!("yesterday")),
        with("itemId", json!("")),
        with("conversationId", json!("conv_789abc...")),
    ] {
        requests.push(("POST", "/api/utterances".to_owned(), body));
    }
    insta::assert_snapshot!(table(&visit, requests).await);
    assert_eq!(visit.conversation().await, before, "nothing was written");
}

#[tokio::test]
async fn fields_of_a_detection() {
    let visit = Visit::start().await;
    let before = visit.conversation().await;
    let mut requests = Vec::new();
    for body in [
        json!({}),
        visit.with(json!({})),
        visit.with(json!({ "text": "" })),
        visit.with(json!({ "text": "a\0b" })),
        visit.with(json!({ "text": "x".repeat(262_145) })),
        visit.with(json!({ "text": "x", "utteranceId": "" })),
        visit.with(json!({ "text": "x", "utteranceId": format!("utt_{}", (1_u64 << 40) + 1) })),
        visit.with(json!({ "text": "x", "context": { "patientHistory": { "allergies": "penicillin" } } })),
        visit.with(json!({ "text": "x", "context": { "patientHistory": { "age": 200 } } })),
        visit.with(json!({ "text": "x", "context": { "patientHistory": { "allergies": ["x".repeat(201)] } } })),
    ] {
        requests.push(("POST", "/api/actions/detect".to_owned(), body));
    }
    insta::assert_snapshot!(table(&visit, requests).await);
    assert_eq!(visit.conversation().await, before, "nothing was written");
}

#[tokio::test]
async fn fields_of_summaries_ends_and_lists() {
    let visit = Visit::start().await;
    let before = visit.conversation().await;
    let mut requests = Vec::new();
    for body in [json!({}), visit.with(json!({ "format": "pdf" })), visit.with(json!({ "includeSections": ["labs"] }))]
    {
        requests.push(("POST", "/api/summaries/generate".to_owned(), body));
    }
    let end = format!("/api/conversations/{}/end", visit.id);
    requests.push(("POST", end.clone(), json!({ "generateSummary": "yes" })));
    requests.push(("POST", end, json!({ "finalTranscript": "x".repeat(256 * 1024 + 1) })));
    for query in [
        "",
        "?conversationId=",
        "?conversationId=conv_1",
        &format!("?conversationId={}&after=x", visit.id),
        &format!("?conversationId={}&limit=0", visit.id),
    ] {
        requests.push(("GET", format!("/api/utterances{query}"), json!({})));
    }
    for query in ["?status=open", "?limit=1000", "?cursor=x"] {
        requests.push(("GET", format!("/api/conversations{query}"), json!({})));
    }
    insta::assert_snapshot!(table(&visit, requests).await);
    assert_eq!(visit.conversation().await, before, "nothing was written");
}

#[tokio::test]
async fn what_is_not_there() {
    let visit = Visit::start().await;
    let found = visit.detects("I'll prescribe ibuprofen 400 mg.").await;
    let action = found["actions"][0]["id"].as_str().unwrap().to_owned();
    let summary = super::data(visit.world.post(KIM, "/api/summaries/generate", visit.with(json!({}))).await);
    let summary = summary["id"].as_str().unwrap().to_owned();
    let paths = |conversation: &str, action: &str, summary: &str| {
        vec![
            ("GET", format!("/api/conversations/{conversation}"), json!({})),
            ("POST", format!("/api/conversations/{conversation}/end"), json!({})),
            ("GET", format!("/api/utterances?conversationId={conversation}"), json!({})),
            ("GET", format!("/api/actions?conversationId={conversation}"), json!({})),
            ("GET", format!("/api/actions/{action}"), json!({})),
            ("POST", format!("/api/actions/{action}/validate"), json!({ "approved": true })),
            ("GET", format!("/api/summaries/{summary}"), json!({})),
            ("PUT", format!("/api/summaries/{summary}"), json!({ "content": { "chiefComplaint": "x" } })),
            ("POST", format!("/api/summaries/{summary}/approve"), json!({})),
        ]
    };
    let mut unknown = Vec::new();
    for (method, path, body) in paths("conv_789abc...", "action_111...", "summary_999...") {
        let answer = Answer::of(visit.world.request(KIM, method, &path).json(&body)).await;
        unknown.push(refused(&answer));
    }
    let mut foreign = Vec::new();
    for (method, path, body) in paths(&visit.id, &action, &summary) {
        let answer = Answer::of(visit.world.request("clinician_other", method, &path).json(&body)).await;
        foreign.push(refused(&answer));
    }
    assert_eq!(unknown, foreign, "another organisation's cannot be told from what is not there");
    insta::assert_snapshot!(unknown.join("\n"));
}

#[tokio::test]
async fn a_visit_that_has_ended() {
    let visit = Visit::start().await;
    visit.ends().await.ok();
    let requests = vec![
        ("POST", "/api/utterances".to_owned(), visit.with(utterance("patient", "Hola"))),
        ("POST", "/api/actions/detect".to_owned(), visit.with(json!({ "text": "I'll prescribe ibuprofen 400 mg." }))),
    ];
    let expected = "POST /api/utterances 409 CONFLICT The conversation has ended.\nPOST /api/actions/detect 409 CONFLICT The conversation has ended.";
    assert_eq!(table(&visit, requests).await, expected);
}

#[tokio::test]
async fn http() {
    let visit = Visit::start().await;
    let world = &visit.world;
    let raw = |body: Vec<u8>, kind: &str| {
        world.request(KIM, "POST", "/api/utterances").header("content-type", kind).body(body)
    };
    let large = json!({ "conversationId": visit.id, "originalText": "x".repeat(1024 * 1024) }).to_string();
    let mut lines = Vec::new();
    for request in [
        world.anonymous("GET", "/api/conversations"),
        world.request("dr_smith", "GET", "/api/conversations"),
        world.request(KIM, "GET", "/api/nowhere"),
        world.request(KIM, "PUT", "/api/utterances"),
        raw(b"{}".to_vec(), "text/plain"),
        raw(b"{".to_vec(), "application/json"),
        raw(b"[]".to_vec(), "application/json"),
        raw(large.into_bytes(), "application/json"),
    ] {
        lines.push(refused(&Answer::of(request).await));
    }
    insta::assert_snapshot!(lines.join("\n"));
    let both = Answer::of(world.request(KIM, "GET", "/api/conversations/")).await;
    assert_eq!(both.status, 200, "with and without the slash");
}

#[tokio::test]
async fn too_many_requests_in_a_minute() {
    let options = local::stack::Options { rate_limit: Some(2), ..local::stack::Options::default() };
    let world = tests::World::with(options).await;
    let mut answer = world.post(KIM, "/api/session", json!({})).await;
    for _ in 0..4 {
        answer = world.post(KIM, "/api/session", json!({})).await;
    }
    assert_eq!(answer.status, 429);
    let error = &answer.body["error"];
    assert_eq!((&error["message"], &error["code"]), (&json!("Rate limit exceeded"), &json!("RATE_LIMITED")));
    let details = &error["details"];
    assert_eq!((&details["limit"], &details["window"]), (&json!(2), &json!("1 minute")));
    assert_eq!(details["retryAfter"].as_u64().unwrap().to_string(), answer.header("retry-after"));
}
