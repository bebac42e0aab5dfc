//! S3 on a directory of this machine. It checks signatures, their end, and the policies of forms, as S3 does.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tower_http::cors::CorsLayer;

use crate::stack::StartError;

/// Key and secret of every client here.
pub(crate) const CREDENTIALS: &str = "test";

/// The embedded S3.
#[derive(Clone)]
pub struct Files {
    service: S3Service,
    root: Arc<Root>,
}

/// Where objects lie; without a data directory in one that goes with the last user.
enum Root {
    Kept(PathBuf),
    Temporary(TempDir),
}

impl Root {
    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Temporary(directory) => directory.path(),
        }
    }
}

impl Files {
    pub(super) fn open(directory: Option<PathBuf>) -> Result<Self, StartError> {
        let root = match directory {
            Some(directory) => {
                std::fs::create_dir_all(&directory).map_err(StartError::data)?;
                Root::Kept(directory)
            }
            None => Root::Temporary(TempDir::new().map_err(StartError::data)?),
        };
        let files = FileSystem::new(root.path()).map_err(|error| StartError::Data(format!("{error:?}").into()))?;
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(CREDENTIALS, CREDENTIALS));
        Ok(Self { service: service.build(), root: Arc::new(root) })
    }

    pub(super) fn create_bucket(&self, name: &str) -> Result<(), StartError> {
        std::fs::create_dir_all(self.root.path().join(name)).map_err(StartError::data)
    }

    /// Answers one request.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        match tower::ServiceExt::oneshot(self.service.clone(), request).await {
            Ok(answer) => answer.map(Body::new),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// The service for the functions, and for browsers with the addresses that the functions give them.
    pub(super) fn router(&self) -> Router {
        let files = self.clone();
        let answer = move |request: Request| {
            let files = files.clone();
            async move { files.answer(request).await }
        };
        Router::new().fallback(answer).layer(CorsLayer::permissive())
    }
}
