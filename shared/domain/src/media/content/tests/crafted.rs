//! Crafted files, and what they are. The suites upload the same.

/// A ZIP of stored entries that are all empty; the directory says how long they claim to be.
pub(crate) fn zip(names: &[&str]) -> Vec<u8> {
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
pub(crate) fn ole(streams: &[&str]) -> Vec<u8> {
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

pub(crate) fn ftyp(brand: &[u8; 4]) -> Vec<u8> {
    [b"\0\0\0\x18ftyp", &brand[..], b"\0\0\0\0isommp42"].concat()
}

/// A movie with tracks of these handlers behind so many bytes of data, as recorders write it.
pub(crate) fn movie(handlers: &[&[u8; 4]], data: usize) -> Vec<u8> {
    let boxed = |name: &[u8; 4], inner: &[u8]| {
        [&u32::try_from(inner.len() + 8).unwrap().to_be_bytes()[..], name, inner].concat()
    };
    let tracks: Vec<u8> = handlers
        .iter()
        .flat_map(|handler| boxed(b"trak", &boxed(b"hdlr", &[&[0; 8][..], &handler[..], &[0; 12][..]].concat())))
        .collect();
    [boxed(b"ftyp", b"isom\0\0\0\0isommp42"), boxed(b"mdat", &vec![7; data]), boxed(b"moov", &tracks)].concat()
}

pub(crate) fn with(head: &[u8]) -> Vec<u8> {
    [head, &[7; 600]].concat()
}

pub(crate) fn ogg(codec: &[u8]) -> Vec<u8> {
    let mut page = with(b"OggS\0\x02");
    page[28..28 + codec.len()].copy_from_slice(codec);
    page
}

pub(crate) fn png() -> Vec<u8> {
    with(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR")
}

/// What every crafted file is; nothing for what is refused.
pub(crate) fn table() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
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
        ("an MP3 with a picture in its tag", [b"ID3\x04\0\0\0\0\x40\0", &[7; 9000][..]].concat(), Some("mp3")),
        ("an Ogg Opus", ogg(b"OpusHead"), Some("ogg")),
        ("a PDF", b"%PDF-1.7\n1 0 obj".to_vec(), Some("pdf")),
        ("a Word document", docx("word/document.xml"), Some("docx")),
        ("an Excel workbook", docx("xl/workbook.xml"), Some("xlsx")),
        ("a PowerPoint", docx("ppt/presentation.xml"), Some("pptx")),
        ("an old Word document", ole(&["1Table", "WordDocument"]), Some("doc")),
        ("an old Excel workbook", ole(&["Workbook"]), Some("xls")),
        ("an old PowerPoint", ole(&["PowerPoint Document"]), Some("ppt")),
        ("a voice note in a video's container", movie(&[b"soun"], 9_000), Some("m4a")),
        ("a movie with sound", movie(&[b"soun", b"vide"], 9_000), Some("mp4")),
        ("a movie whose tracks nobody finds", movie(&[b"soun"], 9_000)[..9_000].to_vec(), Some("mp4")),
        ("a text", "Café, señor — 10 mg.\r\n".as_bytes().to_vec(), Some("txt")),
        ("a text with a byte order mark", "\u{FEFF}Hello".as_bytes().to_vec(), Some("txt")),
        ("a long text cut inside a character", "é".repeat(40_000).into_bytes(), Some("txt")),
        ("a picture with a ZIP behind it", [png(), zip(&["evil.exe"])].concat(), Some("png")),
        ("a PDF with a page of HTML in it", b"%PDF-1.4 <html><script>x</script>".to_vec(), Some("pdf")),
        ("nothing", Vec::new(), None),
        ("blanks", b" \n\t ".to_vec(), None),
    ]
    .into_iter()
    .chain(refused())
    .collect()
}

fn refused() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let office = ["[Content_Types].xml", "_rels/.rels"];
    vec![
        ("HTML", b"<!DOCTYPE html><html></html>".to_vec(), None),
        ("HTML behind blanks", b"\n\n  <HTML><body>".to_vec(), None),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'>".to_vec(), None),
        ("SVG behind an XML declaration", b"<?xml version='1.0'?><svg>".to_vec(), None),
        ("a Windows program", with(b"MZ\x90\0\x03"), None),
        ("a Linux program", with(b"\x7FELF\x02\x01\x01\0"), None),
        ("a shell script", b"#!/bin/sh\nrm -r /\n".to_vec(), None),
        ("PHP", b"<?php system($_GET[0]);".to_vec(), None),
        ("a tag of HTML", b"<img src=x onerror=alert(1)>".to_vec(), None),
        ("a link to a script", b"<a href=javascript:x>".to_vec(), None),
        ("a batch file", b"@ECHO OFF\r\ndel *".to_vec(), None),
        ("a dose in a text", b"<5 mg of it".to_vec(), Some("txt")),
        ("an app that is also a Word document", zip(&[office[0], "word/document.xml", "classes.dex"]), None),
        ("a JAR that is also a Word document", zip(&[office[0], "word/document.xml", "META-INF/MANIFEST.MF"]), None),
        ("macros under another name", zip(&[office[0], "word/document.xml", "word/VBAData.BIN"]), None),
        ("a program behind a tag without an end", with(b"ID3\x04\0\0\x7f\x7f\x7f\x7f\x7FELF"), None),
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
