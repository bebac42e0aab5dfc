//! Files of patients: a message at once, the file when it is fetched, and the truth when there will be none.

use domain::time::Timestamp;
use local::stack::Options;
use serde_json::{Value, json};
use tests::World;
use tests::files::{jpeg, mp4, opus, pdf, webp};
use tests::patients::Opened;

const PHONE: &str = "+2348012345678";

async fn start() -> (World, Opened) {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    (world, thread)
}

async fn last(world: &World, thread: &Opened) -> Value {
    world.messages("dr_smith", &thread.public_id).await.pop().unwrap()
}

async fn faults(world: &World, media: Value) {
    world.local_post("whatsapp/faults", json!({ "media": media })).await;
}

#[tokio::test]
async fn every_kind_becomes_a_message_at_once_and_a_file_soon() {
    let (world, thread) = start().await;
    let kinds = [
        ("image", json!({ "caption": "my foot" }), jpeg(1000), "image"),
        ("audio", json!({ "voice": true, "mime_type": "audio/ogg; codecs=opus" }), opus(), "audio"),
        ("video", json!({}), mp4(), "video"),
        ("document", json!({ "filename": "../lab.pdf" }), pdf(1000), "document"),
        ("sticker", json!({ "animated": false }), webp(1000), "image"),
    ];
    for (kind, object, bytes, media_type) in kinds {
        world.local_post("hold", json!({ "point": "fetch-stored" })).await;
        assert_eq!(world.inbound_file(PHONE, (kind, object), &bytes).await, 200, "{kind}");
        let at_once = last(&world, &thread).await;
        assert_eq!((&at_once["media_status"], &at_once["media_url"]), (&json!("pending"), &Value::Null), "{kind}");
        let before = world.get("dr_smith", &format!("/providermessages/{}/", thread.public_id)).await;
        world.local_post("release", json!({ "point": "fetch-stored" })).await;
        world.drain().await;
        let shown = last(&world, &thread).await;
        assert_eq!((&shown["media_status"], &shown["media_type"]), (&json!("ready"), &json!(media_type)), "{kind}");
        assert!(shown["media_url"].as_str().unwrap().contains("/uploads/"), "{kind}");
        assert_eq!(world.read_file("dr_jones", &shown["media_unique_id"]).await.3, bytes, "{kind}");
        let after = world.get("dr_smith", &format!("/providermessages/{}/", thread.public_id)).await;
        assert_ne!(before.header("etag"), after.header("etag"), "whoever polls sees it: {kind}");
        assert!(after.body["updated"].as_str() > before.body["updated"].as_str(), "{kind}");
    }
    let shared = world.get("dr_smith", &format!("/patient-threads/{}/", thread.public_id)).await.ok();
    let picture = shared["messages"].as_array().unwrap().iter().find(|m| m["message_value"] == "my foot").unwrap();
    assert_eq!((&picture["image"], picture["image"].is_string()), (&picture["media_url"], true));
    let path = format!("/ai-processing/files/{}/", picture["media_unique_id"].as_str().unwrap());
    assert_eq!(world.get("dr_other", &path).await.status, 404);
    let stored = world.messages("dr_smith", &thread.public_id).await;
    let named = stored.iter().find(|message| message["media_type"] == "document").unwrap()["media_unique_id"].clone();
    assert_eq!(world.read_file("dr_smith", &named).await.2, "attachment; filename=\"lab.pdf\"");
}

#[tokio::test]
async fn what_fails_is_tried_again() {
    for fault in [
        json!({ "at": "describe", "status": 500 }),
        json!({ "at": "describe", "timeout": true }),
        json!({ "at": "describe", "code": 131_016 }),
        json!({ "at": "download", "status": 404 }),
        json!({ "at": "download", "timeout": true }),
        json!({ "at": "download", "cut": true }),
        json!({ "at": "download", "corrupt": true }),
    ] {
        let (world, thread) = start().await;
        faults(&world, json!([fault.clone()])).await;
        world.inbound_file(PHONE, ("image", json!({})), &jpeg(1000)).await;
        world.drain().await;
        assert_eq!(last(&world, &thread).await["media_status"], "pending", "{fault}");
        world.advance("5m").await;
        assert_eq!(last(&world, &thread).await["media_status"], "ready", "{fault}");
        assert_eq!(world.count("MediaLost").await, 0, "{fault}");
    }
}

