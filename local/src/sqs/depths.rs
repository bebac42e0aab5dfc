//! How full the queues are.

use serde::Serialize;

use super::error::Error;
use super::queues::Queue;
use super::store::{Call, Queues};

/// How many messages a queue holds, by what keeps them from being received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Depth {
    /// The queue's name.
    pub name: String,
    /// Messages that can be received now.
    pub visible: u64,
    /// Messages that were received and are neither deleted nor visible again.
    pub in_flight: u64,
    /// Messages that were never received and whose delay is not over.
    pub delayed: u64,
}

impl Queues {
    /// The depth of every queue, in the order of their names.
    ///
    /// # Errors
    /// [`Error::Storage`] only.
    pub fn depths(&self) -> Result<Vec<Depth>, Error> {
        self.read(|call| call.queues()?.iter().map(|queue| call.depth(queue)).collect())
    }
}

impl Call<'_> {
    pub(super) fn depth(&self, queue: &Queue) -> Result<Depth, Error> {
        let statement = "
            SELECT COUNT(*) FILTER (WHERE vis <= ?2) AS visible,
                COUNT(*) FILTER (WHERE vis > ?2 AND receipt IS NOT NULL) AS in_flight,
                COUNT(*) FILTER (WHERE vis > ?2 AND receipt IS NULL) AS delayed
            FROM messages WHERE q = ?1 AND sent > ?3";
        let values = [queue.id, self.now, queue.expired_until(self.now)];
        let depth = self.first(statement, values, |row| {
            Ok(Depth {
                name: queue.name.clone(),
                visible: row.get("visible")?,
                in_flight: row.get("in_flight")?,
                delayed: row.get("delayed")?,
            })
        })?;
        depth.ok_or_else(|| Error::Storage("a count has no row".into()))
    }
}
