//! Each function's role allows what its code calls, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use local::connector::{Call, Fault};
use local::template::{TEMPLATE, document};
use platform::identity::Machine;
use serde_json::{Value, json};
use tests::InProcess;

const PHONE: &str = "2348012345678";

/// An action on a table, an index or a queue.
type Permission = (String, String);

/// What the template allows a function on tables and queues.
fn allowed(template: &Value, function: &str) -> BTreeSet<Permission> {
    let pointer = format!("/Resources/{function}/Properties/Policies");
    let policies = template.pointer(&pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let statements = policies.iter().flat_map(|policy| policy["Statement"].as_array().unwrap().clone());
    let mut allowed = BTreeSet::new();
    for statement in statements {
        let resource = match &statement["Resource"] {
            Value::Object(function) => function.values().next().unwrap().as_str().unwrap().to_owned(),
            other => other.to_string(),
        };
        let resource = resource.trim_start_matches("${").replace(".Arn}/index/", "/").replace(".Arn", "");
        for action in statement["Action"].as_array().unwrap() {
            let action = action.as_str().unwrap();
            if action.starts_with("dynamodb:") || action.starts_with("sqs:") {
                allowed.insert((action.to_owned(), resource.clone()));
            }
        }
    }
    allowed
}

/// The permissions that calls need.
fn needed(calls: &[Call]) -> BTreeSet<Permission> {
    let mut needed = BTreeSet::new();
    for call in calls {
        let body: Value = serde_json::from_slice(&call.body).unwrap();
        if call.service == "SQS" {
            let queue = body["QueueUrl"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            // A batch is allowed by the same action as a single message.
            needed.insert((format!("sqs:{}", call.operation.trim_end_matches("Batch")), queue));
            continue;
        }
        let writes = body["TransactItems"].as_array().cloned().unwrap_or_default();
        for write in &writes {
            let (verb, inner) = write.as_object().unwrap().iter().find(|(_, inner)| inner.is_object()).unwrap();
            needed.insert((format!("dynamodb:{verb}Item"), inner["TableName"].as_str().unwrap().to_owned()));
        }
        if writes.is_empty() {
            let table = body["TableName"].as_str().unwrap();
            let resource = body["IndexName"].as_str().map_or(table.to_owned(), |index| format!("{table}/{index}"));
            needed.insert((format!("dynamodb:{}", call.operation), resource));
        }
    }
    needed
}

/// Calls of each function in a history that takes every path through them.
async fn calls() -> BTreeMap<&'static str, Vec<Call>> {
    let mut world = InProcess::start(1).await;
    let limits = platform::config::RateLimits { reads: Some(300), writes: Some(100) };
    world.app.config =
        std::sync::Arc::new(platform::Config { rate_limits: limits, ..world.app.config.as_ref().clone() });
    let mut calls: BTreeMap<&'static str, Vec<Call>> = BTreeMap::new();
    let mut take = |function: &'static str| calls.entry(function).or_default().extend(world.faults.take_calls().0);

    let entry = |name: &str| json!({ "phone_number": format!("+{PHONE}"), "first_name": name, "last_name": "Doe", "notes": name });
    let create = "/appointments/create-patient/";
    let patient = world.post_once("dr_smith", create, ("k", &entry("John"))).await.body["patient_id"].clone();
    for body in [
        entry("John"),
        entry("Mary"),
        json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe", "notes": "new" }),
    ] {
        world.post("dr_smith", create, &body).await;
    }
    world.get("dr_smith", "/providermessages/all-patients/").await;
    take("PatientsFunction");

    world.put("service", "/providers/9/", &json!({ "organization_id": 21, "name": "Dr. Smith" })).await;
    let subscription = json!({ "subscription_status": "active", "subscription_id": 1 });
    world.put("service", &format!("/patients/{patient}/subscription/"), &subscription).await;
    for _ in 0..9 {
        world.faults.next_call("TransactWriteItems", Fault::FailBefore);
    }
    let unconfirmed = world.put("service", &format!("/patients/{patient}/subscription/"), &json!({})).await;
    assert_eq!(unconfirmed.status, 504, "a write without an answer looks for its own mark");
    let template = json!({ "name": "check_in", "language": "en", "body": "Hi {{1}}, this is {{2}}. {{3}} Bye.", "approved": true });
    world.put("service", "/organizations/21/template/", &template).await;
    take("DirectoryFunction");

    let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
    let send = "/providermessages/send-template-message/";
    let opened = world.post_once("dr_smith", send, ("k", &body)).await.body;
    world.post_once("dr_smith", send, ("k", &body)).await;
    take("ProviderMessagesFunction");
    world.inbound(PHONE, ("wamid.1", "Hi")).await;
    world.inbound("2348099999999", ("wamid.2", "Hello?")).await;
    let status = json!({ "statuses": [{ "id": "wamid.out", "status": "sent", "biz_opaque_callback_data": format!("{}.1", opened["message_id"]) }] });
    assert_eq!(world.webhook(&status).await, 200);
    take("WhatsappWebhookFunction");
    let text = json!({ "public_id": opened["public_id"], "message": "Hello" });
    world.post("dr_smith", "/providermessages/send-message/", &text).await;
    world.get("dr_smith", "/providermessages/").await;
    tokio::time::advance(std::time::Duration::from_secs(90_000)).await;
    let refused = world.post_once("dr_smith", "/providermessages/send-message/", ("late", &text)).await;
    assert_eq!(refused.status, 400, "a refusal looks whether the key was used before");
    take("ProviderMessagesFunction");

    outbox_sweeper::sweep(&world.app, Machine::of_invocation()).await.unwrap();
    tokio::time::advance(std::time::Duration::from_secs(300)).await;
    outbox_sweeper::sweep(&world.app, Machine::of_invocation()).await.unwrap();
    take("OutboxSweeperFunction");
    calls
}

#[tokio::test(start_paused = true)]
async fn a_role_allows_what_its_function_calls_and_nothing_else() {
    let template = document(TEMPLATE).unwrap();
    for (function, calls) in calls().await {
        assert_eq!(needed(&calls), allowed(&template, function), "{function}");
    }
}

#[test]
fn no_role_allows_everything_or_a_scan() {
    let template = document(TEMPLATE).unwrap();
    for (name, resource) in template["Resources"].as_object().unwrap() {
        if resource["Type"] == "AWS::Serverless::Function" {
            let policies = resource["Properties"]["Policies"].to_string();
            assert!(!policies.contains('*') && !policies.contains("Scan"), "{name}: {policies}");
        }
    }
}
