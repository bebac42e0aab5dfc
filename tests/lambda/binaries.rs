//! The function binaries of the profile under test. `cargo test` builds the functions' libraries, not their binaries.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use local::template::{Deployment, TEMPLATE, Template};
use serde_json::Value;

/// The binary of a function, by the name of its crate.
pub(crate) fn binary(function: &str) -> &'static Path {
    static BINARIES: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    let binaries = BINARIES.get_or_init(|| executables(&build()));
    binaries.get(function).unwrap_or_else(|| panic!("{function} has no binary of its name"))
}

/// Builds the binaries of all functions, and answers what cargo says of each artifact.
fn build() -> Vec<Value> {
    let template = Template::read(TEMPLATE, &Deployment::default()).expect("template.yaml is understood");
    let functions = template.functions.iter().flat_map(|function| ["-p", function.code.as_str()]);
    let (target, profile) = place();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--bins", "--quiet", "--message-format=json-render-diagnostics"])
        // With this crate among the packages cargo unifies the same features as for the tests. Without it axum, tokio
        // and with them the AWS SDK would be compiled a second time.
        .args(["-p", env!("CARGO_PKG_NAME")])
        .args(functions)
        .args(["--profile", if profile == "debug" { "dev" } else { &profile }])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo starts");
    assert!(built.status.success(), "the functions cannot be built");
    let lines = String::from_utf8(built.stdout).expect("cargo writes JSON");
    lines.lines().map(|line| serde_json::from_str(line).expect("cargo writes JSON")).collect()
}

/// The target directory, and the name of the profile's directory in it, from `target/debug/deps/lambda-0123456789abcdef`.
fn place() -> (PathBuf, String) {
    let this = std::env::current_exe().expect("a test has a path");
    let profile = this.parent().and_then(Path::parent).expect("a test lies in a profile's directory");
    let name = profile.file_name().expect("a profile has a name").to_string_lossy().into_owned();
    // The directory's own mark, `CACHEDIR.TAG`, is there only if cargo made the directory itself. With `build.target`
    // set, the directory of the platform lies between.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the directory lies in the target directory");
    (target.to_path_buf(), name)
}

fn executables(messages: &[Value]) -> BTreeMap<String, PathBuf> {
    let artifacts = messages.iter().filter(|message| message["reason"] == "compiler-artifact");
    let anew = artifacts.clone().filter(|artifact| artifact["fresh"] == false && is_foreign(artifact));
    let anew: Vec<&str> = anew.filter_map(|artifact| artifact["target"]["name"].as_str()).collect();
    assert!(anew.is_empty(), "other features than in the tests, so compiled anew: {anew:?}");
    let executables = artifacts.filter_map(|artifact| {
        let name = artifact["target"]["name"].as_str()?;
        Some((name.to_owned(), PathBuf::from(artifact["executable"].as_str()?)))
    });
    executables.collect()
}

fn is_foreign(artifact: &Value) -> bool {
    artifact["package_id"].as_str().is_some_and(|id| id.starts_with("registry+"))
}
