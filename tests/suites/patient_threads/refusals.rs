//! What is refused, and that nothing changes then.

use serde_json::{Value, json};
use tests::World;

use super::{PHONE, Shared};

async fn table(world: &World, path: &str, cases: impl IntoIterator<Item = Value>) -> String {
    let mut table = String::new();
    for body in cases {
        table += &world.post("dr_smith", path, body).await.line();
        table.push('\n');
    }
    table
}

#[tokio::test]
async fn switches_that_cannot_be() {
    let shared = Shared::start(World::start().await).await;
    let before = shared.thread().await;
    let doctor = |id: Value| json!({ "responder": "doctor", "provider_id": id });
    let cases = [
        json!({}),
        json!({ "responder": "" }),
        json!({ "responder": "nurse" }),
        json!({ "responder": 5 }),
        doctor(json!(31)),
        doctor(json!(999_999)),
        doctor(json!(0)),
        doctor(json!("nine")),
        doctor(json!(102)),
        json!({ "responder": "human_staff", "provider_id": 9 }),
        json!({ "responder": "doctor", "provider_id": 9, "handoff_message": "x".repeat(4097) }),
        json!({ "responder": "doctor", "provider_id": 9, "handoff_message": "a\u{0}" }),
        json!({ "responder": "assistant", "instructions": "x".repeat(2001) }),
    ];
    insta::assert_snapshot!(table(&shared.world, &shared.path("switch-responder/"), cases).await, @r#"
    400 {"responder":["responder is required."]}
    400 {"responder":["responder is required."]}
    400 {"responder":["responder must be one of assistant, doctor, human_staff."]}
    400 {"responder":["responder is not of the expected type, or is given twice."]}
    400 {"provider_id":["provider_id must be a provider of your organization."]}
    400 {"provider_id":["provider_id must be a provider of your organization."]}
    400 {"provider_id":["provider_id must be a provider of your organization."]}
    400 {"provider_id":["provider_id is not of the expected type, or is given twice."]}
    400 {"provider_id":["provider_id must be a provider whose role is doctor."]}
    400 {"provider_id":["provider_id must be a provider whose role is human_staff."]}
    400 {"handoff_message":["handoff_message must have at most 4096 characters; it has 4097."]}
    400 {"handoff_message":["handoff_message must not contain control characters."]}
    400 {"instructions":["instructions must have at most 2000 characters; it has 2001."]}
    "#);
    assert_eq!(shared.thread().await, before);
}

#[tokio::test]
async fn conversations_that_cannot_be_started() {
    let world = World::start().await;
    let patient = world.patient("dr_smith", PHONE).await;
    let with = |more: Value| {
        let mut body = json!({ "patient_id": patient, "query": "Hello" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let cases = [
        json!({}),
        json!({ "patient_id": patient }),
        with(json!({ "query": " " })),
        with(json!({ "query": "x".repeat(4097) })),
        with(json!({ "patient_id": 5 })),
        with(json!({ "patient_id": "five" })),
        with(json!({ "responder": "human_staff" })),
        with(json!({ "responder": "nurse" })),
        with(json!({ "expertise_level": "expert" })),
        with(json!({ "daily_report": "yes" })),
    ];
    insta::assert_snapshot!(table(&world, "/patient-threads/send/", cases).await, @r#"
    400 {"patient_id":["patient_id is required."]}
    400 {"query":["query is required."]}
    400 {"query":["query is required."]}
    400 {"query":["query must have at most 4096 characters; it has 4097."]}
    404 {"detail":"Not found."}
    400 {"patient_id":["patient_id is not of the expected type, or is given twice."]}
    400 {"responder":["responder must be assistant or doctor."]}
    400 {"responder":["responder must be one of assistant, doctor, human_staff."]}
    400 {"expertise_level":["expertise_level must be one of low, medium, high."]}
    400 {"daily_report":["daily_report is not of the expected type, or is given twice."]}
    "#);
    let list = world.get("dr_smith", "/patient-threads/").await.ok();
    assert_eq!(list["threads"], json!([]));
}

#[tokio::test]
async fn parameters_out_of_bounds() {
    let shared = Shared::start(World::start().await).await;
    let mut table = String::new();
    for path in [
        "/patient-threads/?limit=0".to_owned(),
        "/patient-threads/?limit=26".to_owned(),
        "/patient-threads/?cursor=x".to_owned(),
        shared.path("?after=x"),
        shared.path("?limit=501"),
        shared.path("reports/?limit=101"),
        shared.path("reports/?cursor=x"),
    ] {
        let answer = shared.world.get("dr_smith", &path).await;
        table += &format!("{}: {}\n", path.replace(&shared.id, "<id>"), answer.line());
    }
    insta::assert_snapshot!(table, @r#"
    /patient-threads/?limit=0: 400 {"limit":["limit must be a whole number from 1 to 25."]}
    /patient-threads/?limit=26: 400 {"limit":["limit must be a whole number from 1 to 25."]}
    /patient-threads/?cursor=x: 400 {"cursor":["cursor is not valid. Leave it out to start from the beginning."]}
    /patient-threads/<id>/?after=x: 400 {"after":["after must be a message id of this conversation."]}
    /patient-threads/<id>/?limit=501: 400 {"limit":["limit must be a whole number from 1 to 500."]}
    /patient-threads/<id>/reports/?limit=101: 400 {"limit":["limit must be a whole number from 1 to 100."]}
    /patient-threads/<id>/reports/?cursor=x: 400 {"cursor":["cursor is not valid. Leave it out to start from the beginning."]}
    "#);
}

#[tokio::test]
async fn every_way_of_not_being_understood_has_the_documents_shape() {
    let shared = Shared::start(World::start().await).await;
    let path = shared.path("switch-responder/");
    let raw = |body: &'static str| shared.world.request("dr_smith", "POST", &path).body(body);
    let json = "application/json";
    let answers = [
        tests::Answer::of(raw("{").header("content-type", json)).await,
        tests::Answer::of(raw("[]").header("content-type", json)).await,
        tests::Answer::of(raw("responder=doctor").header("content-type", "application/x-www-form-urlencoded")).await,
        tests::Answer::of(shared.world.request("dr_smith", "DELETE", &path)).await,
        tests::Answer::of(
            shared.world.request("dr_smith", "POST", &path).header("content-type", json).body("x".repeat(1 << 20)),
        )
        .await,
    ];
    let lines: Vec<String> = answers.iter().map(tests::Answer::line).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    400 {"non_field_errors":["The request body is not valid JSON."]}
    400 {"non_field_errors":["The request body must be a JSON object with each field given once."]}
    415 {"detail":"Unsupported media type in request; send application/json."}
    405 {"detail":"Method not allowed."}
    413 {"detail":"The request body is too large."}
    "#);
}
