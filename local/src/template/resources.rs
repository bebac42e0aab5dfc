//! Tables and queues of the template.

use serde_json::{Map, Value};

use super::intrinsics::Resolver;
use super::{TemplateError, missing};

/// A DynamoDB table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its logical id, which is its name here.
    pub name: String,
    /// The body of `CreateTable`.
    pub create: Value,
    /// The attribute by which rows expire.
    pub expires: Option<String>,
}

/// An SQS queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Its logical id, which is its name here.
    pub name: String,
    /// Seconds for which a received message is hidden.
    pub visibility_timeout_s: u32,
    /// Seconds for which a message is kept.
    pub retention_s: u32,
    /// Where messages go that were received too often, and how often that is.
    pub dead_letters: Option<(String, u32)>,
}

impl Table {
    pub(super) fn read(name: &str, resource: &Value) -> Self {
        let mut create = Map::from_iter([("TableName".to_owned(), Value::from(name))]);
        for property in ["AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode"] {
            if let Some(value) = resource.get("Properties").and_then(|properties| properties.get(property)) {
                create.insert(property.to_owned(), value.clone());
            }
        }
        let expires = resource.pointer("/Properties/TimeToLiveSpecification/AttributeName").and_then(Value::as_str);
        Self { name: name.to_owned(), create: Value::Object(create), expires: expires.map(ToOwned::to_owned) }
    }
}

impl Queue {
    pub(super) fn read(name: &str, resource: &Value, resolver: &Resolver<'_>) -> Result<Self, TemplateError> {
        let number = |property: &str| {
            let value = resource.get("Properties").and_then(|properties| properties.get(property));
            value.and_then(Value::as_u64).and_then(|value| u32::try_from(value).ok())
        };
        let dead_letters = match resource.pointer("/Properties/RedrivePolicy") {
            None => None,
            Some(policy) => {
                let arn = resolver.text(policy.get("deadLetterTargetArn").unwrap_or(&Value::Null))?;
                let most =
                    policy.get("maxReceiveCount").and_then(Value::as_u64).and_then(|most| u32::try_from(most).ok());
                let most = most.ok_or_else(|| missing(format!("maxReceiveCount of {name}")))?;
                Some((arn.rsplit(':').next().unwrap_or_default().to_owned(), most))
            }
        };
        Ok(Self {
            name: name.to_owned(),
            visibility_timeout_s: number("VisibilityTimeout").unwrap_or(30),
            retention_s: number("MessageRetentionPeriod").unwrap_or(345_600),
            dead_letters,
        })
    }
}
