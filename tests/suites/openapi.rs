//! The committed OpenAPI document is the routers', the template has its routes, and every response is described.

use std::collections::BTreeSet;

use local::settings::deployment;
use local::template::{TEMPLATE, Template};
use serde_json::Value;

const COMMITTED: &str = include_str!("../../openapi.json");

fn document() -> Value {
    serde_json::from_str(COMMITTED).unwrap()
}

#[test]
fn the_committed_document_is_the_routers() {
    assert!(COMMITTED.trim() == local::openapi::document(), "run: cargo run -- openapi > openapi.json");
}

#[test]
fn the_template_has_every_route_in_both_slash_forms_and_no_other() {
    let template = Template::read(TEMPLATE, &deployment("127.0.0.1:1")).unwrap();
    let declared: BTreeSet<(String, String)> = template
        .functions
        .iter()
        .flat_map(|function| &function.routes)
        .map(|route| (route.method.clone(), route.path.clone()))
        .collect();
    let mut documented = BTreeSet::new();
    for (path, methods) in document()["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let bare = path.trim_end_matches('/').to_owned();
            documented.insert((method.to_uppercase(), format!("{bare}/")));
            documented.insert((method.to_uppercase(), bare));
        }
    }
    assert_eq!(declared, documented);
}

#[test]
fn every_operation_says_all_it_answers() {
    let document = document();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            assert!(["200", "201", "204"].iter().any(|status| responses.contains_key(*status)), "{method} {path}");
            for (status, response) in responses {
                let text = response["description"].as_str().unwrap_or_default();
                assert!(!text.is_empty(), "{method} {path} {status}");
            }
            let is_protected = operation.get("security").is_some();
            let is_open = path.starts_with("/webhooks/")
                || path == "/api/health"
                || operation["operationId"] == "symptom_assessment_health";
            assert!(is_protected || is_open, "{method} {path}");
            let refusals = ["400", "401", "403", "404", "405", "413", "415", "422", "429", "500", "503", "504"];
            assert!(!is_protected || refusals.iter().all(|status| responses.contains_key(*status)), "{method} {path}");
        }
    }
}

#[test]
fn references_lead_somewhere() {
    let document = document();
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    let pointer = reference.trim_start_matches('#');
                    assert!(document.pointer(pointer).is_some(), "{reference}");
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}
