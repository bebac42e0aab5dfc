//! The page at `/`: an inbox, and the patient's phone beside it.

use axum::response::Html;

/// The page; it talks to the API with the seeded tokens.
pub(crate) async fn page() -> Html<&'static str> {
    Html(include_str!("console.html"))
}
