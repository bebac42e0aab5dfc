//! Why a call failed: what SQS would refuse, with its documented code and message, or the database.

use std::fmt;

/// The documented reasons for which SQS refuses a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Two entries of one batch carry the same id.
    BatchEntryIdsNotDistinct,
    /// The messages of one batch are together larger than a message may be.
    BatchRequestTooLong,
    /// A batch without entries.
    EmptyBatchRequest,
    /// A queue or message attribute that SQS does not know.
    InvalidAttributeName,
    /// A queue attribute outside its range.
    InvalidAttributeValue,
    /// A batch entry id with other characters than letters, digits, hyphens and underscores, or too long.
    InvalidBatchEntryId,
    /// A body with characters that XML 1.0 does not allow.
    InvalidMessageContents,
    /// A parameter outside its range, a message that is too long, a message attribute that breaks the rules.
    InvalidParameterValue,
    /// The visibility of a message was to change while nobody holds it.
    MessageNotInflight,
    /// A required parameter is absent or empty.
    MissingParameter,
    /// A second purge of the same queue within 60 seconds.
    PurgeQueueInProgress,
    /// No queue has this name.
    QueueDoesNotExist,
    /// A queue has this name and other attributes.
    QueueNameExists,
    /// The receipt handle is not one of this queue.
    ReceiptHandleIsInvalid,
    /// The request is not the JSON that the action takes.
    Serialization,
    /// A batch of more than ten entries.
    TooManyEntriesInBatchRequest,
    /// An action that this embedded SQS does not have.
    UnknownOperation,
}

impl Refusal {
    /// What `__type` says in the body.
    pub(super) const fn shape(self) -> &'static str {
        match self {
            Self::BatchEntryIdsNotDistinct => "com.amazonaws.sqs#BatchEntryIdsNotDistinct",
            Self::BatchRequestTooLong => "com.amazonaws.sqs#BatchRequestTooLong",
            Self::EmptyBatchRequest => "com.amazonaws.sqs#EmptyBatchRequest",
            Self::InvalidAttributeName => "com.amazonaws.sqs#InvalidAttributeName",
            Self::InvalidAttributeValue => "com.amazonaws.sqs#InvalidAttributeValue",
            Self::InvalidBatchEntryId => "com.amazonaws.sqs#InvalidBatchEntryId",
            Self::InvalidMessageContents => "com.amazonaws.sqs#InvalidMessageContents",
            Self::InvalidParameterValue => "com.amazonaws.sqs#InvalidParameterValueException",
            Self::MessageNotInflight => "com.amazonaws.sqs#MessageNotInflight",
            Self::MissingParameter => "com.amazonaws.sqs#MissingRequiredParameterException",
            Self::PurgeQueueInProgress => "com.amazonaws.sqs#PurgeQueueInProgress",
            Self::QueueDoesNotExist => "com.amazonaws.sqs#QueueDoesNotExist",
            Self::QueueNameExists => "com.amazonaws.sqs#QueueNameExists",
            Self::ReceiptHandleIsInvalid => "com.amazonaws.sqs#ReceiptHandleIsInvalid",
            Self::Serialization => "com.amazon.coral.service#SerializationException",
            Self::TooManyEntriesInBatchRequest => "com.amazonaws.sqs#TooManyEntriesInBatchRequest",
            Self::UnknownOperation => "com.amazon.coral.service#UnknownOperationException",
        }
    }

    /// The code of the older query protocol, which SDKs show and match on. A failed batch entry carries it too.
    pub(super) const fn query_code(self) -> &'static str {
        match self {
            Self::BatchEntryIdsNotDistinct => "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            Self::BatchRequestTooLong => "AWS.SimpleQueueService.BatchRequestTooLong",
            Self::EmptyBatchRequest => "AWS.SimpleQueueService.EmptyBatchRequest",
            Self::InvalidAttributeName => "InvalidAttributeName",
            Self::InvalidAttributeValue => "InvalidAttributeValue",
            Self::InvalidBatchEntryId => "AWS.SimpleQueueService.InvalidBatchEntryId",
            Self::InvalidMessageContents => "InvalidMessageContents",
            Self::InvalidParameterValue => "InvalidParameterValue",
            Self::MessageNotInflight => "AWS.SimpleQueueService.MessageNotInflight",
            Self::MissingParameter => "MissingParameter",
            Self::PurgeQueueInProgress => "AWS.SimpleQueueService.PurgeQueueInProgress",
            Self::QueueDoesNotExist => "AWS.SimpleQueueService.NonExistentQueue",
            Self::QueueNameExists => "QueueAlreadyExists",
            Self::ReceiptHandleIsInvalid => "ReceiptHandleIsInvalid",
            Self::Serialization => "SerializationException",
            Self::TooManyEntriesInBatchRequest => "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
            Self::UnknownOperation => "UnknownOperationException",
        }
    }

    pub(super) const fn status(self) -> u16 {
        match self {
            Self::PurgeQueueInProgress => 403,
            _ => 400,
        }
    }
}

/// Why a call failed.
#[derive(Debug)]
pub enum Error {
    /// SQS would refuse the request too.
    Refused {
        /// The documented reason.
        kind: Refusal,
        /// The text that the caller reads.
        message: String,
    },
    /// The database failed, or holds a row that this version cannot read.
    Storage(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// The documented reason, or `None` when the database failed.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused { kind, .. } => Some(*kind),
            Self::Storage(_) => None,
        }
    }

    pub(super) fn refused(kind: Refusal, message: impl Into<String>) -> Self {
        Self::Refused { kind, message: message.into() }
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::refused(Refusal::InvalidParameterValue, message)
    }

    pub(super) fn missing(parameter: &str) -> Self {
        Self::refused(Refusal::MissingParameter, format!("The request must contain the parameter {parameter}."))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, .. } => formatter.write_str(message),
            Self::Storage(_) => formatter.write_str("the queue database failed"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused { .. } => None,
            Self::Storage(cause) => Some(cause.as_ref()),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Storage(Box::new(cause))
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::Storage(Box::new(cause))
    }
}
