//! A small database of a simulator: what it remembers over restarts.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

/// A database; clones are the same one.
#[derive(Clone)]
pub(crate) struct Database {
    /// Whose it is, for the log.
    name: &'static str,
    connection: Arc<Mutex<Connection>>,
}

impl Database {
    /// Opens a file, or a database in memory, with these tables.
    pub(crate) fn open(name: &'static str, path: Option<&Path>, tables: &str) -> rusqlite::Result<Self> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(tables)?;
        Ok(Self { name, connection: Arc::new(Mutex::new(connection)) })
    }

    /// Does something with it; a fault is logged.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        act(&connection).inspect_err(|error| tracing::error!(%error, name = self.name, "a database failed")).ok()
    }
}
