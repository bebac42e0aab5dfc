//! The files of `events/`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use local::template::{Deployment, TEMPLATE, Template};
use serde_json::Value;

/// What stands in a file where a caller's token belongs.
const PLACEHOLDER: &str = "Bearer TOKEN";

/// The directory of the files.
pub(crate) fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../events")
}

/// The event of a file, such as `patients/all-patients`.
pub(crate) fn event(name: &str) -> Value {
    let path = directory().join(name).with_extension("json");
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The event of a file, from a caller with this token.
pub(crate) fn event_of(name: &str, token: &str) -> Value {
    let mut event = event(name);
    assert_eq!(event["headers"]["authorization"], PLACEHOLDER, "{name}");
    event["headers"]["authorization"] = format!("Bearer {token}").into();
    event
}

/// The names of all files, as [`event`] takes them.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for function in std::fs::read_dir(directory()).expect("the events").map(|entry| entry.expect("an entry").path()) {
        if !function.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&function).expect("events").map(|entry| entry.expect("an entry").path()) {
            let name = [function.file_name(), file.file_stem()].map(|part| part.expect("a name").to_string_lossy());
            names.insert(name.join("/"));
        }
    }
    names
}

#[test]
fn every_function_has_an_event() {
    let template = Template::read(TEMPLATE, &Deployment::default()).expect("template.yaml is understood");
    let functions: BTreeSet<&str> = template.functions.iter().map(|function| function.code.as_str()).collect();
    let names = names();
    let with_event: BTreeSet<&str> = names.iter().filter_map(|name| name.split('/').next()).collect();
    assert_eq!(with_event, functions);
}

#[test]
fn the_readme_explains_every_file() {
    let readme = std::fs::read_to_string(directory().join("README.md")).expect("the file");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(".json` | "));
    let explained: BTreeSet<String> = rows.map(|(name, _)| name.to_owned()).collect();
    assert_eq!(explained, names());
}
