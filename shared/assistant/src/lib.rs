//! The assistant's turn in a thread: taken by a lease, generated outside of any lock, and said only if the thread is still as
//! it was. A worker takes it for whoever writes on WhatsApp, the therapy chat for the subject who waits for the answer.

use domain::assistant::Means;
use domain::error::Result;
use domain::ids::ThreadNo;
use domain::message::Message;
use domain::thread::Thread;
use platform::App;
use platform::identity::{Machine, Reader};
use platform::model::Model;

mod speech;
mod turn;

/// Who answers: the app, and the model.
#[derive(Debug, Clone)]
pub struct Assistant {
    /// Everything that the product shares.
    pub app: App,
    /// The model.
    pub model: Model,
}

impl Assistant {
    /// Takes a thread's turn if it is there to be taken, and says what comes of it.
    ///
    /// # Errors
    /// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when the table does not answer.
    pub async fn take(&self, machine: Machine, thread: ThreadNo) -> Result<()> {
        turn::take(self, machine, thread).await
    }

    /// Ends a turn that the caller has already taken on `leased`; what was said, if it still could be.
    ///
    /// # Errors
    /// As [`Self::take`]; the turn is the worker's then.
    pub async fn answer(&self, reader: impl Into<Reader<'_>>, leased: &Thread) -> Result<Option<Message>> {
        let said = turn::end(self, reader.into(), (leased, Means::Model)).await?;
        Ok(said.and_then(|append| append.messages.into_iter().next()))
    }
}
