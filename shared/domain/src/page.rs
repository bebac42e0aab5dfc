//! Paging of lists: `?limit` and `?cursor`.

use crate::error::{Error, Result};

/// How many entries a caller wants at most.
///
/// # Errors
/// [`Error::Invalid`] for anything but a whole number from 1 to `most`.
pub fn limit(raw: Option<&str>, default: u32, most: u32) -> Result<u32> {
    let Some(raw) = raw else { return Ok(default) };
    raw.parse()
        .ok()
        .filter(|limit| (1..=most).contains(limit))
        .ok_or_else(|| Error::invalid("limit", format!("limit must be a whole number from 1 to {most}.")))
}

/// The refusal of a cursor that no answer of ours contained.
#[must_use]
pub fn bad_cursor() -> Error {
    Error::invalid("cursor", "cursor is not valid. Leave it out to start from the beginning.")
}

/// How many bytes of JSON a page may have: a function answers with at most 6 MB, and escaping can double a text.
pub const BYTE_BUDGET: usize = 2_500_000;
