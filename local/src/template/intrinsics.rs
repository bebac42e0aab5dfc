//! CloudFormation's functions: `!Ref`, `!GetAtt`, `!Sub` and the others, from tags to plain JSON and to values.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Deployment, TemplateError, missing};
use crate::sqs::{queue_arn, queue_url};

/// The document as JSON, with tags in their long form (`!Ref X` as `{"Ref": "X"}`).
pub(super) fn plain(value: &yaml_serde::Value) -> Value {
    match value {
        yaml_serde::Value::Null => Value::Null,
        yaml_serde::Value::Bool(flag) => json!(flag),
        yaml_serde::Value::Number(number) => serde_json::to_value(number).unwrap_or_default(),
        yaml_serde::Value::String(text) => json!(text),
        yaml_serde::Value::Sequence(items) => items.iter().map(plain).collect(),
        yaml_serde::Value::Mapping(mapping) => {
            let pairs = mapping.iter().map(|(key, value)| (key.as_str().unwrap_or_default().to_owned(), plain(value)));
            Value::Object(pairs.collect())
        }
        yaml_serde::Value::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let name = tag.trim_start_matches('!');
            let long = if matches!(name, "Ref" | "Condition") { name.to_owned() } else { format!("Fn::{name}") };
            Value::Object(Map::from_iter([(long, plain(&tagged.value))]))
        }
    }
}

/// Gives values to references.
pub(super) struct Resolver<'a> {
    parameters: BTreeMap<&'a str, String>,
    resources: Option<&'a Map<String, Value>>,
    deployment: &'a Deployment,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(document: &'a Value, deployment: &'a Deployment) -> Self {
        let declared = document.get("Parameters").and_then(Value::as_object);
        let parameters = declared.into_iter().flatten().map(|(name, parameter)| {
            let given = deployment.parameters.get(name).cloned();
            (name.as_str(), given.unwrap_or_else(|| scalar(parameter.get("Default").unwrap_or(&Value::Null))))
        });
        Self {
            parameters: parameters.collect(),
            resources: document.get("Resources").and_then(Value::as_object),
            deployment,
        }
    }

    /// The value of an expression as text.
    pub(super) fn text(&self, value: &Value) -> Result<String, TemplateError> {
        let Some(object) = value.as_object() else {
            return Ok(scalar(value));
        };
        let (function, argument) = object.iter().next().ok_or_else(|| missing("an expression"))?;
        match (function.as_str(), argument) {
            ("Ref", Value::String(name)) => self.reference(name),
            ("Fn::GetAtt", Value::String(path)) => {
                let (name, attribute) = path.split_once('.').ok_or_else(|| missing(path))?;
                self.attribute(name, attribute)
            }
            ("Fn::Sub", Value::String(template)) => self.substituted(template),
            _ => Err(missing(format!("the value of {function}"))),
        }
    }

    fn substituted(&self, template: &str) -> Result<String, TemplateError> {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, from)) = rest.split_once("${") {
            let (name, after) = from.split_once('}').ok_or_else(|| missing(template))?;
            text.push_str(before);
            text.push_str(&match name.split_once('.') {
                Some((name, attribute)) => self.attribute(name, attribute)?,
                None => self.reference(name)?,
            });
            rest = after;
        }
        Ok(text + rest)
    }

    fn reference(&self, name: &str) -> Result<String, TemplateError> {
        if let Some(value) = self.parameters.get(name) {
            return Ok(value.clone());
        }
        match self.kind_of(name) {
            Some("AWS::SQS::Queue") => Ok(queue_url(&self.deployment.sqs_host, name)),
            Some("AWS::S3::Bucket") => Ok(name.to_lowercase()),
            Some(_) => Ok(name.to_owned()),
            None => Err(missing(format!("what {name} refers to"))),
        }
    }

    fn attribute(&self, name: &str, attribute: &str) -> Result<String, TemplateError> {
        match (self.kind_of(name), attribute) {
            (Some("AWS::SQS::Queue"), "Arn") => Ok(queue_arn(name)),
            (Some("AWS::SQS::Queue"), "QueueName") => Ok(name.to_owned()),
            (Some(_), "Arn") => Ok(format!("arn:aws:local:::{name}")),
            _ => Err(missing(format!("{name}.{attribute}"))),
        }
    }

    fn kind_of(&self, name: &str) -> Option<&str> {
        self.resources?.get(name)?.get("Type")?.as_str()
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
