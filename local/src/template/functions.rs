//! Lambda functions of the template: their code, environment, routes, queue and schedule.

use std::collections::BTreeMap;

use serde_json::Value;

use super::intrinsics::Resolver;
use super::{TemplateError, missing, text_at};

/// A Lambda function.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its logical id.
    pub name: String,
    /// The crate under `functions/`.
    pub code: String,
    /// Its environment, with the global one.
    pub environment: BTreeMap<String, String>,
    /// Its HTTP routes.
    pub routes: Vec<Route>,
    /// Whether it answers what no route matches.
    pub is_default: bool,
    /// The queue that invokes it.
    pub trigger: Option<Trigger>,
    /// The schedule that invokes it.
    pub schedule: Option<Schedule>,
    /// Seconds that an invocation may take, when it says so itself.
    pub timeout_s: Option<u64>,
}

/// A route of the API.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The path, with variables in braces.
    pub path: String,
    /// The method.
    pub method: String,
}

/// A queue that invokes a function.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The queue's logical id.
    pub queue: String,
    /// Messages in one invocation at most.
    pub batch_size: u32,
}

/// A schedule that invokes a function.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Seconds between two invocations.
    pub every_s: u32,
}

impl Function {
    pub(super) fn read(
        name: &str,
        resource: &Value,
        (globals, resolver): (Option<&Value>, &Resolver<'_>),
    ) -> Result<Self, TemplateError> {
        let code = text_at(resource, "/Properties/CodeUri").ok_or_else(|| missing(format!("CodeUri of {name}")))?;
        let own = resource.pointer("/Properties/Environment/Variables");
        let variables = globals.into_iter().chain(own).filter_map(Value::as_object).flatten();
        let environment = variables.map(|(name, value)| Ok((name.clone(), resolver.text(value)?)));
        let mut function = Self {
            name: name.to_owned(),
            code: code.trim_start_matches("functions/").to_owned(),
            environment: environment.collect::<Result<_, TemplateError>>()?,
            routes: Vec::new(),
            is_default: false,
            trigger: None,
            schedule: None,
            timeout_s: resource.pointer("/Properties/Timeout").and_then(Value::as_u64),
        };
        let events = resource.pointer("/Properties/Events").and_then(Value::as_object);
        for (_, event) in events.into_iter().flatten() {
            function.add(event, resolver)?;
        }
        Ok(function)
    }

    fn add(&mut self, event: &Value, resolver: &Resolver<'_>) -> Result<(), TemplateError> {
        let property = |name: &str| event.get("Properties").and_then(|properties| properties.get(name));
        match text_at(event, "/Type") {
            Some("HttpApi") => {
                match (property("Path").and_then(Value::as_str), property("Method").and_then(Value::as_str)) {
                    (Some(path), Some(method)) => {
                        self.routes.push(Route { path: path.to_owned(), method: method.to_uppercase() });
                    }
                    _ => self.is_default = true,
                }
            }
            Some("SQS") => {
                let arn = resolver.text(property("Queue").unwrap_or(&Value::Null))?;
                let queue = arn.rsplit(':').next().unwrap_or_default().to_owned();
                let batch_size =
                    property("BatchSize").and_then(Value::as_u64).and_then(|size| u32::try_from(size).ok());
                self.trigger = Some(Trigger { queue, batch_size: batch_size.unwrap_or(10) });
            }
            Some("ScheduleV2") => {
                let expression = property("ScheduleExpression").and_then(Value::as_str).unwrap_or_default();
                let every_s = seconds(expression).ok_or_else(|| missing(format!("the rate of {}", self.name)))?;
                self.schedule = Some(Schedule { every_s });
            }
            other => return Err(missing(format!("the event type {other:?} of {}", self.name))),
        }
        Ok(())
    }
}

/// The seconds of `rate(5 minutes)`.
fn seconds(expression: &str) -> Option<u32> {
    let inner = expression.strip_prefix("rate(")?.strip_suffix(')')?;
    let (count, unit) = inner.split_once(' ')?;
    let unit = match unit.trim_end_matches('s') {
        "minute" => 60,
        "hour" => 3600,
        "day" => 86_400,
        _ => return None,
    };
    count.parse::<u32>().ok()?.checked_mul(unit)
}
