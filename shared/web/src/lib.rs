//! The glue between the outside and a function: extractors that parse and authorise, refusals in a document's shape,
//! conditional reads, and the handlers of queues and schedules. It names no AWS service.

pub mod api;
pub mod batch;
pub mod caller;
pub mod command;
pub mod conditional;
pub mod correlation;
pub mod delivery;
pub mod file_upload;
pub mod history;
pub mod lambda;
pub mod openapi;
pub mod page;
pub mod parameters;
pub mod refusal;
pub mod surface;
pub mod therapy;
pub mod visits;

pub use api::Api;
pub use refusal::{Refusal, Reply};
