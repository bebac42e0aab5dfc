//! The assistant's model behind Amazon Bedrock: the real SDK against a server that speaks Converse.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use aws_config::SdkConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use platform::config::ModelSettings;
use platform::model::{Answer, Background, Concern, Line, Model, ModelFault, Speaker, prompt};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::World;
use tokio::net::TcpListener;

/// The server.
#[derive(Debug, Clone, Default)]
struct Converse(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    /// What is answered next: statuses and bodies.
    answers: VecDeque<(u16, Value)>,
    /// What was asked: paths and bodies.
    asked: Vec<(String, Value)>,
}

async fn converse(State(server): State<Converse>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let body = axum::body::to_bytes(request.into_body(), usize::MAX).await.unwrap();
    let mut inner = server.0.lock().unwrap();
    inner.asked.push((path, serde_json::from_slice(&body).unwrap()));
    let (status, body) = inner.answers.pop_front().expect("a scripted answer");
    let kind = body["__type"].as_str().unwrap_or_default().to_owned();
    let headers = [("content-type", "application/json".to_owned()), ("x-amzn-errortype", kind)];
    (StatusCode::from_u16(status).unwrap(), headers, body.to_string()).into_response()
}

fn said(text: &str, stop: &str) -> (u16, Value) {
    let message = json!({ "role": "assistant", "content": [{ "text": text }] });
    let usage = json!({ "inputTokens": 1, "outputTokens": 1, "totalTokens": 2 });
    (
        200,
        json!({ "output": { "message": message }, "stopReason": stop, "usage": usage, "metrics": { "latencyMs": 1 } }),
    )
}

fn refused(status: u16, kind: &str) -> (u16, Value) {
    (status, json!({ "__type": kind, "message": "no" }))
}

/// Asks the model about a conversation; what it answered, and what the server was asked.
async fn ask(
    world: &World,
    answers: impl IntoIterator<Item = (u16, Value)>,
) -> (Result<Option<Answer>, ModelFault>, Vec<(String, Value)>) {
    let server = Converse::default();
    server.0.lock().unwrap().answers.extend(answers);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(converse).with_state(server.clone());
    tokio::spawn(axum::serve(listener, router).into_future());
    let sdk = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new("test", "test", None, None, "test")))
        .endpoint_url(format!("http://{address}"))
        .build();
    let settings = ModelSettings::Bedrock { model: "a.model-v1:0".to_owned() };
    let model = Model::new(&settings, Some(&sdk)).unwrap();
    let line = |by, text: &str| Line { by, text: text.to_owned() };
    let lines = vec![
        line(Speaker::Team, "How are you?"),
        line(Speaker::Patient, "Dizzy"),
        line(Speaker::Patient, "since noon"),
    ];
    let answered = model.answer(&world.stack.app, &prompt(Background::default(), lines)).await;
    let asked = server.0.lock().unwrap().asked.clone();
    (answered, asked)
}

#[tokio::test]
async fn it_is_asked_in_turns_and_answers_in_our_form() {
    let world = World::start().await;
    let (answered, asked) = ask(&world, [said(r#"{"reply":"Sit down.","concern":"watch"}"#, "end_turn")]).await;
    assert_eq!(answered, Ok(Some(Answer { reply: "Sit down.".into(), concern: Concern::Watch })));
    let (path, body) = &asked[0];
    assert_eq!(path, "/model/a.model-v1%3A0/converse");
    assert_eq!(body["messages"], json!([{ "role": "user", "content": [{ "text": "Dizzy\nsince noon" }] }]));
    assert!(body["system"][0]["text"].as_str().unwrap().contains("Never diagnose"));
    assert_eq!(body["inferenceConfig"]["maxTokens"], 700);
}

#[tokio::test]
async fn what_is_no_answer_is_asked_for_once_more() {
    let world = World::start().await;
    let good = said(r#"{"reply":"Sit down.","concern":"none"}"#, "end_turn");
    let (answered, asked) = ask(&world, [said("As a model", "end_turn"), good]).await;
    assert!(answered.is_ok_and(|answer| answer.is_some()) && asked.len() == 2);
    let (answered, _) = ask(&world, [said("no", "end_turn"), said("no", "max_tokens")]).await;
    assert_eq!(answered, Err(ModelFault::Invalid));
}

#[tokio::test]
async fn every_refusal_has_its_meaning() {
    let world = World::start().await;
    for (answers, fault) in [
        (vec![said("", "guardrail_intervened")], ModelFault::Refused),
        (vec![said("", "content_filtered")], ModelFault::Refused),
        (vec![refused(403, "AccessDeniedException")], ModelFault::Account),
        (vec![refused(404, "ResourceNotFoundException")], ModelFault::Account),
        (vec![refused(400, "ValidationException")], ModelFault::Invalid),
        (vec![refused(429, "ThrottlingException"); 3], ModelFault::Busy),
    ] {
        let (answered, _) = ask(&world, answers).await;
        assert_eq!(answered, Err(fault));
    }
    assert_eq!(world.count("ModelFault").await, 6);
}
