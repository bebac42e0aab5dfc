//! What the simulated Meta remembers: accepted sends and open windows, over restarts.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

/// A small database of its own.
#[derive(Clone)]
pub(crate) struct Ledger(Arc<Mutex<Connection>>);

impl Ledger {
    pub(crate) fn open(path: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS sent (n INTEGER PRIMARY KEY, wamid TEXT, recipient TEXT, body TEXT, at TEXT);
             CREATE TABLE IF NOT EXISTS windows (user TEXT PRIMARY KEY, opened INTEGER);",
        )?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    fn with<T>(&self, act: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(&connection).inspect_err(|error| tracing::error!(%error, "the simulator's ledger failed")).ok()
    }

    /// Remembers an accepted send.
    pub(crate) fn accept(&self, wamid: &str, recipient: &str, (body, at): (&Value, Timestamp)) {
        let values = params![wamid, recipient, body.to_string(), at.rfc3339_seconds()];
        self.with(|db| db.execute("INSERT INTO sent (wamid, recipient, body, at) VALUES (?, ?, ?, ?)", values));
    }

    /// The accepted sends, in order.
    pub(crate) fn outbox(&self, recipient: Option<&str>) -> Vec<Value> {
        let read = |db: &Connection| {
            let mut query =
                db.prepare("SELECT wamid, body, at FROM sent WHERE ?1 IS NULL OR recipient = ?1 ORDER BY n")?;
            let rows = query.query_map([recipient], |row| {
                let body: String = row.get(1)?;
                let mut sent: Value = serde_json::from_str(&body).unwrap_or_default();
                if let Some(fields) = sent.as_object_mut() {
                    fields.insert("wamid".to_owned(), json!(row.get::<_, String>(0)?));
                    fields.insert("accepted_at".to_owned(), json!(row.get::<_, String>(2)?));
                }
                Ok(sent)
            })?;
            rows.collect()
        };
        self.with(read).unwrap_or_default()
    }

    /// Remembers that a user wrote.
    pub(crate) fn open_window(&self, user: &str, at: Timestamp) {
        let sql = "INSERT INTO windows (user, opened) VALUES (?1, ?2)
                   ON CONFLICT (user) DO UPDATE SET opened = max(opened, ?2)";
        self.with(|db| db.execute(sql, params![user, at.millis()]));
    }

    /// When a user last wrote.
    pub(crate) fn window(&self, user: &str) -> Option<Timestamp> {
        let read = |db: &Connection| {
            db.query_row("SELECT opened FROM windows WHERE user = ?", [user], |row| row.get(0)).optional()
        };
        self.with(read).flatten().map(Timestamp::from_millis)
    }
}
