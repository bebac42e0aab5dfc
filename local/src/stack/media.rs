//! Where the embedded S3 keeps its files.

use std::path::{Path, PathBuf};

use platform::random::Random;

use super::StartError;

/// A directory for media; without a data directory one that goes with the process.
pub(super) struct Media {
    pub(super) path: PathBuf,
    is_temporary: bool,
}

impl Media {
    pub(super) fn open(directory: Option<&Path>) -> Result<Self, StartError> {
        let path = match directory {
            Some(directory) => directory.join("s3"),
            None => std::env::temp_dir().join(format!("careline-{}", Random::System.hex())),
        };
        std::fs::create_dir_all(&path).map_err(StartError::data)?;
        Ok(Self { path, is_temporary: directory.is_none() })
    }
}

impl Drop for Media {
    fn drop(&mut self) {
        if self.is_temporary {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
