//! Amazon SQS in this process: standard queues kept in SQLite, for the local runner and for tests.
//!
//! There are three doors to the same queues: [`router`] serves the real SDKs and the AWS CLI over HTTP,
//! [`Queues::handle`] answers one JSON request without a socket, and the methods of [`Queues`] serve pollers.
//!
//! A message row has one time, `vis`: the moment from which it may be received. Delay, visibility timeout and redrive
//! are only ways of setting it, so a moved clock moves everything at once. Each call is one short SQLite transaction
//! under a lock, run inline: a blocking pool would keep tokio's paused clock from standing still.
//!
//! What differs from AWS: one region, one account, no signatures, no FIFO queues, no tags, no policies (they are kept
//! and returned, never enforced), and a deleted queue may be created again at once.

mod attributes;
mod depths;
mod digest;
mod error;
mod message_attributes;
mod protocol;
mod queues;
mod receipt;
mod receive;
mod redrive;
mod send;
mod service;
mod store;
mod wait;

#[cfg(test)]
mod tests;

pub use attributes::{QueueSettings, Redrive};
pub use depths::Depth;
pub use digest::md5_hex;
pub use error::{Error, Refusal};
pub use message_attributes::{MessageAttribute, MessageAttributes};
pub use protocol::Answer;
pub use queues::{ACCOUNT, REGION, queue_arn, queue_url};
pub use receive::Received;
pub use service::router;
pub use store::{Now, Queues, Random};
