//! Crafted files: what each is, whatever it is called.

use super::*;

/// A ZIP of stored entries that are all empty; the directory says how long they claim to be.
fn zip(names: &[&str]) -> Vec<u8> {
    let (mut local, mut directory) = (Vec::new(), Vec::new());
    for name in names {
        let at = u32::try_from(local.len()).unwrap();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        local.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0");
        local.extend([0; 12]);
        local.extend(length);
        local.extend([0, 0]);
        local.extend(name.bytes());
        directory.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
        // A bomb: four gigabytes of nothing. Nobody unpacks it.
        directory.extend([0, 0, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        directory.extend(length);
        directory.extend([0; 12]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.bytes());
    }
    let (from, long) = (u32::try_from(local.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    local.extend(directory);
    local.extend(b"PK\x05\x06\0\0\0\0\0\0\0\0");
    local.extend(long.to_le_bytes());
    local.extend(from.to_le_bytes());
    local.extend([0, 0]);
    local
}

/// A compound file whose directory, in sector 1, names these streams.
fn ole(streams: &[&str]) -> Vec<u8> {
    let mut file = vec![0; 512 * 3];
    file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    file[30] = 9;
    file[48] = 1;
    for (number, stream) in ["Root Entry"].iter().chain(streams).enumerate() {
        let at = 1024 + number * 128;
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        file[at..at + name.len()].copy_from_slice(&name);
        file[at + 64] = u8::try_from(name.len() + 2).unwrap();
    }
    file
}

fn ftyp(brand: &[u8; 4]) -> Vec<u8> {
    [b"\0\0\0\x18ftyp", &brand[..], b"\0\0\0\0isommp42"].concat()
}

fn with(head: &[u8]) -> Vec<u8> {
    [head, &[7; 600]].concat()
}

fn ogg(codec: &[u8]) -> Vec<u8> {
    let mut page = with(b"OggS\0\x02");
    page[28..28 + codec.len()].copy_from_slice(codec);
    page
}

fn png() -> Vec<u8> {
    with(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR")
}

/// What every crafted file is; nothing for what is refused.
fn table() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let office = ["[Content_Types].xml", "_rels/.rels"];
    let docx = |main: &'static str| zip(&[office[0], office[1], main]);
    vec![
        ("a JPEG", with(b"\xFF\xD8\xFF\xE0\0\x10JFIF"), Some("jpg")),
        ("a PNG", png(), Some("png")),
        ("a WebP", with(b"RIFF\x24\0\0\0WEBPVP8 "), Some("webp")),
        ("an MP4", ftyp(b"isom"), Some("mp4")),
        ("another MP4", ftyp(b"mp42"), Some("mp4")),
        ("a 3GP", ftyp(b"3gp4"), Some("3gp")),
        ("an M4A", ftyp(b"M4A "), Some("m4a")),
        ("an AAC", with(b"\xFF\xF1\x50\x80"), Some("aac")),
        ("an AMR", with(b"#!AMR\n"), Some("amr")),
        ("an MP3", with(b"\xFF\xFB\x90\x64"), Some("mp3")),
        ("an MP3 with a tag", [b"ID3\x04\0\0\0\0\0\x04abcd", &with(b"\xFF\xFB\x90\x64")[..]].concat(), Some("mp3")),
        ("an MP3 with a picture in its tag", with(b"ID3\x04\0\0\0\x7F\x7F\x7F"), Some("mp3")),
        ("an Ogg Opus", ogg(b"OpusHead"), Some("ogg")),
        ("a PDF", b"%PDF-1.7\n1 0 obj".to_vec(), Some("pdf")),
        ("a Word document", docx("word/document.xml"), Some("docx")),
        ("an Excel workbook", docx("xl/workbook.xml"), Some("xlsx")),
        ("a PowerPoint", docx("ppt/presentation.xml"), Some("pptx")),
        ("an old Word document", ole(&["1Table", "WordDocument"]), Some("doc")),
        ("an old Excel workbook", ole(&["Workbook"]), Some("xls")),
        ("an old PowerPoint", ole(&["PowerPoint Document"]), Some("ppt")),
        ("a text", "Café, señor — 10 mg.\r\n".as_bytes().to_vec(), Some("txt")),
        ("a text with a byte order mark", "\u{FEFF}Hello".as_bytes().to_vec(), Some("txt")),
        ("a long text cut inside a character", "é".repeat(40_000).into_bytes(), Some("txt")),
        ("a picture with a ZIP behind it", [png(), zip(&["evil.exe"])].concat(), Some("png")),
        ("a PDF with a page of HTML in it", b"%PDF-1.4 <html><script>x</script>".to_vec(), Some("pdf")),
        ("nothing", Vec::new(), None),
        ("blanks", b" \n\t ".to_vec(), None),
        ("HTML", b"<!DOCTYPE html><html></html>".to_vec(), None),
        ("HTML behind blanks", b"\n\n  <HTML><body>".to_vec(), None),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'>".to_vec(), None),
        ("SVG behind an XML declaration", b"<?xml version='1.0'?><svg>".to_vec(), None),
        ("a Windows program", with(b"MZ\x90\0\x03"), None),
        ("a Linux program", with(b"\x7FELF\x02\x01\x01\0"), None),
        ("a shell script", b"#!/bin/sh\nrm -r /\n".to_vec(), None),
        ("PHP", b"<?php system($_GET[0]);".to_vec(), None),
        ("RTF", b"{\\rtf1\\ansi hello}".to_vec(), None),
        ("a GIF", with(b"GIF89a"), None),
        ("HEIC", ftyp(b"heic"), None),
        ("QuickTime", ftyp(b"qt  "), None),
        ("wideband AMR", with(b"#!AMR-WB\n"), None),
        ("Ogg Vorbis", ogg(b"\x01vorbis"), None),
        ("a ZIP", zip(&["a.txt"]), None),
        ("an APK", zip(&["AndroidManifest.xml", "classes.dex"]), None),
        ("a Word document without its types", zip(&["word/document.xml"]), None),
        ("a Word document with macros", zip(&[office[0], "word/document.xml", "word/vbaProject.bin"]), None),
        ("a ZIP without an end", zip(&[office[0], "word/document.xml"])[..80].to_vec(), None),
        ("an installer", ole(&["\u{4840}Table"]), None),
        ("a PDF behind a byte", b"\n%PDF-1.7\0".to_vec(), None),
        ("a PNG without its first chunk", b"\x89PNG\r\n\x1A\n".to_vec(), None),
        ("a text with a null", b"Hello\0".to_vec(), None),
        ("Latin-1", b"Caf\xE9 au lait".to_vec(), None),
        ("noise", (0..=255).rev().collect(), None),
    ]
}

#[test]
fn every_crafted_file_is_what_it_is() {
    let table = table();
    assert!(table.len() >= 40);
    for (name, bytes, expected) in table {
        assert_eq!(recognise(&bytes).map(|known| known.extension), expected, "{name}");
    }
}

/// Whatever comes, an examination ends, reads little, and stays inside the file.
#[test]
fn hostile_bytes_are_read_little_and_only_where_they_are() {
    let mut state = 7_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for (_, bytes, _) in table() {
        for _ in 0..200 {
            let mut bytes = bytes.clone();
            for _ in 0..3 {
                if let Some(at) = usize::try_from(random()).unwrap().checked_rem(bytes.len()) {
                    bytes[at] = u8::try_from(random() & 0xFF).unwrap();
                }
            }
            let size = u64::try_from(bytes.len()).unwrap();
            let (mut examination, mut step) = Examination::begin(size);
            let mut read = 0;
            while let Step::Read(range) = step {
                assert!(range.start < range.end && range.end <= size);
                read += range.end - range.start;
                let (start, end) = (usize::try_from(range.start).unwrap(), usize::try_from(range.end).unwrap());
                step = examination.go_on(&bytes[start..end]);
            }
            assert!(read <= 2 * 1024 * 1024, "{read} bytes were read");
        }
    }
}

/// A hundred megabytes are not needed to know what they are.
#[test]
fn a_large_document_is_known_by_its_ends() {
    let small = zip(&["[Content_Types].xml", "word/document.xml"]);
    let (end, body) = (22, small.len() - 22);
    let padding = 100_000_000;
    let mut record = small[body..].to_vec();
    let from = u32::from_le_bytes(record[16..20].try_into().unwrap());
    record[16..20].copy_from_slice(&(from + padding).to_le_bytes());
    let split = usize::try_from(from).unwrap();
    let size = u64::try_from(small.len()).unwrap() + u64::from(padding);
    let read = |range: Range<u64>| -> Vec<u8> {
        // The file is: the local entries, a hundred megabytes of nothing, the directory, the end.
        let at = |place: u64| -> u8 {
            let behind = u64::try_from(split).unwrap() + u64::from(padding);
            match place {
                place if place < u64::try_from(split).unwrap() => small[usize::try_from(place).unwrap()],
                place if place < behind => 0,
                place => {
                    let from_end = usize::try_from(size - place).unwrap();
                    if from_end <= end { record[end - from_end] } else { small[small.len() - from_end] }
                }
            }
        };
        range.map(at).collect()
    };
    let (mut examination, mut step) = Examination::begin(size);
    let mut taken = 0;
    let known = loop {
        match step {
            Step::Known(known) => break known,
            Step::Read(range) => {
                taken += range.end - range.start;
                step = examination.go_on(&read(range));
            }
        }
    };
    assert_eq!(known.map(|known| known.extension), Some("docx"));
    assert!(taken < 100_000, "{taken} bytes were read");
}
