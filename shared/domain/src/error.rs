//! The one error of the product, free of HTTP.
//!
//! What `Display` prints is what a caller may read. A cause that only an operator may read is logged where it happens
//! and never put in here.

use std::borrow::Cow;

use crate::time::Timestamp;

/// Every way in which a request can be refused.
///
/// `web` gives each variant its status once; each surface writes it in its document's shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A field is missing or not acceptable. `field` is the document's spelling, `message` a whole sentence.
    #[error("{message}")]
    Invalid {
        /// The field at fault, in the document's spelling; absent when the request as a whole is at fault.
        field: Option<Cow<'static, str>>,
        /// A whole sentence for the caller.
        message: String,
    },
    /// A refusal whose exact text a document fixes, without a field.
    #[error("{0}")]
    Documented(&'static str),
    /// A refusal with a stable code that clients branch on, and a sentence.
    #[error("{detail}")]
    Refused {
        /// The stable code.
        code: &'static str,
        /// A whole sentence for the caller.
        detail: String,
    },
    /// Free text outside the customer-service window of 24 hours (contract A-17).
    #[error(
        "The 24-hour window for free-form messages is closed. Use send-template-message to reach this patient; \
         the window opens again when the patient replies."
    )]
    WindowClosed {
        /// When the window closed; absent when the patient has never written.
        expired_at: Option<Timestamp>,
    },
    /// No valid credentials.
    #[error("Authentication credentials were not provided.")]
    Unauthenticated,
    /// Known caller, but not allowed (inside the own organisation; across organisations it is [`Error::NotFound`]).
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Unknown, or another tenant's: the two cannot be told apart.
    #[error("Not found.")]
    NotFound,
    /// As [`Error::NotFound`], where a document fixes the text.
    #[error("{0}")]
    Missing(&'static str),
    /// What is asked for does not go with what is already so.
    #[error("{0}")]
    Conflict(&'static str),
    /// Another service, which the answer needs, refused or did not answer.
    #[error("{what}")]
    Provider {
        /// What could not be done.
        what: &'static str,
        /// Which service.
        provider: &'static str,
        /// What it answered; 504 when it did not.
        status: u16,
    },
    /// The thread is a colleague's; the text names the owner (contract A-9).
    #[error("This conversation is assigned to {owner}.")]
    AssignedToColleague {
        /// Display name of the colleague.
        owner: String,
    },
    /// The caller is not the one who answers the thread (DP-3.1).
    #[error("Not authorized to send messages in this thread")]
    NotTheResponder,
    /// The `Idempotency-Key` was used before with another body.
    #[error("This Idempotency-Key was already used with a different request body.")]
    IdempotencyKeyReused,
    /// Too many requests in this minute.
    #[error("Request was throttled. Expected available in {retry_after_s} seconds.")]
    RateLimited {
        /// Requests allowed per minute.
        limit: u32,
        /// Whole seconds until the next minute of the limiter.
        retry_after_s: u32,
    },
    /// Nothing was written; the same request may be sent again after a second.
    #[error("The service is busy. Nothing was changed; please try again.")]
    Busy,
    /// The write was sent and no answer came: it may or may not have been kept.
    #[error("The outcome could not be confirmed. Check the conversation before sending again.")]
    Unconfirmed,
    /// A fault of ours. Its cause is in the log under the correlation id.
    #[error("Internal server error")]
    Internal,
}

impl Error {
    /// A field that is missing or wrong, with a whole sentence.
    pub fn invalid(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::Invalid { field: Some(field.into()), message: message.into() }
    }

    /// The request as a whole is wrong, with a whole sentence.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::Invalid { field: None, message: message.into() }
    }

    /// This error, with a document's own text for what is not there.
    #[must_use]
    pub fn or_missing(self, text: &'static str) -> Self {
        if self == Self::NotFound { Self::Missing(text) } else { self }
    }

    /// The sentence for a required field that is missing or blank.
    #[must_use]
    pub fn required(field: &'static str) -> Self {
        Self::invalid(field, format!("{field} is required."))
    }
}

/// A result with the product's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;
