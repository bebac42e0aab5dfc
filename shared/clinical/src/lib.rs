//! The clinical engines: danger, triage, actions, summaries and the terms they share.
//!
//! Pure text in, findings with evidence out. Nothing here waits, reads a clock, draws a random number or knows AWS, HTTP
//! or a model. Every finding names the rule that made it and the exact span of the writer's own text that it rests on.

pub mod action;
pub mod after_visit;
pub mod allergy;
pub mod assess;
pub mod assistant;
pub mod brief;
pub mod context;
pub mod danger;
pub mod diagnosis;
mod dictionary;
pub mod dose_limit;
pub mod drug;
pub mod duplicate;
pub mod follow_up;
pub mod guard;
mod hash;
mod intent;
pub mod language;
pub mod phrase;
pub mod reading;
pub mod record;
pub mod report;
pub mod sentence;
pub mod sig;
pub mod span;
pub mod specialty;
mod spoken;
pub mod stated;
pub mod statement;
pub mod summary;
pub mod symptom;
pub mod term;
pub mod test_catalogue;
pub mod text;
pub mod triage;
pub mod visit;
mod words;
