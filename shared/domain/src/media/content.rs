//! What a file is, by its bytes: never by its name or by the type that somebody claims for it.
//!
//! An examination asks for ranges of the file, few and small, and answers with one of the types that WhatsApp takes (external
//! contracts, section 1.3). Nothing is unpacked: of a ZIP only the end and the central directory are looked at, of an OLE file only
//! the header and the directory.

use std::ops::Range;

use super::MediaType;

mod boxes;
mod ole;
mod text;
mod zip;

/// What is read of the beginning of a file.
const HEAD: u64 = 4096;
/// What is read of a text, which has no mark at its beginning.
const TEXT: u64 = 64 * 1024;

/// A type of file that WhatsApp takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileType {
    /// Image, video, audio or document.
    pub category: MediaType,
    /// Its usual file name extension.
    pub extension: &'static str,
    /// Its MIME type.
    pub mime_type: &'static str,
}

const fn file_type(category: MediaType, extension: &'static str, mime_type: &'static str) -> FileType {
    FileType { category, extension, mime_type }
}

/// Every type that is taken.
pub const FILE_TYPES: [FileType; 18] =
    [JPEG, PNG, WEBP, MP4, THREE_GP, AAC, AMR, MP3, M4A, OGG, PDF, DOC, DOCX, XLS, XLSX, PPT, PPTX, PLAIN];
const JPEG: FileType = file_type(MediaType::Image, "jpg", "image/jpeg");
const PNG: FileType = file_type(MediaType::Image, "png", "image/png");
/// WhatsApp takes it as a sticker.
pub const WEBP: FileType = file_type(MediaType::Image, "webp", "image/webp");
const MP4: FileType = file_type(MediaType::Video, "mp4", "video/mp4");
const THREE_GP: FileType = file_type(MediaType::Video, "3gp", "video/3gpp");
const AAC: FileType = file_type(MediaType::Audio, "aac", "audio/aac");
const AMR: FileType = file_type(MediaType::Audio, "amr", "audio/amr");
const MP3: FileType = file_type(MediaType::Audio, "mp3", "audio/mpeg");
const M4A: FileType = file_type(MediaType::Audio, "m4a", "audio/mp4");
const OGG: FileType = file_type(MediaType::Audio, "ogg", "audio/ogg");
const PDF: FileType = file_type(MediaType::Document, "pdf", "application/pdf");
const DOC: FileType = file_type(MediaType::Document, "doc", "application/msword");
const XLS: FileType = file_type(MediaType::Document, "xls", "application/vnd.ms-excel");
const PPT: FileType = file_type(MediaType::Document, "ppt", "application/vnd.ms-powerpoint");
const DOCX: FileType =
    file_type(MediaType::Document, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
const XLSX: FileType =
    file_type(MediaType::Document, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
const PPTX: FileType =
    file_type(MediaType::Document, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation");
const PLAIN: FileType = file_type(MediaType::Document, "txt", "text/plain");
/// What a patient sent as a document and nobody can tell: kept to be saved, never shown and never sent.
pub const OPAQUE: FileType = file_type(MediaType::Document, "bin", "application/octet-stream");

impl FileType {
    /// The type that a claimed MIME type names, without its parameters.
    #[must_use]
    pub fn of_mime_type(claimed: &str) -> Option<Self> {
        let name = claimed.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let name = match name.as_str() {
            "image/jpg" => "image/jpeg",
            "audio/mp3" => "audio/mpeg",
            "audio/m4a" | "audio/x-m4a" => "audio/mp4",
            "audio/opus" => "audio/ogg",
            name => name,
        };
        FILE_TYPES.into_iter().find(|known| known.mime_type == name)
    }

    /// The type of an extension; also of [`OPAQUE`].
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        FILE_TYPES.into_iter().chain([OPAQUE]).find(|known| known.extension == extension)
    }

    /// A name for a file of this type: the one that somebody gave it, ending as its bytes say. A text called `results.hta` must not
    /// run when it is opened.
    #[must_use]
    pub fn named(self, name: &str) -> String {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let is_its_own = |ending: String| ending == self.extension || (self == JPEG && ending == "jpeg");
        if ending.is_some_and(is_its_own) { name.to_owned() } else { format!("{name}.{}", self.extension) }
    }
}

/// The next step of an examination.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Read this range of the file, and go on with it.
    Read(Range<u64>),
    /// It is known; nothing when it is none of the types that are taken.
    Known(Option<FileType>),
}

/// An examination of one file.
#[derive(Debug)]
pub struct Examination {
    size: u64,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Head,
    Text,
    Boxes { at: u64, left: u8 },
    Movie,
    ZipEnd { start: u64 },
    ZipDirectory,
    OleDirectory,
}

impl Examination {
    /// Begins with a file of so many bytes.
    #[must_use]
    pub fn begin(size: u64) -> (Self, Step) {
        let step = if size == 0 { Step::Known(None) } else { Step::Read(0..size.min(HEAD)) };
        (Self { size, stage: Stage::Head }, step)
    }

    /// Goes on with the bytes of the range that was asked for.
    pub fn go_on(&mut self, bytes: &[u8]) -> Step {
        match self.stage {
            Stage::Head => self.head(bytes),
            Stage::Text => Step::Known(text::is_plain(bytes).then_some(PLAIN)),
            Stage::Boxes { at, left } => self.boxes(bytes, at, left),
            Stage::Movie => Step::Known(Some(if boxes::is_sound(bytes) { M4A } else { MP4 })),
            Stage::ZipEnd { start } => match zip::directory(bytes, start) {
                Some(directory) => self.read(Stage::ZipDirectory, directory),
                None => Step::Known(None),
            },
            Stage::ZipDirectory => Step::Known(zip::office(bytes).map(|application| match application {
                zip::Application::Word => DOCX,
                zip::Application::Excel => XLSX,
                zip::Application::PowerPoint => PPTX,
            })),
            Stage::OleDirectory => Step::Known(ole::office(bytes).map(|application| match application {
                zip::Application::Word => DOC,
                zip::Application::Excel => XLS,
                zip::Application::PowerPoint => PPT,
            })),
        }
    }

    fn read(&mut self, stage: Stage, range: Range<u64>) -> Step {
        if range.start >= range.end || range.end > self.size {
            return Step::Known(None);
        }
        self.stage = stage;
        Step::Read(range)
    }

    /// Looks at the box at a place, on the way to what tells sound from pictures. Without that it is a video, as its brand says.
    fn pass(&mut self, at: u64, left: u8) -> Step {
        let end = at.saturating_add(boxes::HEAD);
        if left == 0 || end > self.size {
            return Step::Known(Some(MP4));
        }
        self.read(Stage::Boxes { at, left }, at..end)
    }

    fn boxes(&mut self, head: &[u8], at: u64, left: u8) -> Step {
        match boxes::read(head, at, self.size) {
            Some(boxes::Next::Movie(range)) => self.read(Stage::Movie, range),
            Some(boxes::Next::Other(end)) => self.pass(end, left.saturating_sub(1)),
            None => Step::Known(Some(MP4)),
        }
    }

    fn head(&mut self, head: &[u8]) -> Step {
        match marked(head, self.size) {
            Some(MP4) => return self.pass(0, boxes::MOST),
            Some(known) => return Step::Known(Some(known)),
            None => {}
        }
        if head.starts_with(b"PK\x03\x04") {
            let start = self.size.saturating_sub(zip::LONGEST_END);
            return self.read(Stage::ZipEnd { start }, start..self.size);
        }
        if head.starts_with(&ole::MARK) {
            return match ole::directory(head, self.size) {
                Some(directory) => self.read(Stage::OleDirectory, directory),
                None => Step::Known(None),
            };
        }
        if !text::is_plain_so_far(head) {
            return Step::Known(None);
        }
        let end = self.size.min(TEXT);
        self.read(Stage::Text, 0..end)
    }
}

/// The type that the first bytes say, at exact places.
fn marked(head: &[u8], size: u64) -> Option<FileType> {
    let at = |place: usize, mark: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(mark));
    if at(0, b"\xFF\xD8\xFF") {
        return Some(JPEG);
    }
    if at(0, b"\x89PNG\r\n\x1A\n") && at(12, b"IHDR") {
        return Some(PNG);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some(WEBP);
    }
    if at(4, b"ftyp") {
        return head.get(8..12).and_then(branded);
    }
    if at(0, b"#!AMR\n") {
        return Some(AMR);
    }
    if at(0, b"OggS") && at(28, b"OpusHead") {
        return Some(OGG);
    }
    if at(0, b"%PDF-") {
        return Some(PDF);
    }
    if at(0, b"ID3") {
        return id3(head, size);
    }
    framed(head)
}

