//! The access matrix: every operation for every kind of caller and owner, as one golden file.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Answer, World};

mod patient_threads;
mod provider_messages;
mod records;
mod symptom_assessment;
mod therapy;
mod uploads;
mod visits;
mod webhooks;

/// An operation: its name, verb and path, with the body of a request that its rightful caller may make.
type Operation = (&'static str, &'static str, String, Option<Value>);

const PHONE: &str = "+2348012345678";

const CALLERS: [&str; 16] = [
    "(nobody)",
    "dr_smith",
    "dr_jones",
    "dr_other",
    "staff_ama",
    "therapist_lee",
    "therapist_other",
    "subject_john",
    "subject_jane",
    "patient_123",
    "patient_456",
    "clinician_kim",
    "clinician_other",
    "service",
    "admin",
    "(expired)",
];

#[tokio::test]
async fn every_operation_for_every_caller() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let expired =
        world.local_post("token", json!({ "claims": { "sub": "x", "role": "doctor" }, "expires_in": -60 })).await;
    let mut table = format!("{:38}", "");
    table += &CALLERS.map(|caller| format!("{caller:16}")).concat();
    table.push('\n');
    let mut operations = provider_messages::operations(&thread);
    operations.extend(patient_threads::operations(&thread));
    operations.extend(uploads::operations(&world).await);
    operations.extend(therapy::operations(&world).await);
    operations.extend(records::operations(&world).await);
    operations.extend(symptom_assessment::operations(&world).await);
    operations.extend(visits::operations(&world).await);
    operations.extend(webhooks::operations(&world).await);
    for (name, method, path, body) in &operations {
        table += &format!("{name:38}");
        for caller in CALLERS {
            let mut request = match caller {
                "(nobody)" => world.anonymous(method, path),
                "(expired)" => world.anonymous(method, path).bearer_auth(expired["token"].as_str().unwrap()),
                caller => world.request(caller, method, path),
            };
            if let Some(body) = body {
                request = request.json(body);
            }
            table += &format!("{:<16}", Answer::of(request).await.status);
        }
        table = table.trim_end().to_owned() + "\n";
    }
    insta::assert_snapshot!(table);
    let listed: BTreeSet<&str> = operations.iter().map(|(name, ..)| *name).collect();
    assert_eq!(listed, known().iter().map(String::as_str).collect(), "an operation is missing from the matrix");
}

/// The operations of all routers.
fn known() -> BTreeSet<String> {
    let document: Value = serde_json::from_str(&local::openapi::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|methods| methods.as_object().unwrap().values());
    operations.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_administrator_of_an_organization_keeps_to_it() {
    let world = World::start().await;
    let claims = json!({ "claims": { "sub": "admin_22", "role": "admin", "organization_id": 22 } });
    let token = world.local_post("token", claims).await["token"].as_str().unwrap().to_owned();
    let thread = world.converse("dr_smith", PHONE).await;
    let put = |path: String, body: Value| Answer::of(world.anonymous("PUT", &path).bearer_auth(&token).json(&body));
    let own = put("/providers/77/".into(), json!({ "organization_id": 22, "name": "Dr. New" })).await;
    let foreign = put("/providers/77/".into(), json!({ "organization_id": 21, "name": "Dr. New" })).await;
    assert_eq!((own.status, foreign.status), (200, 404));
    let body = json!({ "subscription_status": null });
    assert_eq!(put(format!("/patients/{}/subscription/", thread.patient), body).await.status, 404);
}
