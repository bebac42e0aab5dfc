//! Making the tables and queues of the template.

use serde_json::json;

use super::Embedded;
use crate::sqs::{QueueSettings, Redrive};
use crate::stack::StartError;
use crate::template::{Queue, Table, Template};

pub(super) fn create(embedded: &Embedded, template: &Template) -> Result<(), StartError> {
    for table in &template.tables {
        create_table(embedded, table)?;
    }
    for queue in &template.queues {
        embedded.queues.create(&settings(queue)).map_err(StartError::data)?;
    }
    Ok(())
}

fn create_table(embedded: &Embedded, table: &Table) -> Result<(), StartError> {
    let describe = serde_json::from_value(json!({ "TableName": table.name })).map_err(StartError::data)?;
    if embedded.database.describe_table(describe).is_ok() {
        return Ok(());
    }
    let create = serde_json::from_value(table.create.clone()).map_err(StartError::data)?;
    embedded.database.create_table(create).map_err(StartError::data)?;
    if let Some(attribute) = &table.expires {
        let specification = json!({ "AttributeName": attribute, "Enabled": true });
        let expire = json!({ "TableName": table.name, "TimeToLiveSpecification": specification });
        let expire = serde_json::from_value(expire).map_err(StartError::data)?;
        embedded.database.update_time_to_live(expire).map_err(StartError::data)?;
    }
    Ok(())
}

fn settings(queue: &Queue) -> QueueSettings {
    let redrive = queue.dead_letters.clone();
    QueueSettings {
        visibility_timeout_s: queue.visibility_timeout_s,
        retention_s: queue.retention_s,
        redrive: redrive.map(|(dead_letter_queue, max_receive_count)| Redrive { dead_letter_queue, max_receive_count }),
        ..QueueSettings::new(&queue.name)
    }
}
