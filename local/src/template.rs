//! `template.yaml` as the runner needs it: what exists on AWS is what exists here, and nothing else.

use std::collections::BTreeMap;

use serde_json::Value;

mod functions;
mod intrinsics;
mod resources;

pub use functions::{Function, Route, Schedule, Trigger};
pub use resources::{Queue, Table};

/// The template that is deployed, as it was when the runner was built.
pub const TEMPLATE: &str = include_str!("../../template.yaml");

/// The template says something that the runner does not understand.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It is not YAML.
    #[error("template.yaml is not YAML: {0}")]
    Yaml(#[from] yaml_serde::Error),
    /// A part is missing or of an unexpected form.
    #[error("template.yaml: {0}")]
    Unexpected(String),
}

/// What the template declares.
#[derive(Debug, Clone)]
pub struct Template {
    /// DynamoDB tables.
    pub tables: Vec<Table>,
    /// SQS queues, those that dead letters go to first.
    pub queues: Vec<Queue>,
    /// S3 buckets, by the names that they have here.
    pub buckets: Vec<String>,
    /// Lambda functions.
    pub functions: Vec<Function>,
    /// The API's CORS settings.
    pub cors: Cors,
}

/// The CORS settings of the API.
#[derive(Debug, Clone, Default)]
pub struct Cors {
    /// Allowed methods.
    pub methods: Vec<String>,
    /// Allowed request headers.
    pub headers: Vec<String>,
    /// Response headers that scripts may read.
    pub exposed: Vec<String>,
}

/// Values for the template's parameters and for what only a deployment knows.
#[derive(Debug, Clone, Default)]
pub struct Deployment {
    /// Parameters by name; others have their defaults.
    pub parameters: BTreeMap<String, String>,
    /// Host and port of SQS, for queue URLs.
    pub sqs_host: String,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// [`TemplateError`] naming what is not understood.
    pub fn read(text: &str, deployment: &Deployment) -> Result<Self, TemplateError> {
        let document = document(text)?;
        let resolver = intrinsics::Resolver::new(&document, deployment);
        let none = serde_json::Map::new();
        let resources = document.get("Resources").and_then(Value::as_object).unwrap_or(&none);
        let of_type =
            |kind: &'static str| resources.iter().filter(move |(_, resource)| text_at(resource, "/Type") == Some(kind));
        let mut queues = of_type("AWS::SQS::Queue")
            .map(|(name, resource)| Queue::read(name, resource, &resolver))
            .collect::<Result<Vec<_>, _>>()?;
        queues.sort_by_key(|queue| queue.dead_letters.is_some());
        let globals = document.pointer("/Globals/Function/Environment/Variables");
        Ok(Self {
            tables: of_type("AWS::DynamoDB::Table").map(|(name, table)| Table::read(name, table)).collect(),
            queues,
            buckets: of_type("AWS::S3::Bucket").map(|(name, _)| name.to_lowercase()).collect(),
            functions: of_type("AWS::Serverless::Function")
                .map(|(name, function)| Function::read(name, function, (globals, &resolver)))
                .collect::<Result<_, _>>()?,
            cors: of_type("AWS::Serverless::HttpApi").map(|(_, api)| cors(api)).next().unwrap_or_default(),
        })
    }
}

/// The whole document as plain JSON, with CloudFormation's tags in their long form.
///
/// # Errors
/// [`TemplateError::Yaml`] when it is not YAML.
pub fn document(text: &str) -> Result<Value, TemplateError> {
    Ok(intrinsics::plain(&yaml_serde::from_str(text)?))
}

fn cors(api: &Value) -> Cors {
    let list = |name: &str| {
        let pointer = format!("/Properties/CorsConfiguration/{name}");
        let items = api.pointer(&pointer).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(ToOwned::to_owned).collect()
    };
    Cors { methods: list("AllowMethods"), headers: list("AllowHeaders"), exposed: list("ExposeHeaders") }
}

pub(crate) fn text_at<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str)
}

pub(crate) fn missing(what: impl std::fmt::Display) -> TemplateError {
    TemplateError::Unexpected(format!("{what} is missing or of an unexpected form"))
}

#[cfg(test)]
mod tests;
