//! Uploads that were begun: each takes its bytes in order, whole or in chunks.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use platform::random::Random;
use sha2::{Digest, Sha256};

/// Chunks but the last are multiples of this.
const CHUNK: u64 = 256 * 1024;

/// What is uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) mime_type: String,
    pub(super) folder: String,
    pub(super) size: u64,
}

/// A part of it: where it begins, and whether it is the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: u64,
    pub(super) total: u64,
}

/// What came of a part.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// So many bytes are there.
    More(u64),
    /// All are there; their digest.
    Whole(Wanted, String),
    /// It does not fit.
    Refused,
}

#[derive(Debug)]
struct Session {
    wanted: Wanted,
    received: u64,
    digest: Sha256,
}

#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<BTreeMap<String, Session>>);

impl Sessions {
    fn state(&self) -> MutexGuard<'_, BTreeMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, wanted: Wanted) -> String {
        let upload_id = Random::System.hex();
        self.state().insert(upload_id.clone(), Session { wanted, received: 0, digest: Sha256::new() });
        upload_id
    }

    /// How many bytes a session has; nothing when there is no such session.
    pub(super) fn received(&self, upload_id: &str) -> Option<u64> {
        self.state().get(upload_id).map(|session| session.received)
    }

    /// What an upload is about; nothing when there is no such session.
    pub(super) fn wanted(&self, upload_id: &str) -> Option<Wanted> {
        self.state().get(upload_id).map(|session| session.wanted.clone())
    }

    /// Takes some bytes.
    pub(super) fn take(&self, upload_id: &str, place: Place, bytes: &[u8]) -> Progress {
        let mut sessions = self.state();
        let Some(session) = sessions.get_mut(upload_id) else { return Progress::Refused };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let end = place.start.saturating_add(length);
        let is_last = end == place.total;
        let fits = place.start == session.received && place.total == session.wanted.size && end <= place.total;
        if !fits || !(is_last || length.is_multiple_of(CHUNK)) {
            return Progress::Refused;
        }
        session.digest.update(bytes);
        session.received = end;
        if !is_last {
            return Progress::More(end);
        }
        let digest = session.digest.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Progress::Whole(session.wanted.clone(), digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_in_order_in_whole_chunks_and_no_more_than_announced() {
        let wanted = Wanted {
            id: "id".into(),
            name: "n".into(),
            mime_type: "text/plain".into(),
            folder: "f".into(),
            size: CHUNK + 3,
        };
        let sessions = Sessions::default();
        let upload_id = sessions.begin(wanted.clone());
        let at = |start| Place { start, total: CHUNK + 3 };
        let chunk = vec![b'a'; usize::try_from(CHUNK).unwrap()];
        assert_eq!(sessions.take(&upload_id, at(0), &chunk[1..]), Progress::Refused, "not a whole chunk");
        assert_eq!(sessions.take(&upload_id, at(CHUNK), b"abc"), Progress::Refused, "not its turn");
        assert_eq!(sessions.take(&upload_id, Place { start: 0, total: 3 }, b"abc"), Progress::Refused, "another size");
        assert_eq!(sessions.take(&upload_id, at(0), &chunk), Progress::More(CHUNK));
        assert_eq!(sessions.received(&upload_id), Some(CHUNK));
        assert!(matches!(sessions.take(&upload_id, at(CHUNK), b"abc"), Progress::Whole(whole, _) if whole == wanted));
        assert_eq!(sessions.take("another", at(0), b"abc"), Progress::Refused);
    }
}
