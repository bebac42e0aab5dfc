//! Each function's role allows what its code calls, and nothing else.

use std::collections::BTreeSet;

use local::connector::Call;
use local::template::{TEMPLATE, document};
use serde_json::Value;

use history::calls;

mod files;
mod history;
mod sections;
mod visits;
mod webhooks;

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
        let resource = resource.trim_start_matches("${").replace(".Arn}/index/", "/").replace(".Arn}/", "/");
        let resource = resource.trim_end_matches("/*").replace(".Arn", "");
        for action in statement["Action"].as_array().unwrap() {
            let action = action.as_str().unwrap();
            if ["dynamodb:", "sqs:", "s3:"].iter().any(|service| action.starts_with(service)) {
                allowed.insert((action.to_owned(), resource.clone()));
            }
        }
    }
    allowed
}

/// What Lambda itself needs, in the function's name, to bring it the messages of its queue.
fn polled(template: &Value, function: &str) -> BTreeSet<Permission> {
    let events = template.pointer(&format!("/Resources/{function}/Properties/Events")).and_then(Value::as_object);
    let queues = events.into_iter().flatten().filter_map(|(_, event)| {
        let queue = event.pointer("/Properties/Queue")?.as_object()?.values().next()?.as_str()?;
        Some(queue.trim_end_matches(".Arn").to_owned())
    });
    let actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    queues.flat_map(|queue| actions.map(|action| (action.to_owned(), queue.clone()))).collect()
}

/// The permissions that calls need.
fn needed(calls: &[Call]) -> BTreeSet<Permission> {
    let mut needed = BTreeSet::new();
    for call in calls {
        if call.service == "S3" {
            needed.extend(on_files(call));
            continue;
        }
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

/// The permissions that a call to S3 needs, on the bucket's folders.
fn on_files(call: &Call) -> Vec<Permission> {
    let names = String::from_utf8(call.body.clone()).unwrap();
    let folders =
        names.lines().map(|name| format!("Media/{}", name.trim_start_matches('/').split('/').nth(1).unwrap()));
    let actions: &[&str] = match call.operation.as_str() {
        "CopyObject" => &["PutObject", "GetObject"],
        "HeadObject" | "GetObject" => &["GetObject"],
        "DeleteObject" => &["DeleteObject"],
        "AbortMultipartUpload" => &["AbortMultipartUpload"],
        _ => &["PutObject"],
    };
    folders.zip(actions).map(|(folder, action)| (format!("s3:{action}"), folder)).collect()
}

/// What others do in the function's name with an address or a form that it signed, and what tells one that reads objects that
/// there is none.
fn signed(function: &str) -> BTreeSet<Permission> {
    let permissions: &[(&str, &str)] = match function {
        "UploadsFunction" => {
            &[("s3:PutObject", "Media/incoming"), ("s3:GetObject", "Media/uploads"), ("s3:ListBucket", "Media")]
        }
        "MediaTransfersFunction" | "WhatsappDeliveryFunction" => &[("s3:ListBucket", "Media")],
        _ => &[],
    };
    permissions.iter().map(|(action, on)| ((*action).to_owned(), (*on).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn a_role_allows_what_its_function_calls_and_nothing_else() {
    let template = document(TEMPLATE).unwrap();
    let mut wrong = String::new();
    for (function, calls) in calls().await {
        let allowed = allowed(&template, function);
        let needed = &(&needed(&calls) | &polled(&template, function)) | &signed(function);
        for (sign, difference) in [("needs", &needed - &allowed), ("does not need", &allowed - &needed)] {
            wrong += &difference
                .iter()
                .map(|(action, on)| format!("{function} {sign} {action} on {on}\n"))
                .collect::<String>();
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn no_role_allows_everything_or_a_scan() {
    let template = document(TEMPLATE).unwrap();
    for (name, resource) in template["Resources"].as_object().unwrap() {
        if resource["Type"] == "AWS::Serverless::Function" {
            let policies = resource["Properties"]["Policies"].as_array().into_iter().flatten();
            let statements = policies.flat_map(|policy| policy["Statement"].as_array().unwrap());
            // What is asked through an inference profile may lie in any region; the condition names the profile.
            let unconditional = statements.filter(|statement| statement["Condition"].is_null());
            let policies = unconditional.map(Value::to_string).collect::<String>();
            // A role has folders of the bucket, and no single object.
            let policies = policies.replace("/incoming/*", "").replace("/uploads/*", "");
            assert!(!policies.contains('*') && !policies.contains("Scan"), "{name}: {policies}");
        }
    }
}
