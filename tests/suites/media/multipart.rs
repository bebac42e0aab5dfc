//! Bodies that are no upload of one file.

use serde_json::json;
use tests::files::jpeg;
use tests::{Answer, World};

const UPLOAD: &str = "/ai-processing/upload-file/";
const TYPE: &str = "multipart/form-data; boundary=b";

async fn raw(world: &World, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
    Answer::of(world.request("dr_smith", "POST", UPLOAD).header("content-type", content_type).body(body)).await
}

fn part(head: &str, bytes: &[u8]) -> Vec<u8> {
    [b"--b\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", bytes, b"\r\n"].concat()
}

fn body(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), b"--b--\r\n".to_vec()].concat()
}

#[tokio::test]
async fn no_file_is_the_documented_refusal() {
    let world = World::start().await;
    let other_name = body(&[part("name=\"files\"; filename=\"a.jpg\"", &jpeg(600))]);
    for body in [body(&[]), body(&[part("name=\"note\"", b"hello")]), other_name] {
        let answer = raw(&world, TYPE, body).await;
        assert_eq!((answer.status, answer.body), (400, json!({ "error": "No file provided" })));
    }
}

#[tokio::test]
async fn what_is_not_one_file_is_refused() {
    let world = World::start().await;
    let file = part("name=\"file\"; filename=\"a.jpg\"", &jpeg(600));
    let whole = body(std::slice::from_ref(&file));
    let nested = [
        b"--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
            .to_vec(),
        b"--c\r\nContent-Disposition: file; filename=\"a.jpg\"\r\n\r\n".to_vec(),
        jpeg(600),
        b"\r\n--c--\r\n--b--\r\n".to_vec(),
    ]
    .concat();
    let many = body(&vec![part("name=\"x\"", b"1"); 10_000]);
    let bodies = [
        ("empty file", TYPE, body(&[part("name=\"file\"; filename=\"a.jpg\"", b"")])),
        ("two files", TYPE, body(&[file.clone(), file.clone()])),
        ("truncated", TYPE, whole[..whole.len() - 20].to_vec()),
        ("cut in the head", TYPE, whole[..30].to_vec()),
        ("no boundary", "multipart/form-data", whole.clone()),
        ("another boundary", "multipart/form-data; boundary=c", whole.clone()),
        ("nested multipart", TYPE, nested),
        ("10,000 parts", TYPE, many),
        ("nothing", TYPE, Vec::new()),
    ];
    let mut table = String::new();
    for (name, content_type, body) in bodies {
        table += &format!("{name}: {}\n", raw(&world, content_type, body).await.line());
    }
    let huge = format!("multipart/form-data; boundary={}", "x".repeat(5000));
    table += &format!("huge boundary: {}\n", raw(&world, &huge, whole.clone()).await.line());
    for content_type in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
        table += &format!("{content_type}: {}\n", raw(&world, content_type, whole.clone()).await.line());
    }
    insta::assert_snapshot!(table);
    assert!(world.copies().await.is_empty(), "nothing was kept");
}

#[tokio::test]
async fn fields_may_stand_in_any_order_and_names_are_made_fit() {
    let world = World::start().await;
    let note = part("name=\"note\"", b"hello");
    for (named, saved) in [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\\\x\\\\lab.jpg", "lab.jpg"),
        ("lab\u{202e}gpj.exe", "labgpj.exe.jpg"),
        ("..", ""),
    ] {
        let file = part(&format!("name=\"file\"; filename=\"{named}\""), &jpeg(600));
        let answer = raw(&world, TYPE, body(&[note.clone(), file, note.clone()])).await;
        let id = answer.ok()["unique_id"].clone();
        let path = format!("/ai-processing/files/{}/", id.as_str().unwrap());
        let name = world.get("dr_smith", &path).await.ok()["filename"].as_str().unwrap().to_owned();
        let expected = if saved.is_empty() { format!("{}.jpg", id.as_str().unwrap()) } else { saved.to_owned() };
        assert_eq!(name, expected, "{named:?}");
    }
    for named in ["a\u{1}b.jpg", "a\u{7f}.jpg", "a\0.jpg"] {
        let file = part(&format!("name=\"file\"; filename=\"{named}\""), &jpeg(600));
        assert_eq!(raw(&world, TYPE, body(&[file])).await.status, 400, "no header has such a name: {named:?}");
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_cut() {
    let world = World::start().await;
    let head = b"--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".to_vec();
    let endless = futures_util::stream::iter(
        std::iter::once(head).chain(std::iter::repeat_n(vec![7_u8; 64 * 1024], 200)).map(Ok::<_, std::io::Error>),
    );
    let request = world.request("dr_smith", "POST", UPLOAD).header("content-type", TYPE);
    let sent = request.body(reqwest::Body::wrap_stream(endless)).send().await;
    // The refusal may come before the rest of the body is sent, and then the connection is closed.
    if let Ok(answer) = sent {
        assert_eq!(answer.status(), 413);
    }
    assert_eq!(world.upload("dr_smith", "a.jpg", jpeg(600)).await.status, 200);
}
