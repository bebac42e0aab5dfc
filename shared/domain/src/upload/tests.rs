use super::copy::COPY_LASTS;
use super::*;
use crate::media::content::FILE_TYPES;

fn upload(mime_type: &str, size: u64) -> Upload {
    let announced = Announcement::parse(Some("a.bin"), Some(mime_type), Some(size)).unwrap();
    let entry = UploadEntry {
        organization_id: OrganizationId::new(21).unwrap(),
        uploaded_by: ProviderId::new(9),
        file_type: announced.file_type,
        size,
        filename: announced.filename,
    };
    Upload::new(UploadId::from_random(7), entry, UploadState::Expected, Timestamp::from_seconds(0))
}

#[test]
fn each_category_has_its_limit_to_the_byte() {
    for (mime_type, most) in
        [("image/png", 5 << 20), ("audio/ogg", 16 << 20), ("video/mp4", 16 << 20), ("application/pdf", 100 << 20)]
    {
        let parse = |size| Announcement::parse(None, Some(mime_type), Some(size));
        assert!(parse(most).is_ok() && parse(1).is_ok(), "{mime_type}");
        assert!(parse(most + 1).is_err() && parse(0).is_err(), "{mime_type}");
        let file_type = FileType::of_mime_type(mime_type);
        assert!(checked(file_type, most).is_ok() && checked(file_type, most + 1).is_err());
    }
    let error = checked(FileType::of_mime_type("image/png"), 6_000_000).unwrap_err().to_string();
    assert_eq!(error, "An image may have at most 5 MB; this one has 6000000 bytes.");
    let error = checked(FileType::of_mime_type("video/mp4"), 60_000_000).unwrap_err().to_string();
    assert!(error.starts_with("A video may"), "{error}");
}

#[test]
fn an_announcement_names_what_is_missing() {
    let texts: Vec<String> = [
        Announcement::parse(None, None, Some(1)),
        Announcement::parse(None, Some("text/html"), Some(1)),
        Announcement::parse(None, Some("image/png"), None),
        Announcement::parse(Some("a\0"), Some("image/png"), Some(1)),
    ]
    .map(|parsed| parsed.unwrap_err().to_string())
    .to_vec();
    assert_eq!(
        texts,
        [
            "mime_type is required.",
            "mime_type is not accepted.",
            "size is required.",
            "filename must not contain control characters."
        ]
    );
}

#[test]
fn a_key_names_its_file_and_nothing_else() {
    let upload = upload("image/jpeg", 10);
    assert_eq!(Upload::of_key(&upload.key()), Some(upload.id));
    for key in [
        upload.incoming_key(),
        upload.key() + "/x",
        upload.key().replace("jpg", "exe"),
        "uploads/x.jpg".into(),
        String::new(),
    ] {
        assert_eq!(Upload::of_key(&key), None, "{key}");
    }
}

#[test]
fn what_comes_must_be_what_was_announced() {
    let upload = upload("image/jpeg", 10);
    let jpeg = upload.file_type();
    assert_eq!(upload.examined(jpeg, 10).state, UploadState::Ready);
    for (found, size) in [(jpeg, 11), (None, 10), (FileType::of_mime_type("image/png"), 10)] {
        assert_eq!(upload.examined(found, size).state, UploadState::Refused);
    }
}

#[test]
fn what_is_sent_is_complete_of_its_kind_and_no_large_sticker() {
    let ready = |mime_type, size| Upload { state: UploadState::Ready, ..upload(mime_type, size) };
    assert!(ready("image/webp", 500 * 1024).may_be_sent_as(MediaType::Image).is_ok());
    for (upload, kind, text) in [
        (upload("image/jpeg", 1), MediaType::Image, "media_url is an upload that is not complete."),
        (ready("image/jpeg", 1), MediaType::Document, "media_type must be image: that is what the file is."),
        (
            ready("image/webp", 500 * 1024 + 1),
            MediaType::Image,
            "WhatsApp takes WebP images as stickers, of at most 500 kB.",
        ),
    ] {
        assert_eq!(upload.may_be_sent_as(kind).unwrap_err().to_string(), text);
    }
}

#[test]
fn a_copy_at_whatsapp_belongs_to_its_sender_and_ends() {
    let now = Timestamp::from_seconds(1000);
    let copied = upload("image/jpeg", 10).copied_to_whatsapp("77".into(), "100", now);
    assert_eq!(copied.media_id("100", now.plus(COPY_LASTS - Duration::from_secs(1))), Some("77"));
    assert_eq!(copied.media_id("100", now.plus(COPY_LASTS)), None);
    assert_eq!(copied.media_id("200", now), None);
}

#[test]
fn a_copy_at_google_is_tried_again_and_given_up() {
    let now = Timestamp::from_seconds(1000);
    let mut owed = upload("image/jpeg", 10).with_mirror(Mirror::owed(now));
    let mut waits = Vec::new();
    while let Some(due) = owed.mirror.due() {
        waits.push(due.since(now).as_secs());
        owed = owed.with_mirror_begun("id", now).with_mirror_failed(now);
    }
    assert_eq!(waits, [0, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600, 21600, 21600, 21600, 21600]);
    assert_eq!(owed.mirror, Mirror::GivenUp);
}

#[test]
fn a_copy_keeps_its_first_id_and_one_that_is_not_owed_is_not_begun() {
    let now = Timestamp::from_seconds(1000);
    let until = now.plus(Duration::from_mins(5));
    let named = upload("image/jpeg", 10).with_mirror(Mirror::owed(now)).with_mirror_begun("first", until);
    let again = named.with_mirror_begun("second", until);
    assert_eq!(again.mirror, Mirror::Owed { file_id: Some("first".into()), attempts: 2, due: until });
    let done = again.with_mirror_done("first");
    assert_eq!(done.with_mirror_begun("third", until), done);
}

#[test]
fn every_type_is_found_by_its_names() {
    for known in FILE_TYPES {
        assert_eq!(FileType::of_mime_type(&known.mime_type.to_uppercase()), Some(known));
        assert_eq!(FileType::of_extension(known.extension), Some(known));
    }
}
