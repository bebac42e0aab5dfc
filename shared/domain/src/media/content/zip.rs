//! Office documents in ZIP files (ECMA-376), by the names in the central directory. APPNOTE 6.3.10, sections 4.3.12 and 4.3.16.

use std::ops::Range;

/// The end record is at most so long: 22 bytes and a comment.
pub(super) const LONGEST_END: u64 = 22 + 0xFFFF;
/// A directory is looked at up to here. Real documents stay far below; what is longer is no document of anybody.
const LARGEST_DIRECTORY: u64 = 1024 * 1024;
const END: [u8; 4] = *b"PK\x05\x06";
const ENTRY: [u8; 4] = *b"PK\x01\x02";

/// The program that a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Application {
    Word,
    Excel,
    PowerPoint,
}

/// Where the central directory lies; `tail` is the end of the file, from `start` on.
pub(super) fn directory(tail: &[u8], start: u64) -> Option<Range<u64>> {
    // The last end record whose comment reaches to the end of the file.
    let at = (0..=tail.len().checked_sub(22)?).rev().find(|at| {
        let record = tail.get(*at..).unwrap_or_default();
        let comment = short(record, 20).unwrap_or_default();
        record.starts_with(&END) && record.len() == 22 + usize::from(comment)
    })?;
    let record = tail.get(at..)?;
    let (length, from) = (u64::from(long(record, 12)?), u64::from(long(record, 16)?));
    let end = from.checked_add(length)?;
    let is_before = end <= start.checked_add(u64::try_from(at).ok()?)?;
    (is_before && length <= LARGEST_DIRECTORY).then_some(from..end)
}

/// The program whose main part a directory names. All entries must be understood, and nothing may be a macro or a program.
pub(super) fn office(mut directory: &[u8]) -> Option<Application> {
    let mut has_types = false;
    let mut found = None;
    while !directory.is_empty() {
        let name = directory.starts_with(&ENTRY).then(|| entry(directory)).flatten()?;
        let (name, rest) = name;
        has_types |= name == b"[Content_Types].xml";
        match name {
            b"word/document.xml" => found = Some(Application::Word),
            b"xl/workbook.xml" => found = Some(Application::Excel),
            b"ppt/presentation.xml" => found = Some(Application::PowerPoint),
            name if is_program(name) => return None,
            _ => {}
        }
        directory = rest;
    }
    found.filter(|_| has_types)
}

/// Whether a part is run and not read, by the ends that its name can have; names of parts have no case.
fn is_program(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let last = name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let ends: [&[u8]; 7] = [b".exe", b".dll", b".class", b".dex", b".js", b".vbs", b".ps1"];
    last.starts_with(b"vba") || name == b"meta-inf/manifest.mf" || ends.iter().any(|end| name.ends_with(end))
}

/// The name of the first entry, and what comes behind it.
fn entry(directory: &[u8]) -> Option<(&[u8], &[u8])> {
    let name = usize::from(short(directory, 28)?);
    let extra = usize::from(short(directory, 30)?);
    let comment = usize::from(short(directory, 32)?);
    let behind = 46_usize.checked_add(name)?;
    Some((directory.get(46..behind)?, directory.get(behind + extra + comment..)?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