#[tokio::test]
async fn what_will_never_come_is_said() {
    let too_large = (100_u64 << 20) + 1;
    for (fault, bytes, status) in [
        (json!({ "at": "describe", "size": too_large }), jpeg(1000), "refused"),
        (json!({ "at": "upload" }), b"MZ\x90\0\x03 a program".to_vec(), "refused"),
        (json!({ "at": "upload" }), b"<html><script>x</script>".to_vec(), "refused"),
        (json!({ "at": "upload" }), Vec::new(), "refused"),
    ] {
        let (world, thread) = start().await;
        faults(&world, json!([fault])).await;
        world.inbound_file(PHONE, ("image", json!({ "caption": "this" })), &bytes).await;
        world.drain().await;
        let shown = last(&world, &thread).await;
        assert_eq!((&shown["media_status"], &shown["media_url"]), (&json!(status), &Value::Null), "{fault}");
        assert_eq!(shown["message_value"], "this", "what was said with it stays");
        assert_eq!(world.count("MediaLost").await, 1, "{fault}");
    }
}

/// "Not there" is also what WhatsApp says to a token without the right, and a host that we do not know may be a new one of
/// Meta's: neither loses anything at once, and nothing else than Meta's is ever fetched.
#[tokio::test]
async fn what_may_yet_come_is_waited_for() {
    for fault in [
        json!({ "at": "describe", "code": 100 }),
        json!({ "at": "describe", "url": "https://example.com/evil" }),
        json!({ "at": "describe", "url": "http://169.254.169.254/latest" }),
    ] {
        let (world, thread) = start().await;
        faults(&world, json!([fault, fault])).await;
        world.inbound_file(PHONE, ("image", json!({})), &jpeg(1000)).await;
        world.drain().await;
        assert_eq!(last(&world, &thread).await["media_status"], "pending", "{fault}");
        world.advance("1h").await;
        assert_eq!(last(&world, &thread).await["media_status"], "ready", "{fault}");
    }
    let (world, thread) = start().await;
    faults(&world, json!(vec![json!({ "at": "describe", "code": 100 }); 50])).await;
    world.inbound_file(PHONE, ("image", json!({})), &jpeg(1000)).await;
    world.advance("2d").await;
    assert_eq!(last(&world, &thread).await["media_status"], "expired");
    assert_eq!(world.count("MediaLost").await, 1);
}

/// A document of whatever kind is kept: to be saved under a name that runs nothing, never shown, never sent on.
#[tokio::test]
async fn an_unknown_document_is_kept_to_be_saved() {
    for bytes in [b"MZ\x90\0\x03 a program".to_vec(), b"<html><script>x</script>".to_vec(), b"caf\xe9;12,5".to_vec()] {
        let (world, thread) = start().await;
        world.inbound_file(PHONE, ("document", json!({ "filename": "results.hta" })), &bytes).await;
        world.drain().await;
        let shown = last(&world, &thread).await;
        assert_eq!((&shown["media_status"], &shown["media_type"]), (&json!("ready"), &json!("document")));
        let (status, content_type, disposition, read) = world.read_file("dr_smith", &shown["media_unique_id"]).await;
        assert_eq!((status, content_type.as_str(), read), (200, "application/octet-stream", bytes));
        assert_eq!(disposition, "attachment; filename=\"results.hta.bin\"");
        let send = json!({ "public_id": thread.public_id, "media_url": shown["media_url"], "media_type": "document" });
        assert_eq!(world.post("dr_smith", "/providermessages/send-message/", send).await.status, 400);
    }
}

/// A text may be called anything; its name must run nothing.
#[tokio::test]
async fn a_file_is_saved_under_the_ending_of_its_bytes() {
    let (world, thread) = start().await;
    world.inbound_file(PHONE, ("document", json!({ "filename": "results.hta" })), b"var shell = 1;").await;
    world.drain().await;
    let shown = last(&world, &thread).await;
    let disposition = world.read_file("dr_smith", &shown["media_unique_id"]).await.2;
    assert_eq!(disposition, "attachment; filename=\"results.hta.txt\"");
}

#[tokio::test]
async fn a_picture_that_is_none_is_not_shown_as_one() {
    let (world, thread) = start().await;
    world.inbound_file(PHONE, ("image", json!({ "mime_type": "image/jpeg" })), &pdf(1000)).await;
    world.drain().await;
    assert_eq!(last(&world, &thread).await["media_type"], "document");
}

#[tokio::test]
async fn bytes_that_stay_other_bytes_are_refused_in_the_end() {
    let (world, thread) = start().await;
    faults(&world, json!(vec![json!({ "at": "download", "corrupt": true }); 50])).await;
    world.inbound_file(PHONE, ("image", json!({})), &jpeg(1000)).await;
    world.advance("3h").await;
    assert_eq!(last(&world, &thread).await["media_status"], "refused");
}