/// The major brand of an ISO base media file.
fn branded(brand: &[u8]) -> Option<FileType> {
    match brand {
        b"M4A " | b"M4B " => Some(M4A),
        b"mp41" | b"mp42" | b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"avc1" | b"M4V " | b"MSNV" | b"dash" => {
            Some(MP4)
        }
        [b'3', b'g', b'p', _] | [b'3', b'g', b'2', _] => Some(THREE_GP),
        _ => None,
    }
}

/// MPEG audio behind an ID3 tag; the tag's length is written in seven bits a byte. A tag with a picture is longer than what was
/// read, and then says enough: only MP3 files carry one at their beginning.
fn id3(head: &[u8], size: u64) -> Option<FileType> {
    let length = head
        .get(6..10)?
        .iter()
        .try_fold(0_usize, |sum, byte| (*byte < 0x80).then(|| sum * 128 + usize::from(*byte)))?;
    let behind = length.checked_add(10)?;
    match head.get(behind..) {
        Some(rest) if rest.len() >= 2 => framed(rest),
        _ => u64::try_from(behind).is_ok_and(|behind| behind < size).then_some(MP3),
    }
}

/// An MPEG audio frame: eleven or twelve set bits, then the layer. Layer III is MP3, layer 0 the ADTS of AAC.
fn framed(head: &[u8]) -> Option<FileType> {
    let [0xFF, second, ..] = head else { return None };
    match second {
        0xF0 | 0xF1 | 0xF8 | 0xF9 => Some(AAC),
        0xFA | 0xFB | 0xF2 | 0xF3 | 0xE2 | 0xE3 => Some(MP3),
        _ => None,
    }
}

/// What a file is that lies in memory.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Option<FileType> {
    let (mut examination, mut step) = Examination::begin(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    loop {
        match step {
            Step::Known(known) => return known,
            Step::Read(range) => {
                let (start, end) = (usize::try_from(range.start).ok()?, usize::try_from(range.end).ok()?);
                step = examination.go_on(bytes.get(start..end)?);
            }
        }
    }
}

#[cfg(test)]
mod tests;
