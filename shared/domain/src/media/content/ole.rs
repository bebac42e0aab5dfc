//! Office documents before 2007: compound files (MS-CFB), by the names of the streams in the first sector of their directory.

use std::ops::Range;

use super::zip::Application;

/// How a compound file begins.
pub(super) const MARK: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// An entry of the directory.
const ENTRY: usize = 128;
/// How much of the directory is looked at: applications name their main stream among the first.
const LOOKED_AT: u64 = 4096;

/// Where the directory begins: MS-CFB section 2.2, sector shift at 30 and first directory sector at 48.
pub(super) fn directory(head: &[u8], size: u64) -> Option<Range<u64>> {
    let shift = u16::from_le_bytes(head.get(30..32)?.try_into().ok()?);
    let sector = u32::from_le_bytes(head.get(48..52)?.try_into().ok()?);
    let length: u64 = match shift {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let start = (u64::from(sector).checked_add(1)?).checked_mul(length)?;
    (start < size).then(|| start..size.min(start.saturating_add(LOOKED_AT)))
}

/// The program whose stream the directory names.
pub(super) fn office(directory: &[u8]) -> Option<Application> {
    directory.chunks_exact(ENTRY).find_map(|entry| {
        let length = usize::from(u16::from_le_bytes(entry.get(64..66)?.try_into().ok()?));
        let name = entry.get(..length.checked_sub(2)?)?;
        let name: String = name.chunks_exact(2).filter_map(|pair| char::from_u32(u32::from(*pair.first()?))).collect();
        match name.as_str() {
            "WordDocument" => Some(Application::Word),
            "Workbook" | "Book" => Some(Application::Excel),
            "PowerPoint Document" => Some(Application::PowerPoint),
            _ => None,
        }
    })
}
