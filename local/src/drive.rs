//! A stand-in for Google: tokens for a service account, and Drive's resumable uploads (external contracts, section 3).

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::stack::StartError;

mod errors;
mod faults;
mod key;
mod sessions;
mod shelf;
mod tokens;
mod uploads;

pub(crate) use faults::DriveFaultBody;
pub(crate) use shelf::Shelf;

/// The folder of a shared drive that the runner's copies go to.
pub const FOLDER: &str = "0ASharedDriveOfCareline";
/// Who the service account is.
const CLIENT_EMAIL: &str = "careline@local.iam.gserviceaccount.com";
const KEY_ID: &str = "local-key";

/// The settings that lead to a Google at an address.
///
/// # Errors
/// [`StartError`] when no key can be made.
pub fn settings_at(base: &str) -> Result<Vec<(&'static str, String)>, StartError> {
    let account = json!({
        "type": "service_account",
        "client_email": CLIENT_EMAIL,
        "private_key_id": KEY_ID,
        "private_key": key::private_pem()?,
        "token_uri": format!("{base}/token"),
    });
    Ok(vec![
        ("GOOGLE_DRIVE_FOLDER_ID", FOLDER.to_owned()),
        ("GOOGLE_SERVICE_ACCOUNT", account.to_string()),
        ("GOOGLE_API_BASE", base.to_owned()),
    ])
}

/// The simulated Google.
#[derive(Clone)]
pub(crate) struct Google(Arc<Inner>);

struct Inner {
    shelf: Shelf,
    faults: faults::Faults,
    sessions: sessions::Sessions,
    tokens: tokens::Tokens,
    /// Where it listens; known once it does.
    base: OnceLock<String>,
}

impl Google {
    pub(crate) fn new(shelf: Shelf) -> Self {
        Self(Arc::new(Inner {
            shelf,
            faults: faults::Faults::default(),
            sessions: sessions::Sessions::default(),
            tokens: tokens::Tokens::default(),
            base: OnceLock::new(),
        }))
    }

    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/token", post(tokens::token))
            .route("/drive/v3/files/generateIds", get(uploads::generate_ids))
            .route("/upload/drive/v3/files", post(uploads::begin).put(uploads::put))
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone())
    }

    /// Where it listens from now on, and with that the settings that lead to it.
    pub(crate) fn settings(&self, base: String) -> Result<Vec<(&'static str, String)>, StartError> {
        settings_at(self.0.base.get_or_init(|| base))
    }

    /// The copies, in the order in which they were made.
    pub(crate) fn files(&self) -> Vec<Value> {
        self.0.shelf.files()
    }

    pub(crate) fn set_faults(&self, body: DriveFaultBody) {
        self.0.faults.set(body);
    }
}
