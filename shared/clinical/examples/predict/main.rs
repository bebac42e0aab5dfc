//! Prints the predictions of an engine for the scorer: `cargo run --release -p clinical --example predict -- TASK FILE.jsonl`.

use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter, Write};

use serde_json::{Value, json};

mod actions;
mod allergy;
mod danger;
mod findings;
mod icd;
mod negation;
mod notes;
mod orders;
mod sig;
mod symptoms;
mod terms;
mod triage;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(task), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("a task and a file are needed".into());
    };
    let predict: fn(&Value) -> Value = match task.as_str() {
        "actions" => actions::predict,
        "allergy" => allergy::predict,
        "danger" => danger::predict,
        "findings" => findings::predict,
        "icd" => icd::predict,
        "negation" => negation::english,
        "negation_es" => negation::spanish,
        "primock" | "sections" | "summary" => notes::predict,
        "orders" => orders::predict,
        "sig" => sig::predict,
        "symptoms" => symptoms::predict,
        "terms" => terms::predict,
        "triage" => triage::predict,
        _ => return Err(format!("{task} is not a task").into()),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let prediction = json!({"id": row.get("id"), "output": predict(&row), "status": 200});
        writeln!(out, "{prediction}")?;
    }
    Ok(())
}

/// A text member of a row; empty when there is none.
fn text<'a>(row: &'a Value, member: &str) -> &'a str {
    row.get(member).and_then(Value::as_str).unwrap_or_default()
}
