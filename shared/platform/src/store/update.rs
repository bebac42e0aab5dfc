//! Updates and their conditions, written down before they become expression strings.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure, Update as UpdateItem};
use domain::error::{Error, Result};

use super::{Item, number};

/// What must be true of a row. `path` may be dotted into a map.
pub(crate) enum Condition {
    /// The attribute has this value.
    Equals(&'static str, AttributeValue),
    /// The row has no such attribute; of a key attribute: the row does not exist.
    Absent(&'static str),
    /// The row has the attribute; of a key attribute: the row exists.
    Present(&'static str),
    /// The attribute is a smaller number, or missing.
    Below(&'static str, AttributeValue),
}

/// A change of one row.
pub(crate) struct Update {
    table: String,
    key: Item,
    set: Vec<String>,
    remove: Vec<String>,
    add: Vec<String>,
    conditions: Vec<String>,
    names: Vec<(String, String)>,
    values: Vec<(String, AttributeValue)>,
}

/// The expression strings of an update.
pub(crate) struct Expressions {
    pub(crate) update: String,
    pub(crate) condition: Option<String>,
    pub(crate) names: Vec<(String, String)>,
    pub(crate) values: Vec<(String, AttributeValue)>,
}

impl Update {
    /// A change of the row under a key.
    pub(crate) fn of(table: &str, key: Item) -> Self {
        Self {
            table: table.to_owned(),
            key,
            set: Vec::new(),
            remove: Vec::new(),
            add: Vec::new(),
            conditions: Vec::new(),
            names: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Gives an attribute a value.
    pub(crate) fn set(mut self, path: &'static str, value: AttributeValue) -> Self {
        let clause = format!("{} = {}", self.name(path), self.value(value));
        self.set.push(clause);
        self
    }

    /// Gives an attribute a value, or takes the attribute away.
    pub(crate) fn set_or_remove(mut self, path: &'static str, value: Option<AttributeValue>) -> Self {
        match value {
            Some(value) => self.set(path, value),
            None => {
                let name = self.name(path);
                self.remove.push(name);
                self
            }
        }
    }

    /// Adds to a number; a missing one counts as zero.
    pub(crate) fn add(mut self, path: &'static str, by: u64) -> Self {
        let clause = format!("{} {}", self.name(path), self.value(number(&by)));
        self.add.push(clause);
        self
    }

    /// Adds a condition; all of them must hold.
    pub(crate) fn when(mut self, condition: Condition) -> Self {
        let clause = match condition {
            Condition::Equals(path, value) => format!("{} = {}", self.name(path), self.value(value)),
            Condition::Absent(path) => format!("attribute_not_exists({})", self.name(path)),
            Condition::Present(path) => format!("attribute_exists({})", self.name(path)),
            Condition::Below(path, value) => {
                let name = self.name(path);
                format!("(attribute_not_exists({name}) OR {name} < {})", self.value(value))
            }
        };
        self.conditions.push(clause);
        self
    }

    fn name(&mut self, path: &'static str) -> String {
        let mut aliases = Vec::new();
        for part in path.split('.') {
            let known = self.names.iter().find(|(_, name)| name == part).map(|(alias, _)| alias.clone());
            aliases.push(known.unwrap_or_else(|| {
                let alias = format!("#n{}", self.names.len());
                self.names.push((alias.clone(), part.to_owned()));
                alias
            }));
        }
        aliases.join(".")
    }

    fn value(&mut self, value: AttributeValue) -> String {
        let alias = format!(":v{}", self.values.len());
        self.values.push((alias.clone(), value));
        alias
    }

    /// The table, the key and the expressions.
    pub(crate) fn into_parts(self) -> (String, Item, Expressions) {
        let clauses = [("SET", self.set), ("REMOVE", self.remove), ("ADD", self.add)];
        let update = clauses.into_iter().filter(|(_, clauses)| !clauses.is_empty());
        let update =
            update.map(|(verb, clauses)| format!("{verb} {}", clauses.join(", "))).collect::<Vec<_>>().join(" ");
        let condition = (!self.conditions.is_empty()).then(|| self.conditions.join(" AND "));
        (self.table, self.key, Expressions { update, condition, names: self.names, values: self.values })
    }

    /// The update as part of a transaction.
    pub(crate) fn into_write(self) -> Result<UpdateItem> {
        let (table, key, expressions) = self.into_parts();
        UpdateItem::builder()
            .table_name(table)
            .set_key(Some(key))
            .update_expression(expressions.update)
            .set_condition_expression(expressions.condition)
            .set_expression_attribute_names(Some(expressions.names.into_iter().collect()))
            .set_expression_attribute_values(Some(expressions.values.into_iter().collect()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::None)
            .build()
            .map_err(|_| Error::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{key, text};
    use super::*;

    #[test]
    fn names_are_shared_and_values_are_not() {
        let update = Update::of("Threads", key("T#1", "THREAD"))
            .set("last_seq", number(&8))
            .set_or_remove("due", None)
            .add("version", 1)
            .when(Condition::Equals("last_seq", number(&7)))
            .when(Condition::Equals("delivery.version", number(&3)))
            .when(Condition::Below("delivered_through", number(&9)))
            .when(Condition::Absent("gone"))
            .when(Condition::Present("pk"))
            .set("name", text("x"));
        let (_, _, expressions) = update.into_parts();
        insta::assert_snapshot!(
            format!("{}\n{}\n{:?}", expressions.update, expressions.condition.unwrap(), expressions.names),
            @r##"
        SET #n0 = :v0, #n7 = :v5 REMOVE #n1 ADD #n2 :v1
        #n0 = :v2 AND #n3.#n2 = :v3 AND (attribute_not_exists(#n4) OR #n4 < :v4) AND attribute_not_exists(#n5) AND attribute_exists(#n6)
        [("#n0", "last_seq"), ("#n1", "due"), ("#n2", "version"), ("#n3", "delivery"), ("#n4", "delivered_through"), ("#n5", "gone"), ("#n6", "pk"), ("#n7", "name")]
        "##
        );
    }
}
