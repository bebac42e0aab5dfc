//! Files of boxes (ISO/IEC 14496-12): whether one whose brand says neither has pictures, by the handlers of its tracks.

use std::ops::Range;

/// Boxes that are passed on the way to `moov`, which recorders often put last.
pub(super) const MOST: u8 = 16;
/// What is read of a box to pass it.
pub(super) const HEAD: u64 = 16;
/// What is read of `moov`: the handlers stand near the beginning of each track.
const LONGEST: u64 = 64 * 1024;

/// What the head of a box, which lies at `at`, leads to.
pub(super) enum Next {
    /// The description of the tracks, in this range.
    Movie(Range<u64>),
    /// Another box, which ends here.
    Other(u64),
}

/// The box at a place of a file of so many bytes; nothing when there is none that ends in the file.
pub(super) fn read(head: &[u8], at: u64, size: u64) -> Option<Next> {
    let short = u64::from(u32::from_be_bytes(head.get(..4)?.try_into().ok()?));
    let length = match short {
        0 => size.checked_sub(at)?,
        1 => u64::from_be_bytes(head.get(8..16)?.try_into().ok()?),
        short => short,
    };
    let end = at.checked_add(length).filter(|end| length >= 8 && *end <= size)?;
    Some(match head.get(4..8)? {
        b"moov" => Next::Movie(at..end.min(at.saturating_add(LONGEST))),
        _ => Next::Other(end),
    })
}

/// Whether a movie has sound and no pictures.
pub(super) fn is_sound(movie: &[u8]) -> bool {
    let handlers = || {
        let places = movie.windows(4).enumerate().filter(|(_, name)| *name == b"hdlr").map(|(place, _)| place);
        places.filter_map(|place| movie.get(place.checked_add(12)?..place.checked_add(16)?))
    };
    handlers().any(|handler| handler == b"soun") && !handlers().any(|handler| handler == b"vide")
}
