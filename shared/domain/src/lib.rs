//! Types and decisions of healthcare conversations.
//!
//! Nothing here waits, reads a clock, draws a random number, knows HTTP or AWS: every function is pure, takes the time
//! and the random bits that it needs as arguments, and is tested in milliseconds. `platform` keeps what is decided here,
//! `web` and the functions turn it into the documents' JSON.

pub mod account;
pub mod alert;
pub mod append;
pub mod assessment;
pub mod assistant;
pub mod audit;
pub mod caller;
pub mod care;
pub mod check_in;
pub mod clinician;
pub mod contact;
pub mod delivery;
pub mod error;
pub mod escalation;
pub mod event;
pub mod handoff;
pub mod ids;
pub mod inbound;
pub mod inbox;
pub mod media;
pub mod message;
pub mod note;
pub mod observation;
pub mod pacing;
pub mod page;
pub mod patient;
pub mod phone;
pub mod provider;
pub mod provider_error;
pub mod read;
pub mod record;
pub mod report;
pub mod responder;
pub mod section;
pub mod send;
pub mod speech;
pub mod start;
pub mod tag;
pub mod task;
pub mod template;
pub mod text;
pub mod therapy;
pub mod thread;
pub mod time;
pub mod triage;
pub mod upload;
pub mod visit;
pub mod wamid;
pub mod webhook;
pub mod window;
pub mod wording;
pub mod zone;

pub use error::{Error, Result};
