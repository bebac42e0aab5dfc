//! Files of document 000, first half: one that Dr. Smith uploaded, and one that she announced.

use serde_json::json;
use tests::World;
use tests::files::jpeg;

use crate::access::Operation;

pub(super) async fn operations(world: &World) -> Vec<Operation> {
    let uploaded = world.upload("dr_smith", "a.jpg", jpeg(1000)).await.ok()["unique_id"].clone();
    let announced = world.form("dr_smith", "image/jpeg", 1000).await;
    // Whoever announced it may complete it again.
    assert_eq!(world.put_by_form(&announced, jpeg(1000)).await, 204);
    let complete = format!("/ai-processing/upload-url/{}/complete/", announced["unique_id"].as_str().unwrap());
    let announcement = json!({ "mime_type": "image/jpeg", "size": 1000 });
    vec![
        // A body that is no form: whoever may upload is told so.
        ("upload_file", "POST", "/ai-processing/upload-file/".to_owned(), Some(json!({}))),
        ("upload_url", "POST", "/ai-processing/upload-url/".to_owned(), Some(announcement)),
        ("complete_upload", "POST", complete, Some(json!({}))),
        ("file_address", "GET", format!("/ai-processing/files/{}/", uploaded.as_str().unwrap()), None),
    ]
}