/// The worker dies between every two of its steps: the file is there once, and nothing is left over.
#[tokio::test]
async fn a_dying_worker_fetches_once() {
    for point in ["fetch-leased", "fetch-stored", "fetch-copied", "fetch-kept"] {
        let (world, thread) = start().await;
        world.local_post("crash", json!({ "point": point })).await;
        world.inbound_file(PHONE, ("image", json!({})), &jpeg(1000)).await;
        world.drain().await;
        world.advance("10m").await;
        let shown = last(&world, &thread).await;
        assert_eq!(shown["media_status"], "ready", "{point}");
        assert_eq!(world.read_file("dr_smith", &shown["media_unique_id"]).await.3, jpeg(1000), "{point}");
        assert_eq!(world.messages("dr_smith", &thread.public_id).await.len(), 3, "{point}");
        let queues = world.local_get("queues").await;
        assert!(!queues.to_string().contains("\"dead\":1"), "{queues}");
    }
}

/// A lost hint, or a worker that died at any step, and then everything is started anew.
#[tokio::test]
async fn what_was_begun_is_finished_once_after_a_restart() {
    for point in ["inbound-kept", "fetch-leased", "fetch-stored", "fetch-copied"] {
        let directory = tempfile::tempdir().unwrap();
        let options =
            || Options { data_dir: Some(directory.path().to_owned()), rate_limit: Some(0), ..Options::default() };
        let world = World::with(options()).await;
        let thread = world.converse("dr_smith", PHONE).await;
        world.local_post("crash", json!({ "point": point })).await;
        world.inbound_file(PHONE, ("image", json!({})), &jpeg(1000)).await;
        world.drain().await;
        assert_eq!(last(&world, &thread).await["media_status"], "pending", "{point}");
        world.stop().await;

        let world = World::with(options()).await;
        world.advance("10m").await;
        let shown = last(&world, &thread).await;
        assert_eq!(shown["media_status"], "ready", "{point}");
        assert_eq!(world.read_file("dr_smith", &shown["media_unique_id"]).await.3, jpeg(1000), "{point}");
        assert_eq!(world.messages("dr_smith", &thread.public_id).await.len(), 3, "{point}");
        world.stop().await;
    }
}

/// The simulated Meta's addresses end after five minutes, open nothing without the token, and its files go after a week.
#[tokio::test]
async fn the_simulator_keeps_to_whatsapps_rules() {
    let (world, thread) = start().await;
    let setting = |name| world.stack.settings.get(name).unwrap().to_owned();
    let base = format!("{}/v26.0", setting("WHATSAPP_API_BASE"));
    let token = setting("WHATSAPP_ACCESS_TOKEN");
    let client = reqwest::Client::new();
    faults(&world, json!([{ "at": "describe", "status": 500 }])).await;
    world.inbound_file(PHONE, ("image", json!({})), &jpeg(1000)).await;
    world.drain().await;
    let number = thread.thread_id;
    let stored = platform::store::threads::load(
        &world.stack.app,
        platform::identity::Machine::of_invocation(),
        number.to_string().parse().unwrap(),
    );
    let stored = stored.await.unwrap();
    let part = platform::store::messages::Part::Newest;
    let messages = platform::store::messages::read(&world.stack.app, &stored, part, 1).await.unwrap().messages;
    let media_id = messages[0].media.as_ref().unwrap().whatsapp_media_id.clone().unwrap();
    let describe = async |token: &str| {
        let url = format!("{base}/{media_id}?phone_number_id=100000000000021");
        let answer = client.get(url).bearer_auth(token).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    assert_eq!(describe("wrong").await.0, 401);
    let (status, described) = describe(&token).await;
    assert_eq!((status, &described["file_size"]), (200, &json!("1000")), "a text, as in Meta's document");
    let url = described["url"].as_str().unwrap().to_owned();
    let get = async |token: &str| client.get(&url).bearer_auth(token).send().await.unwrap().status().as_u16();
    assert_eq!((get("wrong").await, get(&token).await), (401, 200));
    world.advance("6m").await;
    assert_eq!(get(&token).await, 404);
    let now = Timestamp::parse(world.local_get("clock").await["now"].as_str().unwrap()).unwrap();
    assert!(now.seconds() > 0);
    world.advance("8d").await;
    assert_eq!(describe(&token).await.0, 400);
}
