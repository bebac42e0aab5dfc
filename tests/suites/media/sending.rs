//! Files to patients: ours by id, those of allowed hosts by address, nothing else.

use serde_json::{Value, json};
use tests::World;
use tests::files::{jpeg, mp4, opus, pdf, webp};
use tests::patients::Opened;

const PHONE: &str = "+2348012345678";
const SEND: &str = "/providermessages/send-message/";

async fn start() -> (World, Opened) {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    (world, thread)
}

async fn uploaded(world: &World, bytes: Vec<u8>) -> Value {
    world.upload("dr_smith", "care plan.bin", bytes).await.ok()
}

fn media(thread: &Opened, upload: &Value, text: Option<&str>) -> Value {
    json!({
        "public_id": thread.public_id, "message": text, "media_url": upload["s3_url"],
        "media_type": upload["file_info"]["category"],
    })
}

/// What WhatsApp took after the template, without what differs.
async fn taken(world: &World) -> Vec<Value> {
    let sent = world.outbox(PHONE).await.split_off(1);
    let kind = |body: &Value| body[body["type"].as_str().unwrap()].clone();
    sent.iter().map(|body| json!([body["type"], kind(body)])).collect()
}

#[tokio::test]
async fn every_kind_goes_by_id_with_its_caption_or_text() {
    let (world, thread) = start().await;
    for bytes in [jpeg(1000), mp4(), pdf(1000), opus()] {
        let upload = uploaded(&world, bytes).await;
        let answer = world.post("dr_smith", SEND, media(&thread, &upload, Some("Look"))).await.ok();
        assert_eq!(
            (&answer["media_url"], &answer["media_type"]),
            (&upload["s3_url"], &upload["file_info"]["category"])
        );
    }
    let sticker = uploaded(&world, webp(1000)).await;
    world.post("dr_smith", SEND, media(&thread, &sticker, None)).await.ok();
    world.drain().await;
    let taken = taken(&world).await;
    let shapes: Vec<String> = taken
        .iter()
        .map(|sent| {
            assert!(sent[1]["link"].is_null(), "{sent}");
            format!("{} id:{} {} {}", sent[0], sent[1]["id"].is_string(), sent[1]["caption"], sent[1]["filename"])
        })
        .collect();
    insta::assert_snapshot!(shapes.join("\n"), @r#"
    "image" id:true "Look" null
    "video" id:true "Look" null
    "document" id:true "Look" "care plan.bin.pdf"
    "audio" id:true null null
    "text" id:false null null
    "sticker" id:true null null
    "#);
    assert_eq!(taken[4][1]["body"], "Look", "audio is followed by its text");
    let shown = world.messages("dr_smith", &thread.public_id).await;
    let picture = shown.iter().find(|message| message["media_type"] == "image").unwrap();
    assert_eq!((&picture["media_status"], picture["media_unique_id"].is_string()), (&json!("ready"), true));
}

/// WhatsApp may forget a file before its time: then it gets it again, and the message goes.
#[tokio::test]
async fn a_copy_that_whatsapp_has_forgotten_is_made_again() {
    let (world, thread) = start().await;
    let upload = uploaded(&world, jpeg(1000)).await;
    world.post("dr_smith", SEND, media(&thread, &upload, None)).await.ok();
    world.drain().await;
    world.advance("11m").await;
    world.local_post("whatsapp/faults", json!({ "next": [{ "code": 131_053 }] })).await;
    world.post("dr_smith", SEND, media(&thread, &upload, None)).await.ok();
    world.drain().await;
    world.advance("5m").await;
    let taken = taken(&world).await;
    assert_eq!(taken.len(), 2, "{taken:?}");
    assert_ne!(taken[0][1]["id"], taken[1][1]["id"]);
    // What is refused with a copy that was just made is the file itself.
    world.local_post("whatsapp/faults", json!({ "next": [{ "code": 131_053 }] })).await;
    world.post("dr_smith", SEND, media(&thread, &upload, None)).await.ok();
    world.drain().await;
    let shown = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!(shown.last().unwrap()["delivery"]["status"], "failed");
}

#[tokio::test]
async fn only_own_files_and_allowed_hosts() {
    let (world, thread) = start().await;
    let own = uploaded(&world, jpeg(1000)).await;
    let foreign = world.upload("dr_other", "a.jpg", jpeg(1000)).await.ok();
    let url = own["s3_url"].as_str().unwrap();
    let (base, _) = url.split_at(url.rfind('/').unwrap() + 1);
    let mut table = String::new();
    for (url, kind) in [
        (foreign["s3_url"].as_str().unwrap().to_owned(), "image"),
        (format!("{base}0b9f4f6e-6d0a-4c39-9c6b-0f0f5a4b7a11.jpg"), "image"),
        (url.replace(".jpg", ".png"), "image"),
        (url.replace("uploads", "incoming"), "image"),
        (format!("{url}?versionId=1"), "image"),
        (url.replace("https", "http"), "image"),
        (url.to_owned(), "document"),
        ("https://example.com/a.jpg".to_owned(), "image"),
        ("https://cdn.prestigehealth.app.example.com/a.jpg".to_owned(), "image"),
        ("https://cdn.prestigehealth.app@example.com/a.jpg".to_owned(), "image"),
        ("https://169.254.169.254/latest/meta-data".to_owned(), "image"),
        ("https://media.s3.us-east-1.amazonaws.com/../x".to_owned(), "image"),
    ] {
        let body = json!({ "public_id": thread.public_id, "media_url": url, "media_type": kind });
        let answer = world.post("dr_smith", SEND, body).await;
        let shown = url.replace(url.rsplit('/').next().unwrap(), "…").replace(base, "<bucket>/");
        assert_eq!(answer.status, 400, "{url}: {}", answer.text);
        table += &format!("{shown} as {kind}: {}\n", answer.text);
    }
    insta::assert_snapshot!(table);
    world.drain().await;
    assert!(taken(&world).await.is_empty(), "nothing was sent");
    let allowed = json!({ "public_id": thread.public_id, "media_url": "https://CDN.prestigehealth.app/a.jpg", "media_type": "image" });
    world.post("dr_smith", SEND, allowed).await.ok();
    world.drain().await;
    assert_eq!(taken(&world).await[0][1]["link"], "https://cdn.prestigehealth.app/a.jpg");
}

#[tokio::test]
async fn a_sticker_has_no_text_and_at_most_500_kilobytes() {
    let (world, thread) = start().await;
    let fits = uploaded(&world, webp(500 * 1024)).await;
    let large = uploaded(&world, webp(500 * 1024 + 1)).await;
    assert_eq!(world.post("dr_smith", SEND, media(&thread, &fits, Some("Hi"))).await.status, 400);
    let refused = world.post("dr_smith", SEND, media(&thread, &large, None)).await;
    assert_eq!((refused.status, refused.text.contains("500 kB")), (400, true), "{}", refused.text);
    assert_eq!(world.post("dr_smith", SEND, media(&thread, &fits, None)).await.status, 200);
}

#[tokio::test]
async fn a_file_that_whatsapp_does_not_take_now_holds_its_place_and_one_it_never_takes_fails() {
    let (world, thread) = start().await;
    let upload = uploaded(&world, jpeg(1000)).await;
    for fault in [json!({ "at": "upload", "status": 500 }), json!({ "at": "upload", "timeout": true })] {
        world.local_post("whatsapp/faults", json!({ "media": [fault] })).await;
        world.post("dr_smith", SEND, media(&thread, &upload, Some("first"))).await.ok();
        world.say("dr_smith", &thread.public_id, "second").await.ok();
        world.drain().await;
        world.advance("5m").await;
    }
    let taken = taken(&world).await;
    let kinds: Vec<&str> = taken.iter().map(|sent| sent[0].as_str().unwrap()).collect();
    assert_eq!(kinds, ["image", "text", "image", "text"], "in order, once");

    let other = uploaded(&world, pdf(1000)).await;
    world.local_post("whatsapp/faults", json!({ "media": [{ "at": "upload", "code": 131_053 }] })).await;
    world.post("dr_smith", SEND, media(&thread, &other, None)).await.ok();
    world.drain().await;
    let shown = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!(shown.last().unwrap()["delivery"]["status"], "failed", "{}", shown.last().unwrap());
}

/// The worker dies after the file is at WhatsApp, and at each step after that: the message goes out once.
#[tokio::test]
async fn a_dying_worker_sends_a_file_once() {
    for point in ["file-at-whatsapp", "delivery-claims", "delivery-claimed", "delivery-sent"] {
        let (world, thread) = start().await;
        let upload = uploaded(&world, jpeg(1000)).await;
        world.local_post("crash", json!({ "point": point })).await;
        world.post("dr_smith", SEND, media(&thread, &upload, Some("Look"))).await.ok();
        world.drain().await;
        world.advance("15m").await;
        assert_eq!(taken(&world).await.len(), 1, "{point}");
    }
}
