//! What a patient was asked before they wrote, so that a short answer is understood.

use domain::error::{Error, Result};
use domain::ids::Seq;
use domain::thread::Thread;

use crate::App;
use crate::store::messages;

/// Longer texts say themselves what is meant, and nothing is read for them.
const SHORT: usize = 6;

/// What was asked last in a thread that its reader was given: by a check-in, or for a short text by whoever wrote last. "Yes"
/// says nothing, and after "Do you think of suicide?" everything.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn asked(app: &App, thread: &Thread, text: &str) -> Result<Option<String>> {
    if let Some(asked) = thread.asked() {
        return Ok(Some(asked.to_owned()));
    }
    if thread.last_out == Seq::START || text.split_whitespace().count() > SHORT {
        return Ok(None);
    }
    match messages::of_thread(app, thread, thread.last_out).await {
        Ok(message) => Ok(message.text.map(|text| text.as_str().to_owned())),
        // It is still becoming visible, or was deleted.
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
