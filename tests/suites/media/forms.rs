//! `POST /ai-processing/upload-url/` and its completion: a form for exactly one file, which is of no use until somebody has
//! looked at its bytes.

use serde_json::{Value, json};
use tests::World;
use tests::files::{jpeg, pdf};

#[tokio::test]
async fn a_file_goes_straight_to_the_bucket_and_is_usable_once_complete() {
    let world = World::start().await;
    let size = 6 * 1024 * 1024;
    let form = world.form("dr_smith", "application/pdf", size).await;
    let id = form["unique_id"].clone();
    let file = format!("/ai-processing/files/{}/", id.as_str().unwrap());
    let not_yet = world.complete("dr_smith", &form).await;
    assert_eq!((not_yet.status, &not_yet.body["error"]), (400, &json!("upload_not_arrived")));
    assert_eq!(world.put_by_form(&form, pdf(size)).await, 204);
    assert_eq!(world.get("dr_smith", &file).await.status, 404, "nobody has looked at it");
    let thread = world.converse("dr_smith", "+2348012345678").await;
    let send = json!({ "public_id": thread.public_id, "media_url": form["s3_url"], "media_type": "document" });
    let refused = world.post("dr_smith", "/providermessages/send-message/", send.clone()).await;
    assert_eq!((refused.status, refused.text.contains("not complete")), (400, true), "{}", refused.text);

    let complete = world.complete("dr_smith", &form).await.ok();
    assert_eq!((&complete["unique_id"], &complete["s3_url"]), (&id, &form["s3_url"]));
    assert_eq!(complete["file_info"]["size"], size);
    assert_eq!(complete["upload_status"]["google_success"], false, "a large copy is left to the job");
    let again = world.complete("dr_smith", &form).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, "true"));
    world.drain().await;
    let later = world.complete("dr_smith", &form).await.ok();
    assert_eq!((&later["upload_status"]["overall_success"], world.copies().await.len()), (&json!(true), 1));
    assert_eq!(world.read_file("dr_smith", &id).await.3.len(), size);
    assert_eq!(world.post("dr_smith", "/providermessages/send-message/", send).await.status, 200);
}

#[tokio::test]
async fn the_form_takes_exactly_what_was_announced() {
    let world = World::start().await;
    let form = world.form("dr_smith", "image/jpeg", 1000).await;
    let other = world.form("dr_smith", "image/jpeg", 1000).await;
    let key = other["fields"]["key"].as_str().unwrap().to_owned();
    let policy = other["fields"]["policy"].as_str().unwrap().to_owned();
    let id = form["unique_id"].as_str().unwrap();
    let ready = format!("uploads/{id}.jpg");
    let forged = "0".repeat(64);
    let none: &[(&str, &str)] = &[];
    let cases = [
        ("a byte more", none, 1001),
        ("a byte less", none, 999),
        ("another type", &[("Content-Type", "text/html")][..], 1000),
        ("another key", &[("key", key.as_str())][..], 1000),
        ("the key of a complete file", &[("key", ready.as_str())][..], 1000),
        ("another policy", &[("policy", policy.as_str())][..], 1000),
        ("a forged signature", &[("x-amz-signature", forged.as_str())][..], 1000),
        ("a field that nobody signed", &[("acl", "public-read")][..], 1000),
    ];
    for (name, changed, size) in cases {
        let status = world.put_with(&form, changed, jpeg(size)).await;
        assert!((400..500).contains(&status), "{name}: {status}");
        assert_eq!(world.complete("dr_smith", &form).await.status, 400, "{name}");
    }
    let unsigned = json!({ "upload_url": form["upload_url"], "fields": { "key": ready } });
    assert!(world.put_by_form(&unsigned, jpeg(1000)).await >= 400);
    assert_eq!(world.put_by_form(&form, jpeg(1000)).await, 204);
    assert_eq!(world.complete("dr_smith", &form).await.status, 200);
}

/// A double click: whoever comes second finds what arrived gone, because it lies where files are.
#[tokio::test]
async fn two_completions_at_once_complete_it_once() {
    let world = World::start().await;
    let form = world.form("dr_smith", "image/jpeg", 1000).await;
    assert_eq!(world.put_by_form(&form, jpeg(1000)).await, 204);
    world.local_post("hold", json!({ "point": "upload-copied" })).await;
    let release = async {
        let both = json!({ "point": "upload-copied", "reached": 2 });
        while !world.local_get("points").await.as_array().unwrap().contains(&both) {
            tokio::task::yield_now().await;
        }
        world.local_post("release", json!({ "point": "upload-copied" })).await;
    };
    let (first, second, ()) =
        tokio::join!(world.complete("dr_smith", &form), world.complete("dr_smith", &form), release);
    assert_eq!((first.status, second.status), (200, 200), "{} {}", first.text, second.text);
    assert_eq!(first.body["s3_url"], second.body["s3_url"]);
    assert_eq!(world.read_file("dr_smith", &form["unique_id"]).await.3, jpeg(1000));
}

