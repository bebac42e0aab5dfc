//! Files with every fault at every call: an acknowledged upload is kept once and can be read, and what a patient sent becomes
//! one file.

use std::time::Duration;

use local::connector::Fault;
use serde_json::{Value, json};
use tests::InProcess;
use tests::files::jpeg;

const FAULTS: [Fault; 4] = [
    Fault::FailBefore,
    Fault::LoseAnswer,
    Fault::ExecuteLate(Duration::from_millis(50)),
    Fault::ExecuteLate(Duration::from_secs(4)),
];
const PHONE: &str = "2348012345678";

fn every_fault(calls: &[(&'static str, usize)]) -> Vec<(&'static str, usize, Fault)> {
    let positions = calls.iter().flat_map(|(operation, most)| (0..*most).map(move |skip| (*operation, skip)));
    positions.flat_map(|(operation, skip)| FAULTS.map(|fault| (operation, skip, fault))).collect()
}

/// Ends the faults, and lets everything happen that is still on its way.
async fn settle(world: &InProcess) {
    world.faults.clear();
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test(start_paused = true)]
async fn an_upload_is_kept_once_whatever_happens() {
    let calls = [("PutObject", 1), ("GetObject", 1), ("GetItem", 6), ("UpdateItem", 1), ("TransactWriteItems", 3)];
    for (index, (operation, skip, fault)) in every_fault(&calls).into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        world.faults.later_call(operation, skip, fault);
        let mut statuses = Vec::new();
        let answer = loop {
            let answer = world.upload_once("dr_smith", ("key", &jpeg(1000))).await;
            statuses.push(answer.status);
            if answer.status == 200 || statuses.len() > 5 {
                break answer;
            }
        };
        assert_eq!(answer.status, 200, "{operation} {skip} {fault:?}: {statuses:?}");
        settle(&world).await;
        let id = answer.body["unique_id"].as_str().unwrap().to_owned();
        let again = world.upload_once("dr_smith", ("key", &jpeg(1000))).await;
        assert_eq!(again.body["unique_id"], id.as_str(), "{operation} {skip} {fault:?}");
        let key = format!("uploads/{id}.jpg");
        assert!(
            world.app.files.find(&key).await.unwrap().is_some(),
            "{operation} {skip} {fault:?}: its bytes are gone"
        );
        // The job makes the copy that the request did not make.
        tokio::time::sleep(Duration::from_secs(300)).await;
        assert!(world.mirror(&id).await);
        assert_eq!(world.google.files(), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_patient_sent_is_fetched_once_whatever_happens() {
    let calls = [
        ("PutObject", 1),
        ("HeadObject", 1),
        ("GetObject", 1),
        ("CopyObject", 1),
        ("DeleteObject", 1),
        ("GetItem", 3),
        ("TransactWriteItems", 2),
    ];
    for (index, (operation, skip, fault)) in every_fault(&calls).into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        world.meta.holds(jpeg(1000));
        world.inbound_picture(PHONE, "wamid.1").await;
        let shown = async || -> Value {
            let list = world.get("dr_smith", "/providermessages/organization-threads/").await.body;
            assert_eq!(list[0]["messages"].as_array().unwrap().len(), 1);
            list[0]["messages"][0].clone()
        };
        let message = shown().await["message_id"].as_u64().unwrap();
        world.faults.later_call(operation, skip, fault);
        world.fetch(message).await;
        settle(&world).await;
        tokio::time::sleep(Duration::from_secs(600)).await;
        assert!(world.fetch(message).await, "{operation} {skip} {fault:?}");
        let media = shown().await;
        assert_eq!(media["media_status"], "ready", "{operation} {skip} {fault:?}");
        let key = format!("uploads/{}.jpg", media["media_unique_id"].as_str().unwrap());
        let found = world.app.files.find(&key).await.unwrap().expect("its bytes");
        assert_eq!(found.size, 1000, "{operation} {skip} {fault:?}");
        world.faults.take_calls();
        assert!(world.fetch(message).await);
        let (calls, _) = world.faults.take_calls();
        assert_eq!(calls.len(), 1, "one look, and nothing to do");
        assert_eq!(json!(media["media_url"]).as_str().map(|url| url.ends_with(&key)), Some(true));
    }
}

#[tokio::test(start_paused = true)]
async fn whatsapp_forgets_after_a_week_and_readers_are_told() {
    let world = InProcess::start(1).await;
    world.meta.holds(jpeg(1000));
    world.meta.tells_nothing();
    world.inbound_picture(PHONE, "wamid.1").await;
    let shown = async || -> Value {
        let list = world.get("dr_smith", "/providermessages/organization-threads/").await.body;
        list[0]["messages"][0].clone()
    };
    let message = shown().await["message_id"].as_u64().unwrap();
    for _ in 0..7 {
        assert!(world.fetch(message).await);
        assert_eq!(shown().await["media_status"], "pending");
        tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    }
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert!(world.fetch(message).await);
    assert_eq!(shown().await["media_status"], "expired");
    assert_eq!(world.app.metrics.totals()["MediaLost"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_copy_for_which_there_is_no_room_is_given_up_after_two_days() {
    let world = InProcess::start(1).await;
    world.google.is_full();
    let upload = world.upload_once("dr_smith", ("key", &jpeg(1000))).await;
    assert_eq!(upload.body["upload_status"]["google_success"], false);
    let id = upload.body["unique_id"].as_str().unwrap();
    for _ in 0..30 {
        tokio::time::sleep(Duration::from_secs(7 * 3600)).await;
        assert!(world.mirror(id).await);
    }
    assert_eq!((world.google.asked(), world.google.files()), (16, 0), "given up");
    assert_eq!(world.app.metrics.totals()["MirrorRefused"], 16);
    world.sweep().await;
}

#[tokio::test(start_paused = true)]
async fn a_copy_at_whatsapp_is_used_for_29_days() {
    let world = InProcess::start(1).await;
    let entry = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
    let patient = world.post("dr_smith", "/appointments/create-patient/", &entry).await.body["patient_id"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
    let opened = world.post("dr_smith", "/providermessages/send-template-message/", &body).await.body;
    let upload = world.upload_once("dr_smith", ("key", &jpeg(1000))).await.body;
    let send = json!({ "public_id": opened["public_id"], "media_url": upload["s3_url"], "media_type": "image" });
    for (index, (days, uploaded)) in [(0, 1), (0, 1), (28, 1), (2, 2)].into_iter().enumerate() {
        tokio::time::sleep(Duration::from_secs(days * 24 * 3600)).await;
        world.inbound(PHONE, (&format!("wamid.{index}"), "Hello")).await;
        let sent = world.post("dr_smith", "/providermessages/send-message/", &send).await;
        assert_eq!(sent.status, 200, "{sent:?}");
        assert!(world.deliver(opened["thread_id"].as_u64().unwrap()).await);
        assert_eq!(world.meta.uploaded(), uploaded, "after {days} days more");
    }
    let ids: Vec<Value> = world.meta.taken().iter().map(|sent| sent["image"]["id"].clone()).collect();
    assert_eq!(ids[1..], ["1001", "1001", "1001", "1002"]);
}
