//! Many at once: nothing lost, nothing doubled, nothing missed.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tests::World;
use tokio::task::JoinSet;

const PHONE: &str = "+2348012345678";

async fn all<T: Send + 'static>(mut tasks: JoinSet<T>) -> Vec<T> {
    let mut done = Vec::new();
    while let Some(result) = tasks.join_next().await {
        done.push(result.expect("a task ends well"));
    }
    done
}

/// Sends a text, again and again while the service asks for it, as documents tell clients to.
async fn say_until_kept(world: &World, public_id: &str, (key, text): (&str, &str)) -> u64 {
    loop {
        let body = json!({ "public_id": public_id, "message": text });
        let answer = world.post_once("dr_smith", "/providermessages/send-message/", (key, &body)).await;
        match answer.status {
            200 => return answer.body["message_id"].as_u64().unwrap(),
            503 => assert_eq!(answer.header("retry-after"), "1"),
            other => panic!("{other} {}", answer.text),
        }
    }
}

/// Polls a thread with `after=` until it has seen so many messages.
async fn poll(world: Arc<World>, public_id: String, until: usize) -> Vec<Value> {
    let mut seen: Vec<Value> = Vec::new();
    while seen.len() < until {
        let cursor = seen.last().map_or(String::new(), |last| format!("?after={}", last["message_id"]));
        let thread = world.get("dr_jones", &format!("/providermessages/{public_id}/{cursor}")).await.ok();
        seen.extend(thread["messages"].as_array().unwrap().iter().cloned());
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_writers_of_ten_messages_and_a_poller() {
    let world = Arc::new(World::start().await);
    let thread = world.converse("dr_smith", PHONE).await;
    let poller = tokio::spawn(poll(Arc::clone(&world), thread.public_id.clone(), 82));
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        let (world, public_id) = (Arc::clone(&world), thread.public_id.clone());
        writers.spawn(async move {
            let mut ids = Vec::new();
            for turn in 0..10 {
                let name = format!("{writer}-{turn}");
                ids.push(say_until_kept(&world, &public_id, (&name, &name)).await);
            }
            ids
        });
    }
    let acknowledged: Vec<Vec<u64>> = all(writers).await;
    let seen =
        tokio::time::timeout(std::time::Duration::from_secs(60), poller).await.expect("the poller sees all").unwrap();
    let ids: Vec<u64> = seen.iter().map(|message| message["message_id"].as_u64().unwrap()).collect();
    assert!(ids.windows(2).all(|pair| pair[1] == pair[0] + 1), "the poller saw every number, in order");
    for writer in &acknowledged {
        assert!(writer.is_sorted() && writer.iter().all(|id| ids.contains(id)), "none lost, own order kept");
    }
    let texts: BTreeSet<&str> = seen.iter().map(|message| message["message_value"].as_str().unwrap()).collect();
    assert_eq!(texts.len(), 82, "none twice");
    world.drain().await;
    // 45 go at once; the pair's allowance brings the rest.
    world.advance("10m").await;
    let sent = world.outbox(PHONE).await;
    let bodies: Vec<&str> = sent.iter().filter_map(|sent| sent["text"]["body"].as_str()).collect();
    let expected: Vec<&str> = seen[2..].iter().map(|message| message["message_value"].as_str().unwrap()).collect();
    assert_eq!(bodies, expected, "the patient got all of them, once, in the order of the thread");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twelve_creates_of_one_patient_make_one() {
    let world = Arc::new(World::start().await);
    let mut tasks = JoinSet::new();
    for turn in 0..12 {
        let world = Arc::clone(&world);
        let name = if turn % 2 == 0 { "John" } else { " JOHN " };
        let body = json!({ "phone_number": PHONE, "first_name": name, "last_name": "Doe" });
        tasks.spawn(async move { world.post("dr_smith", "/appointments/create-patient/", body).await.ok() });
    }
    let answers = all(tasks).await;
    let ids: BTreeSet<u64> = answers.iter().map(|answer| answer["patient_id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(answers.iter().filter(|answer| answer["created"] == true).count(), 1);
    let patients = world.get("dr_smith", "/providermessages/all-patients/").await.ok();
    assert_eq!(patients.as_array().unwrap().len(), 3, "the two of the demonstration and this one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eleven_sends_with_one_key_reach_whatsapp_once() {
    let world = Arc::new(World::start().await);
    let thread = world.converse("dr_smith", PHONE).await;
    let mut tasks = JoinSet::new();
    for _ in 0..11 {
        let (world, public_id) = (Arc::clone(&world), thread.public_id.clone());
        tasks.spawn(async move { say_until_kept(&world, &public_id, ("one-key", "once only")).await });
    }
    let ids: BTreeSet<u64> = all(tasks).await.into_iter().collect();
    assert_eq!(ids.len(), 1);
    world.drain().await;
    let sent = world.outbox(PHONE).await;
    assert_eq!(sent.iter().filter(|sent| sent["text"]["body"] == "once only").count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_doctors_pick_up_one_conversation() {
    let world = Arc::new(World::start().await);
    assert_eq!(world.inbound(PHONE, "Is anybody there?").await, 200);
    let queue = world.get("dr_smith", "/providermessages/organization-threads/").await.ok();
    let public_id = queue[0]["public_id"].as_str().unwrap().to_owned();
    assert_eq!(queue[0]["responder_provider_id"], Value::Null);
    let mut tasks = JoinSet::new();
    for doctor in ["dr_smith", "dr_jones"] {
        let (world, public_id) = (Arc::clone(&world), public_id.clone());
        tasks.spawn(async move { (doctor, world.say(doctor, &public_id, &format!("{doctor} here")).await) });
    }
    let answers = all(tasks).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, answer)| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 1));
    let winner = if won[0].0 == "dr_smith" { "Dr. Smith" } else { "Dr. Jones" };
    assert_eq!(lost[0].1.status, 403);
    assert_eq!(lost[0].1.body["error"], format!("This conversation is assigned to {winner}."));
    world.drain().await;
    assert_eq!(world.outbox(PHONE).await.len(), 1);
    let thread = world.get("dr_smith", &format!("/providermessages/{public_id}/")).await.ok();
    assert_eq!(thread["responder_provider_name"], winner);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_album_of_a_stranger_opens_one_thread() {
    let world = Arc::new(World::start().await);
    let mut tasks = JoinSet::new();
    for turn in 0..8 {
        let world = Arc::clone(&world);
        let image =
            json!({ "from": PHONE, "type": "image", "image": { "id": format!("m{turn}"), "mime_type": "image/jpeg" } });
        tasks.spawn(async move { world.local_post("whatsapp/inbound", image).await["status"].as_u64() });
    }
    let statuses = all(tasks).await;
    // Meta delivers again whatever was not taken; here the patient's phone does.
    assert!(statuses.iter().all(|status| matches!(status, Some(200 | 500))));
    let queue = world.get("dr_smith", "/providermessages/organization-threads/").await.ok();
    assert_eq!(queue.as_array().unwrap().len(), 1, "one thread for all of them");
    let taken = statuses.iter().filter(|status| **status == Some(200)).count();
    assert_eq!(queue[0]["messages"].as_array().unwrap().len(), taken);
    let patients = world.get("dr_smith", "/providermessages/all-patients/").await.ok();
    assert_eq!(patients.as_array().unwrap().len(), 3);
}
