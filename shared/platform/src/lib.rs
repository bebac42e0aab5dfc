//! What every function stands on: configuration, clock, randomness, identity, the DynamoDB store, the queue of hints
//! and the WhatsApp client. Decisions are in `domain`; this crate reads, keeps and sends.

pub mod app;
pub mod clock;
pub mod config;
pub mod conversation;
pub mod drive;
pub mod files;
pub mod identity;
pub mod metrics;
pub mod mirror;
pub mod model;
pub mod outward;
pub mod points;
pub mod queue;
pub mod random;
pub mod realtime;
pub mod store;
pub mod webhook;
pub mod whatsapp;

pub use app::App;
pub use config::Config;
