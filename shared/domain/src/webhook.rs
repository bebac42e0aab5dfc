//! Webhooks: which endpoints an organisation has, what each is owed, and when it is tried again (document 004; external
//! contracts, section 4; contract, I-10).

pub mod attempt;
pub mod endpoint;
pub mod lane;
pub mod schedule;
pub mod target;
