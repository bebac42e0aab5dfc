//! `POST /ai-processing/upload-file/` (PM-3.4): what a file is, and what its upload is answered.

use local::stack::Options;
use serde_json::json;
use tests::World;
use tests::files::{jpeg, pdf};

#[path = "../../../shared/domain/src/media/content/tests/crafted.rs"]
mod crafted;

#[tokio::test]
async fn pm_3_4_the_documented_upload() {
    let world = World::start().await;
    let answer = world.upload("dr_smith", "photo.jpg", jpeg(245_760)).await.ok();
    let id = answer["unique_id"].as_str().unwrap();
    assert_eq!(answer["s3_url"], format!("https://media.s3.us-east-1.amazonaws.com/uploads/{id}.jpg"));
    let copies = world.copies().await;
    assert_eq!((copies.len(), &copies[0]["id"]), (1, &answer["google_file_id"]));
    assert_eq!((&copies[0]["name"], &copies[0]["size"]), (&json!(format!("{id}.jpg")), &json!(245_760)));
    let mut shown = answer.clone();
    for name in ["unique_id", "s3_url", "google_file_id"] {
        shown[name] = json!(format!("<{name}>"));
    }
    insta::assert_json_snapshot!(shown, @r#"
    {
      "file_info": {
        "category": "image",
        "extension": "jpg",
        "mime_type": "image/jpeg",
        "size": 245760
      },
      "google_file_id": "<google_file_id>",
      "s3_url": "<s3_url>",
      "success": true,
      "unique_id": "<unique_id>",
      "upload_status": {
        "google_success": true,
        "overall_success": true,
        "s3_success": true
      }
    }
    "#);
}

#[tokio::test]
async fn every_crafted_file_is_what_it_is_and_not_what_it_is_called() {
    let world = World::start().await;
    let table = crafted::table();
    assert!(table.len() >= 40);
    for (name, bytes, expected) in table {
        // Whatever the name says: every file is called a picture.
        let answer = world.upload("dr_smith", "photo.png", bytes.clone()).await;
        match expected {
            Some(extension) => {
                let body = answer.ok();
                assert_eq!(body["file_info"]["extension"], extension, "{name}");
                assert_eq!(body["file_info"]["size"], bytes.len(), "{name}");
            }
            None => {
                assert_eq!(answer.status, 400, "{name}: {}", answer.text);
                assert!(answer.body["error"].as_str().unwrap().starts_with("The file is "), "{name}: {}", answer.text);
            }
        }
    }
}

#[tokio::test]
async fn a_file_is_read_by_a_short_address_as_a_file_and_never_as_a_page() {
    let world = World::start().await;
    let file = b"%PDF-1.4 <html><script>x</script>".to_vec();
    let id =
        world.upload("dr_smith", "../../\u{202E}r\u{e9}sult \"1\".pdf", file.clone()).await.ok()["unique_id"].clone();
    let (status, kind, disposition, bytes) = world.read_file("dr_jones", &id).await;
    assert_eq!((status, kind.as_str(), bytes), (200, "application/pdf", file), "a colleague reads it");
    assert_eq!(disposition, "attachment; filename=\"r_sult _1_.pdf\"");
    let path = format!("/ai-processing/files/{}/", id.as_str().unwrap());
    let address = world.get("dr_smith", &path).await;
    assert_eq!((address.header("cache-control"), &address.body["expires_in"]), ("no-store", &json!(300)));
    assert_eq!(world.get("dr_other", &path).await.status, 404, "another organisation does not");
    let url = address.body["url"].as_str().unwrap();
    let unsigned = url.split('?').next().unwrap().to_owned();
    let forged = url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000");
    let elsewhere = url.replace("attachment", "inline");
    assert!(url != forged && url != elsewhere, "{url}");
    for url in [unsigned, forged, elsewhere] {
        assert_eq!(reqwest::get(&url).await.unwrap().status(), 403, "{url}");
    }
}

#[tokio::test]
async fn sizes_to_the_byte() {
    let world = World::start().await;
    let most = 4 * 1024 * 1024 + 256 * 1024;
    assert_eq!(world.upload("dr_smith", "a.pdf", pdf(most)).await.status, 200);
    let refused = world.upload("dr_smith", "a.pdf", pdf(most + 1)).await;
    assert_eq!(refused.status, 413);
    assert!(refused.text.contains("/ai-processing/upload-url/"), "{}", refused.text);
    assert_eq!(world.upload("dr_smith", "a.pdf", pdf(20 * 1024 * 1024)).await.status, 413);
}

#[tokio::test]
async fn a_repeated_upload_keeps_one_file() {
    let world = World::start().await;
    let once = async |key: &str, size: usize| {
        let request = world.upload_request("dr_smith", ("a.jpg", jpeg(size))).header("idempotency-key", key);
        tests::Answer::of(request).await
    };
    let first = once("k", 1000).await;
    let again = once("k", 1000).await;
    assert_eq!((again.header("idempotency-replayed"), &again.body), ("true", &first.body));
    assert_eq!(once("k", 1001).await.status, 422);
    assert_ne!(once("other", 1000).await.ok()["unique_id"], first.body["unique_id"]);
    assert_eq!(world.copies().await.len(), 2);
}

#[tokio::test]
async fn files_have_a_limit_of_their_own() {
    let world = World::with(Options { rate_limit: Some(10), ..Options::default() }).await;
    // The minute of the limiter must not end in the middle of the test.
    world.local_post("clock", json!({ "set": "2030-01-01T00:00:05Z" })).await;
    for _ in 0..2 {
        world.upload("dr_smith", "a.jpg", jpeg(1000)).await.ok();
    }
    let refused = world.upload("dr_smith", "a.jpg", jpeg(1000)).await;
    assert_eq!(refused.status, 429);
    assert!(!refused.header("retry-after").is_empty());
    let form = json!({ "mime_type": "image/jpeg", "size": 5 });
    assert_eq!(world.post("dr_smith", "/ai-processing/upload-url/", form).await.status, 429, "a form counts as a file");
    assert_eq!(world.get("dr_smith", "/providermessages/").await.status, 200);
}