/// The completion dies between the copy and the row: the next one finds what arrived, and makes the same of it.
#[tokio::test]
async fn a_completion_that_dies_can_be_repeated() {
    let world = World::start().await;
    let form = world.form("dr_smith", "image/jpeg", 1000).await;
    assert_eq!(world.put_by_form(&form, jpeg(1000)).await, 204);
    world.local_post("crash", json!({ "point": "upload-copied" })).await;
    assert_eq!(world.complete("dr_smith", &form).await.status, 500);
    world.complete("dr_smith", &form).await.ok();
    assert_eq!(world.read_file("dr_smith", &form["unique_id"]).await.3, jpeg(1000));
}

#[tokio::test]
async fn bytes_of_another_type_are_refused() {
    let world = World::start().await;
    for (mime_type, bytes) in [
        ("application/pdf", jpeg(1000)),
        ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'>".repeat(25)),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04".repeat(250)),
    ] {
        let form = world.form("dr_smith", mime_type, 1000).await;
        assert_eq!(bytes.len(), 1000);
        assert_eq!(world.put_by_form(&form, bytes).await, 204);
        for _ in 0..2 {
            let refused = world.complete("dr_smith", &form).await;
            assert_eq!(
                (refused.status, &refused.body["error"]),
                (400, &json!("upload_not_as_announced")),
                "{mime_type}"
            );
        }
    }
}

#[tokio::test]
async fn what_arrives_after_the_completion_changes_nothing() {
    let world = World::start().await;
    let form = world.form("dr_smith", "image/jpeg", 1000).await;
    assert_eq!(world.put_by_form(&form, jpeg(1000)).await, 204);
    world.complete("dr_smith", &form).await.ok();
    let mut other = jpeg(1000);
    other[999] = 0;
    assert_eq!(world.put_by_form(&form, other).await, 204, "the form is still good");
    assert_eq!(world.complete("dr_smith", &form).await.status, 200);
    assert_eq!(world.read_file("dr_smith", &form["unique_id"]).await.3, jpeg(1000));
}

#[tokio::test]
async fn an_upload_is_its_announcers() {
    let world = World::start().await;
    let form = world.form("dr_smith", "image/jpeg", 1000).await;
    assert_eq!(world.put_by_form(&form, jpeg(1000)).await, 204);
    assert_eq!(world.complete("dr_jones", &form).await.status, 403, "a colleague's");
    assert_eq!(world.complete("dr_other", &form).await.status, 404, "another organisation's");
    for id in ["x", "0b9f4f6e-6d0a-4c39-9c6b-0f0f5a4b7a11", "..%2F..%2Fuploads"] {
        assert_eq!(world.complete("dr_smith", &json!({ "unique_id": id })).await.status, 404, "{id}");
    }
    assert_eq!(world.complete("dr_smith", &form).await.status, 200);
}

#[tokio::test]
async fn announcements_that_are_refused() {
    let world = World::start().await;
    let most = [("image/png", 5_u64), ("audio/ogg", 16), ("video/mp4", 16), ("application/pdf", 100)];
    let mut bodies: Vec<Value> = vec![
        json!({}),
        json!({ "mime_type": "image/png" }),
        json!({ "mime_type": "text/html", "size": 5 }),
        json!({ "mime_type": "image/svg+xml", "size": 5 }),
        json!({ "mime_type": "image/png", "size": 0 }),
        json!({ "mime_type": "image/png", "size": -1 }),
        json!({ "mime_type": "image/png", "size": "five" }),
        json!({ "mime_type": "image/png", "size": 5, "filename": "a\u{0}" }),
    ];
    bodies.extend(most.map(|(mime_type, megabytes)| json!({ "mime_type": mime_type, "size": (megabytes << 20) + 1 })));
    let mut table = String::new();
    for body in bodies {
        table +=
            &format!("{body}: {}\n", world.post("dr_smith", "/ai-processing/upload-url/", body.clone()).await.line());
    }
    insta::assert_snapshot!(table);
    for (mime_type, megabytes) in most {
        let body = json!({ "mime_type": mime_type, "size": megabytes << 20 });
        assert_eq!(world.post("dr_smith", "/ai-processing/upload-url/", body).await.status, 200, "{mime_type}");
    }
}

#[tokio::test]
async fn a_repeated_announcement_is_one_upload() {
    let world = World::start().await;
    let body = json!({ "mime_type": "image/jpeg", "size": 1000 });
    let first = world.post_once("dr_smith", "/ai-processing/upload-url/", ("k", &body)).await.ok();
    let again = world.post_once("dr_smith", "/ai-processing/upload-url/", ("k", &body)).await;
    assert_eq!((again.header("idempotency-replayed"), &again.body["unique_id"]), ("true", &first["unique_id"]));
    assert_eq!(world.put_by_form(&again.body, jpeg(1000)).await, 204, "with a fresh form");
}
