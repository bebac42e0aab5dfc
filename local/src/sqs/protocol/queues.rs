//! The actions on queues.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::attributes::unknown;
use super::super::error::Error;
use super::super::queues::{queue_arn, queue_url};
use super::super::store::Queues;
use super::{checked, queue_in, required};

/// `CreateQueue`. Tags are not read: nothing here uses them.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateQueue {
    queue_name: Option<String>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

/// `GetQueueUrl`. The owner is not read: there is one account.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetQueueUrl {
    queue_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListQueues {
    #[serde(default)]
    queue_name_prefix: String,
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// A request that says nothing but its queue.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OnQueue {
    queue_url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetQueueAttributes {
    queue_url: Option<String>,
    #[serde(default)]
    attribute_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SetQueueAttributes {
    queue_url: Option<String>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

/// Attributes that a standard queue may have without a value at the moment.
const OPTIONAL: [&str; 5] =
    ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds"];

const PAGE: (i64, i64, &str) = (1, 1_000, "Must be between 1 and 1000, if provided.");

impl Queues {
    pub(super) fn answer_create(&self, request: &CreateQueue, host: &str) -> Result<Value, Error> {
        let name = required(request.queue_name.as_ref(), "QueueName")?;
        self.create_named(name, &request.attributes)?;
        Ok(json!({"QueueUrl": queue_url(host, name)}))
    }

    pub(super) fn answer_url(&self, request: &GetQueueUrl, host: &str) -> Result<Value, Error> {
        let name = required(request.queue_name.as_ref(), "QueueName")?;
        self.read(|call| call.queue(name))?;
        Ok(json!({"QueueUrl": queue_url(host, name)}))
    }

    pub(super) fn answer_list(&self, request: &ListQueues, host: &str) -> Result<Value, Error> {
        let max = request.max_results.map(|max| checked(max, "MaxResults", PAGE)).transpose()?;
        let after = request.next_token.as_deref().map_or_else(|| Ok(String::new()), opened_token)?;
        let page = max.unwrap_or(1_000);
        // One more than asked for tells whether there is a next page.
        let mut names = self.names(&request.queue_name_prefix, &after, page + 1)?;
        let more = u32::try_from(names.len()).is_ok_and(|found| found > page);
        if more {
            names.pop();
        }
        let mut answer = Map::new();
        if !names.is_empty() {
            let urls = names.iter().map(|name| Value::String(queue_url(host, name))).collect();
            answer.insert("QueueUrls".to_owned(), Value::Array(urls));
        }
        // AWS gives a token only to a caller that asked for pages.
        if let (true, Some(_), Some(last)) = (more, max, names.last()) {
            answer.insert("NextToken".to_owned(), Value::String(URL_SAFE_NO_PAD.encode(last)));
        }
        Ok(Value::Object(answer))
    }

    pub(super) fn answer_delete_queue(&self, request: &OnQueue) -> Result<Value, Error> {
        self.delete_queue(queue_in(request.queue_url.as_ref())?)?;
        Ok(json!({}))
    }

    pub(super) fn answer_purge(&self, request: &OnQueue) -> Result<Value, Error> {
        self.purge(queue_in(request.queue_url.as_ref())?)?;
        Ok(json!({}))
    }

    pub(super) fn answer_attributes(&self, request: &GetQueueAttributes) -> Result<Value, Error> {
        let all = self.every_attribute(queue_in(request.queue_url.as_ref())?)?;
        let mut wanted = BTreeMap::new();
        for name in &request.attribute_names {
            match all.get(name) {
                Some(value) => {
                    wanted.insert(name.clone(), value.clone());
                }
                None if name == "All" => wanted.extend(all.clone()),
                None if OPTIONAL.contains(&name.as_str()) => {}
                None => return Err(unknown(name)),
            }
        }
        Ok(if wanted.is_empty() { json!({}) } else { json!({"Attributes": wanted}) })
    }

    pub(super) fn answer_set_attributes(&self, request: &SetQueueAttributes) -> Result<Value, Error> {
        self.set_attributes(queue_in(request.queue_url.as_ref())?, &request.attributes)?;
        Ok(json!({}))
    }

    fn every_attribute(&self, name: &str) -> Result<BTreeMap<String, String>, Error> {
        let (queue, depth) = self.read(|call| {
            let queue = call.queue(name)?;
            let depth = call.depth(&queue)?;
            Ok((queue, depth))
        })?;
        let computed = [
            ("ApproximateNumberOfMessages", depth.visible.to_string()),
            ("ApproximateNumberOfMessagesNotVisible", depth.in_flight.to_string()),
            ("ApproximateNumberOfMessagesDelayed", depth.delayed.to_string()),
            ("CreatedTimestamp", queue.created.div_euclid(1_000).to_string()),
            ("LastModifiedTimestamp", queue.modified.div_euclid(1_000).to_string()),
            ("QueueArn", queue_arn(name)),
        ];
        let mut all = queue.attributes.named();
        all.extend(computed.map(|(attribute, value)| (attribute.to_owned(), value)));
        Ok(all)
    }
}

fn opened_token(token: &str) -> Result<String, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| Error::invalid("Invalid or expired next token."))
}
