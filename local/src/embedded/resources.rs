//! Making the tables, queues and buckets of the template.

use std::collections::BTreeSet;

use serde_json::{Value, json};

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
    for bucket in &template.buckets {
        embedded.files.create_bucket(bucket)?;
    }
    Ok(())
}

fn create_table(embedded: &Embedded, table: &Table) -> Result<(), StartError> {
    let describe = serde_json::from_value(json!({ "TableName": table.name })).map_err(StartError::data)?;
    if let Ok(known) = embedded.database.describe_table(describe) {
        let known = serde_json::to_value(known).map_err(StartError::data)?;
        return has_indexes(&known, table).then_some(()).ok_or_else(|| StartError::OldData(table.name.clone()));
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

/// Whether a table that is there has every index that the template declares. Indexes are not added to data of an earlier
/// version: this data is for trying things out.
fn has_indexes(known: &Value, table: &Table) -> bool {
    let names = |indexes: Option<&Value>| -> BTreeSet<String> {
        let indexes = indexes.and_then(Value::as_array).into_iter().flatten();
        indexes.filter_map(|index| index.get("IndexName")?.as_str().map(ToOwned::to_owned)).collect()
    };
    let declared = names(table.create.get("GlobalSecondaryIndexes"));
    declared.is_subset(&names(known.pointer("/Table/GlobalSecondaryIndexes")))
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
