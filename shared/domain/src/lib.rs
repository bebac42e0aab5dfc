//! Types and decisions of healthcare conversations.
//!
//! Nothing here waits, reads a clock, draws a random number, knows HTTP or AWS: every function is pure, takes the time
//! and the random bits that it needs as arguments, and is tested in milliseconds. `platform` keeps what is decided here,
//! `web` and the functions turn it into the documents' JSON.

pub mod append;
pub mod caller;
pub mod contact;
pub mod delivery;
pub mod error;
pub mod ids;
pub mod inbound;
pub mod inbox;
pub mod media;
pub mod message;
pub mod pacing;
pub mod page;
pub mod patient;
pub mod phone;
pub mod provider;
pub mod provider_error;
pub mod read;
pub mod send;
pub mod template;
pub mod text;
pub mod thread;
pub mod time;
pub mod wamid;
pub mod window;

pub use error::{Error, Result};
