//! Files: uploaded through the function or by a form, sent, and received.

use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{Answer, World};

/// A JPEG of so many bytes.
pub fn jpeg(size: usize) -> Vec<u8> {
    of_size(b"\xFF\xD8\xFF\xE0\0\x10JFIF", size)
}

/// A PDF of so many bytes.
pub fn pdf(size: usize) -> Vec<u8> {
    of_size(b"%PDF-1.7\n", size)
}

/// A WebP image of so many bytes.
pub fn webp(size: usize) -> Vec<u8> {
    of_size(b"RIFF\x24\0\0\0WEBPVP8 ", size)
}

/// An Ogg Opus recording.
pub fn opus() -> Vec<u8> {
    let mut page = of_size(b"OggS\0\x02", 600);
    page[28..36].copy_from_slice(b"OpusHead");
    page
}

/// An MP4 video.
pub fn mp4() -> Vec<u8> {
    of_size(b"\0\0\0\x18ftypisom\0\0\0\0isommp42", 600)
}

/// A file that begins so and has so many bytes.
pub fn of_size(head: &[u8], size: usize) -> Vec<u8> {
    let mut file = head.to_vec();
    file.resize(size, 7);
    file
}

impl World {
    /// A request that uploads a file.
    pub fn upload_request(&self, who: &str, (name, bytes): (&str, Vec<u8>)) -> RequestBuilder {
        let form = Form::new().part("file", Part::bytes(bytes).file_name(name.to_owned()));
        self.request(who, "POST", "/ai-processing/upload-file/").multipart(form)
    }

    /// What the upload of a file is answered.
    pub async fn upload(&self, who: &str, name: &str, bytes: Vec<u8>) -> Answer {
        Answer::of(self.upload_request(who, (name, bytes))).await
    }

    /// A form for an upload straight to the bucket.
    pub async fn form(&self, who: &str, mime_type: &str, size: usize) -> Value {
        let body = json!({ "filename": "file", "mime_type": mime_type, "size": size });
        self.post(who, "/ai-processing/upload-url/", body).await.ok()
    }

    /// Posts a file with a form as a browser does; answers the bucket's status.
    pub async fn put_by_form(&self, form: &Value, bytes: Vec<u8>) -> u16 {
        self.put_with(form, &[], bytes).await
    }

    /// The same with some fields changed.
    pub async fn put_with(&self, form: &Value, changed: &[(&str, &str)], bytes: Vec<u8>) -> u16 {
        let mut fields = form["fields"].as_object().expect("fields").clone();
        fields.extend(changed.iter().map(|(name, value)| ((*name).to_owned(), json!(value))));
        let mut body = Form::new();
        for (name, value) in fields {
            body = body.text(name, value.as_str().expect("a text").to_owned());
        }
        let body = body.part("file", Part::bytes(bytes).file_name("file"));
        let url = form["upload_url"].as_str().expect("an address");
        let answer = reqwest::Client::new().post(url).multipart(body).send().await.expect("an answer");
        answer.status().as_u16()
    }

    /// What the completion of an upload is answered.
    pub async fn complete(&self, who: &str, form: &Value) -> Answer {
        let path = format!("/ai-processing/upload-url/{}/complete/", form["unique_id"].as_str().expect("an id"));
        self.post(who, &path, json!({})).await
    }

    /// Reads a file as somebody who may: status, type, disposition and bytes.
    pub async fn read_file(&self, who: &str, unique_id: &Value) -> (u16, String, String, Vec<u8>) {
        let path = format!("/ai-processing/files/{}/", unique_id.as_str().expect("an id"));
        let address = self.get(who, &path).await.ok();
        let answer = reqwest::get(address["url"].as_str().expect("an address")).await.expect("an answer");
        let header = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (kind, disposition) = (header("content-type"), header("content-disposition"));
        let status = answer.status().as_u16();
        (status, kind, disposition, answer.bytes().await.expect("bytes").to_vec())
    }

    /// A patient sends a file of a kind; answers the webhook's status.
    pub async fn inbound_file(&self, from: &str, (kind, object): (&str, Value), bytes: &[u8]) -> u64 {
        let mut body = json!({ "from": from, "type": kind, "file": base64(bytes) });
        body[kind] = object;
        self.local_post("whatsapp/inbound", body).await["status"].as_u64().expect("the webhook answers")
    }

    /// The copies at the simulated Google.
    pub async fn copies(&self) -> Vec<Value> {
        self.local_get("drive/files").await.as_array().expect("a list").clone()
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
