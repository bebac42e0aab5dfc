//! What the simulated Meta remembers: accepted sends and open windows, over restarts.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::database::Database;

/// A file at the simulated Meta.
#[derive(Debug, Clone)]
pub(super) struct StoredMedia {
    pub(super) mime_type: String,
    pub(super) bytes: Bytes,
    /// When it is gone.
    pub(super) until: Timestamp,
}

impl StoredMedia {
    /// Its digest as descriptions write it.
    pub(super) fn sha256_hexadecimal(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Its digest as webhooks write it.
    pub(super) fn sha256_base64(&self) -> String {
        STANDARD.encode(Sha256::digest(&self.bytes))
    }
}

const TABLES: &str =
    "CREATE TABLE IF NOT EXISTS sent (n INTEGER PRIMARY KEY, wamid TEXT, recipient TEXT, body TEXT, at TEXT);
     CREATE TABLE IF NOT EXISTS windows (user TEXT PRIMARY KEY, opened INTEGER);
     CREATE TABLE IF NOT EXISTS media (id TEXT PRIMARY KEY, mime_type TEXT, bytes BLOB, until INTEGER);";

/// The database of the simulated Meta.
#[derive(Clone)]
pub(crate) struct Ledger(Database);

impl Ledger {
    pub(crate) fn open(path: Option<&Path>) -> rusqlite::Result<Self> {
        Database::open("ledger", path, TABLES).map(Self)
    }

    /// Remembers an accepted send.
    pub(crate) fn accept(&self, wamid: &str, recipient: &str, (body, at): (&Value, Timestamp)) {
        let values = params![wamid, recipient, body.to_string(), at.rfc3339_seconds()];
        self.0.with(|db| db.execute("INSERT INTO sent (wamid, recipient, body, at) VALUES (?, ?, ?, ?)", values));
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
        self.0.with(read).unwrap_or_default()
    }

    /// Remembers a file; whether that worked.
    pub(super) fn keep_media(&self, id: &str, media: &StoredMedia) -> bool {
        let sql = "INSERT INTO media (id, mime_type, bytes, until) VALUES (?, ?, ?, ?)";
        let values = params![id, media.mime_type, media.bytes.as_ref(), media.until.millis()];
        self.0.with(|db| db.execute(sql, values)).is_some()
    }

    /// A file that was remembered.
    pub(super) fn media(&self, id: &str) -> Option<StoredMedia> {
        let read = |db: &Connection| {
            let sql = "SELECT mime_type, bytes, until FROM media WHERE id = ?";
            let media = db.query_row(sql, [id], |row| {
                let (bytes, until): (Vec<u8>, i64) = (row.get(1)?, row.get(2)?);
                Ok(StoredMedia { mime_type: row.get(0)?, bytes: bytes.into(), until: Timestamp::from_millis(until) })
            });
            media.optional()
        };
        self.0.with(read).flatten()
    }

    /// Remembers that a user wrote.
    pub(crate) fn open_window(&self, user: &str, at: Timestamp) {
        let sql = "INSERT INTO windows (user, opened) VALUES (?1, ?2)
                   ON CONFLICT (user) DO UPDATE SET opened = max(opened, ?2)";
        self.0.with(|db| db.execute(sql, params![user, at.millis()]));
    }

    /// When a user last wrote.
    pub(crate) fn window(&self, user: &str) -> Option<Timestamp> {
        let read = |db: &Connection| {
            db.query_row("SELECT opened FROM windows WHERE user = ?", [user], |row| row.get(0)).optional()
        };
        self.0.with(read).flatten().map(Timestamp::from_millis)
    }
}
