//! What the template promises beside its routes: tables, queues, settings.

use std::collections::{BTreeMap, BTreeSet};

use local::settings::deployment;
use local::template::{TEMPLATE, Template};

fn template() -> Template {
    Template::read(TEMPLATE, &deployment("127.0.0.1:1")).unwrap()
}

#[test]
fn tables_and_queues_are_those_of_the_settings() {
    let template = template();
    let environment: BTreeMap<&str, &str> = template
        .functions
        .iter()
        .flat_map(|function| &function.environment)
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let named: BTreeSet<&str> =
        environment.iter().filter(|(name, _)| name.ends_with("_TABLE")).map(|(_, table)| *table).collect();
    let tables: BTreeSet<&str> = template.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(named, tables);
    for setting in
        ["DELIVERY_QUEUE_URL", "ASSISTANT_QUEUE_URL", "TRANSFER_QUEUE_URL", "WEBHOOK_QUEUE_URL", "SUMMARY_QUEUE_URL"]
    {
        let queue = environment[setting].rsplit('/').next().unwrap();
        assert!(template.queues.iter().any(|declared| declared.name == queue), "{setting}");
    }
}

#[test]
fn every_queue_that_invokes_a_function_has_time_and_dead_letters() {
    let template = template();
    for function in &template.functions {
        let Some(trigger) = &function.trigger else { continue };
        let queue = template.queues.iter().find(|queue| queue.name == trigger.queue).unwrap();
        let timeout = function.timeout_s.unwrap_or(30);
        assert!(u64::from(queue.visibility_timeout_s) >= 6 * timeout, "six times the function's timeout");
        let (dead_letters, _) = queue.dead_letters.as_ref().expect("dead letters");
        let dead_letters = template.queues.iter().find(|queue| queue.name == *dead_letters).unwrap();
        assert_eq!(dead_letters.retention_s, 14 * 86_400);
    }
}

#[test]
fn every_function_has_its_crate_and_every_crate_its_function() {
    let template = template();
    let functions: BTreeSet<String> = template.functions.iter().map(|function| function.code.clone()).collect();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../functions");
    let crates = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(functions, crates.collect());
}
