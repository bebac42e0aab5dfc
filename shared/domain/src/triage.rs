//! Symptom assessment (document 003): how soon a patient must be seen, what a turn says and what is kept of it.

mod level;

pub use level::{Level, Risk};
