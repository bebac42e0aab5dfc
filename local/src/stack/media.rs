//! Where the embedded S3 keeps its files.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::StartError;

/// A directory for media; without a data directory one that goes with the stack.
pub(super) enum Media {
    Kept(PathBuf),
    Temporary(TempDir),
}

impl Media {
    pub(super) fn open(directory: Option<&Path>) -> Result<Self, StartError> {
        match directory {
            Some(directory) => {
                let media = directory.join("s3");
                std::fs::create_dir_all(&media).map_err(StartError::data)?;
                Ok(Self::Kept(media))
            }
            None => Ok(Self::Temporary(TempDir::new().map_err(StartError::data)?)),
        }
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Temporary(directory) => directory.path(),
        }
    }
}
