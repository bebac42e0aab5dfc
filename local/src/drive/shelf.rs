//! What the simulated Google remembers: ids that it gave, and files, over restarts.

use std::path::Path;

use platform::random::Random;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::sessions::Wanted;
use crate::database::Database;

const TABLES: &str = "CREATE TABLE IF NOT EXISTS ids (id TEXT PRIMARY KEY);
     CREATE TABLE IF NOT EXISTS files (n INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, mime_type TEXT,
     folder TEXT, size INTEGER, sha256 TEXT);";

/// The database of the simulated Google.
#[derive(Clone)]
pub(crate) struct Shelf(Database);

impl Shelf {
    pub(crate) fn open(path: Option<&Path>) -> rusqlite::Result<Self> {
        Database::open("shelf", path, TABLES).map(Self)
    }

    /// A new id.
    pub(super) fn give_id(&self) -> Option<String> {
        let id = format!("1{}", Random::System.hex());
        self.0.with(|db| db.execute("INSERT INTO ids (id) VALUES (?)", [&id]))?;
        Some(id)
    }

    /// Whether an id was given here.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.exists("SELECT EXISTS (SELECT 1 FROM ids WHERE id = ?)", id)
    }

    /// Whether a file has this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.exists("SELECT EXISTS (SELECT 1 FROM files WHERE id = ?)", id)
    }

    fn exists(&self, sql: &str, id: &str) -> bool {
        self.0.with(|db| db.query_row(sql, [id], |row| row.get(0))).unwrap_or(false)
    }

    /// Keeps a file; `false` when one has its id.
    pub(super) fn keep(&self, file: &Wanted, sha256: &str) -> bool {
        let sql = "INSERT OR IGNORE INTO files (id, name, mime_type, folder, size, sha256) VALUES (?, ?, ?, ?, ?, ?)";
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        let values = params![file.id, file.name, file.mime_type, file.folder, size, sha256];
        self.0.with(|db| db.execute(sql, values)) == Some(1)
    }

    pub(super) fn files(&self) -> Vec<Value> {
        let read = |db: &Connection| {
            let mut query = db.prepare("SELECT id, name, mime_type, folder, size, sha256 FROM files ORDER BY n")?;
            let rows = query.query_map([], |row| {
                Ok(json!({
                    "id": row.get::<_, String>(0)?, "name": row.get::<_, String>(1)?,
                    "mimeType": row.get::<_, String>(2)?, "folder": row.get::<_, String>(3)?,
                    "size": row.get::<_, i64>(4)?, "sha256": row.get::<_, String>(5)?,
                }))
            })?;
            rows.collect()
        };
        self.0.with(read).unwrap_or_default()
    }
}
