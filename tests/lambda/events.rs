//! The files of `events/`.

use std::collections::BTreeSet;
use std::path::PathBuf;

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
pub(crate) fn names() -> BTreeSet<String> {
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
