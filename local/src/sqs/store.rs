//! The database behind the queues: its schema, its lock, and the transaction that every call is.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Params, Row, TransactionBehavior};
use tokio::sync::Notify;

use super::error::Error;

/// The clock: answers the time in Unix milliseconds. The queues have no other source of time.
///
/// Call [`Queues::clock_moved`] whenever it jumps; a clock that runs evenly needs no call.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The source of message ids and receipt handles: 128 fresh random bits per call.
pub type Random = Arc<dyn Fn() -> u128 + Send + Sync>;

/// The message's `n` is never used twice, so that a receipt handle can never name a later message.
const SCHEMA: &str = "
    CREATE TABLE queues (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        created INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        purged INTEGER,
        attributes TEXT NOT NULL
    );
    CREATE TABLE messages (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        q INTEGER NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        body TEXT NOT NULL,
        attributes TEXT NOT NULL,
        trace_header TEXT,
        message_group TEXT,
        sent INTEGER NOT NULL,
        vis INTEGER NOT NULL,
        receives INTEGER NOT NULL DEFAULT 0,
        receives_before INTEGER NOT NULL DEFAULT 0,
        first_received INTEGER,
        last_received INTEGER,
        receipt TEXT,
        dead_letter_source TEXT
    );
    CREATE INDEX messages_by_visibility ON messages (q, vis);
    CREATE INDEX messages_by_age ON messages (q, sent);
    PRAGMA user_version = 1;
";

const SCHEMA_VERSION: i64 = 1;

/// All queues of one account. Clones share the same queues.
#[derive(Clone)]
pub struct Queues {
    shared: Arc<Shared>,
}

struct Shared {
    connection: Mutex<Connection>,
    now: Now,
    random: Random,
    changed: Notify,
}

impl Queues {
    /// Opens the queues of a file, which is created when it is missing; `None` keeps them in memory.
    ///
    /// What was acknowledged is in the file even when the process is killed; after a loss of power the last
    /// acknowledged calls may be missing, but the file is whole.
    ///
    /// # Errors
    /// [`Error::Storage`] when the file cannot be opened or was written by another version of this schema.
    pub fn open(path: Option<&Path>, now: Now, random: Random) -> Result<Self, Error> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        migrate(&connection)?;
        let shared = Shared { connection: Mutex::new(connection), now, random, changed: Notify::new() };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Tells everyone who waits for a message that the clock jumped, so that they look again.
    pub fn clock_moved(&self) {
        self.shared.changed.notify_waiters();
    }

    pub(super) fn now(&self) -> i64 {
        (self.shared.now)()
    }

    pub(super) fn random(&self) -> u128 {
        (self.shared.random)()
    }

    pub(super) fn changed(&self) -> &Notify {
        &self.shared.changed
    }

    /// Runs one call as one transaction: all of it is kept, or nothing when it fails.
    pub(super) fn write<T>(&self, work: impl FnOnce(&Call<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&self.call(&transaction))?;
        transaction.commit()?;
        Ok(answer)
    }

    /// Runs a call that changes nothing; the lock alone keeps it consistent.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Call<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let connection = self.lock();
        work(&self.call(&connection))
    }

    /// A panic under the lock has rolled its transaction back, so the connection is as good as before.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.shared.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn call<'a>(&'a self, connection: &'a Connection) -> Call<'a> {
        Call { connection, now: self.now(), random: &self.shared.random }
    }
}

fn migrate(connection: &Connection) -> Result<(), Error> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        0 => Ok(connection.execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA} COMMIT;"))?),
        SCHEMA_VERSION => Ok(()),
        other => Err(Error::Storage(format!("the file has queue schema {other}, not {SCHEMA_VERSION}").into())),
    }
}

/// One call: its transaction and one reading of the clock, so that all its comparisons agree.
pub(super) struct Call<'a> {
    connection: &'a Connection,
    pub(super) now: i64,
    random: &'a Random,
}

impl Call<'_> {
    pub(super) fn random(&self) -> u128 {
        (self.random)()
    }

    pub(super) fn execute(&self, statement: &str, parameters: impl Params) -> Result<usize, Error> {
        Ok(self.connection.prepare_cached(statement)?.execute(parameters)?)
    }

    pub(super) fn first<T>(
        &self,
        statement: &str,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        Ok(self.connection.prepare_cached(statement)?.query_row(parameters, read).optional()?)
    }

    pub(super) fn all<T>(
        &self,
        statement: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        Ok(self.connection.prepare_cached(statement)?.query_map(parameters, read)?.collect::<Result<_, _>>()?)
    }
}
