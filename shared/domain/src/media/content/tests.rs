//! Crafted files: what each is, whatever it is called.

use super::*;

mod crafted;

use crafted::{table, zip};

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
