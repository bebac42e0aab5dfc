//! Lists and histories: order, groups, window, pages.

use serde_json::{Value, json};
use tests::World;

const OWN: &str = "/providermessages/";
const QUEUE: &str = "/providermessages/organization-threads/";

fn phone(n: usize) -> String {
    format!("+23480123450{n:02}")
}

fn names(list: &Value) -> Vec<String> {
    let entries = list.as_array().unwrap().iter();
    entries.map(|thread| thread["patient_name"].as_str().unwrap().replace("Test 23480123450", "")).collect()
}

async fn list(world: &World, who: &str, path: &str) -> Vec<String> {
    names(&world.get(who, path).await.ok())
}

/// Follows `X-Next-Cursor` to the end.
async fn pages(world: &World, who: &str, path: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = path.to_owned();
    loop {
        let answer = world.get(who, &next).await;
        let link = answer.header("link").to_owned();
        let cursor = answer.header("x-next-cursor").to_owned();
        pages.push(names(&answer.ok()));
        if cursor.is_empty() {
            return pages;
        }
        let (address, _) = link.trim_start_matches('<').split_once('>').expect("a link");
        assert!(address.contains(&cursor), "the link leads where the cursor points");
        next = address.to_owned();
    }
}

#[tokio::test]
async fn newest_first_and_only_ones_own() {
    let world = World::start().await;
    for n in 1..=3 {
        world.open("dr_smith", &phone(n)).await;
        world.advance("2s").await;
    }
    world.open("dr_jones", &phone(4)).await;
    world.inbound(&phone(1), "Back again").await;
    assert_eq!(list(&world, "dr_smith", OWN).await, ["01", "03", "02"]);
    assert_eq!(list(&world, "dr_jones", OWN).await, ["04"]);
    assert_eq!(list(&world, "dr_other", QUEUE).await, Vec::<String>::new());
}

#[tokio::test]
async fn own_then_unassigned_then_colleagues() {
    let world = World::start().await;
    world.open("dr_jones", &phone(1)).await;
    world.advance("2s").await;
    world.inbound(&phone(2), "Hello?").await;
    world.advance("2s").await;
    world.open("dr_smith", &phone(3)).await;
    world.advance("2s").await;
    world.open("dr_jones", &phone(4)).await;
    world.advance("2s").await;
    world.inbound(&phone(5), "Hello?").await;
    let stranger = |name: &String| name == "Simulated Patient";
    let smith = list(&world, "dr_smith", QUEUE).await;
    assert_eq!(smith[0], "03");
    assert!(smith[1..3].iter().all(stranger), "{smith:?}");
    assert_eq!(smith[3..], ["04", "01"]);
    let jones = list(&world, "dr_jones", QUEUE).await;
    assert_eq!((&jones[..2], &jones[4..]), (&["04".to_owned(), "01".to_owned()][..], &["03".to_owned()][..]));
    assert_eq!(list(&world, "dr_smith", &format!("{QUEUE}?scope=colleagues")).await, ["04", "01"]);
    assert_eq!(list(&world, "dr_smith", &format!("{QUEUE}?scope=mine")).await, ["03"]);
    assert!(list(&world, "dr_smith", &format!("{QUEUE}?scope=unassigned")).await.iter().all(stranger));
}

#[tokio::test]
async fn seven_days_but_never_without_who_waits() {
    let world = World::start().await;
    world.open("dr_smith", &phone(1)).await;
    world.open("dr_smith", &phone(2)).await;
    world.inbound(&phone(2), "Please answer").await;
    assert_eq!(list(&world, "dr_smith", OWN).await.len(), 2);
    world.advance("8d").await;
    assert_eq!(list(&world, "dr_smith", OWN).await, ["02"], "who waits is never hidden");
    assert_eq!(list(&world, "dr_smith", &format!("{OWN}?days=9")).await.len(), 2);
    assert_eq!(list(&world, "dr_smith", &format!("{QUEUE}?days=9")).await.len(), 2);
    world.open("dr_smith", &phone(2)).await;
    world.advance("8d").await;
    assert_eq!(list(&world, "dr_smith", OWN).await, Vec::<String>::new(), "answered, and old");
}

#[tokio::test]
async fn pages_hold_everything_once_and_in_order() {
    let world = World::start().await;
    for n in 1..=7 {
        let doctor = if n % 3 == 0 { "dr_jones" } else { "dr_smith" };
        world.open(doctor, &phone(n)).await;
        if n % 2 == 0 {
            world.inbound(&phone(n), "Hello?").await;
        }
        world.advance("2s").await;
    }
    let whole = list(&world, "dr_smith", QUEUE).await;
    assert_eq!(whole, ["07", "05", "04", "02", "01", "06", "03"]);
    for limit in 1..=8 {
        let pages = pages(&world, "dr_smith", &format!("{QUEUE}?limit={limit}")).await;
        assert!(pages.iter().all(|page| page.len() <= limit));
        assert_eq!(pages.concat(), whole, "limit {limit}");
    }
}

#[tokio::test]
async fn patients_are_paged_too() {
    let world = World::start().await;
    for n in 1..=5 {
        world.patient("dr_smith", &phone(n)).await;
    }
    let path = "/providermessages/all-patients/";
    let whole = list(&world, "dr_smith", path).await;
    assert_eq!(whole.len(), 7);
    for limit in [1, 2, 3, 7, 8] {
        let pages = pages(&world, "dr_smith", &format!("{path}?limit={limit}")).await;
        assert_eq!(pages.concat(), whole, "limit {limit}");
    }
}

#[tokio::test]
async fn a_long_history_by_increments_and_backwards() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", &phone(1)).await;
    for n in 0..30 {
        world.inbound(&phone(1), &format!("message {n}")).await;
    }
    let one = format!("{OWN}{}/", thread.public_id);
    let in_list = world.get("dr_smith", OWN).await.ok();
    let newest = in_list[0]["messages"].as_array().unwrap();
    assert_eq!(newest.len(), 20, "a list shows the newest twenty");
    let whole = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!((whole.len(), &whole[12..]), (32, &newest[..]));
    let id = |message: &Value| message["message_id"].as_u64().unwrap();
    let after = world.get("dr_smith", &format!("{one}?after={}", id(&whole[29]))).await.ok();
    assert_eq!(after["messages"].as_array().unwrap(), &whole[30..]);
    let last = world.get("dr_smith", &format!("{one}?after=msg_{}", id(&whole[31]))).await.ok();
    assert_eq!(last["messages"], json!([]));
    let back = world.get("dr_smith", &format!("{one}?limit=10")).await;
    assert_eq!(back.header("x-next-cursor"), id(&whole[22]).to_string());
    assert!(back.header("link").ends_with("rel=\"prev\""));
    let older = world.get("dr_smith", &format!("{one}?limit=10&cursor={}", back.header("x-next-cursor"))).await.ok();
    assert_eq!(older["messages"].as_array().unwrap(), &whole[12..22]);
    let onward = world.get("dr_smith", &format!("{one}?limit=10&after={}", id(&whole[0]))).await;
    assert_eq!(onward.header("x-next-cursor"), id(&whole[10]).to_string());
    assert_eq!(onward.ok()["messages"].as_array().unwrap(), &whole[1..11]);
}

#[tokio::test]
async fn one_thread_for_each_patient_unless_all_are_asked_for() {
    let world = World::start().await;
    world.inbound(&phone(1), "Hello?").await;
    let queue = world.get("dr_smith", QUEUE).await.ok();
    let patient = queue[0]["patient"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": "Here I am." });
    let sent = world.post("dr_smith", "/providermessages/send-template-message/", body).await.ok();
    assert_eq!(sent["conversation_type"], "existing", "the patient's own thread is taken, not a second one opened");
    assert_eq!(sent["public_id"], queue[0]["public_id"]);
    for path in [OWN.to_owned(), format!("{OWN}?all=1")] {
        assert_eq!(world.get("dr_smith", &path).await.ok().as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_history_of_very_long_messages_is_cut_and_says_so() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", &phone(1)).await;
    let long = "🙂".repeat(4000);
    for _ in 0..200 {
        world.inbound(&phone(1), &long).await;
    }
    let one = format!("{OWN}{}/", thread.public_id);
    let newest = world.get("dr_smith", &one).await;
    assert!(newest.text.len() < 5_000_000, "a function cannot answer with more than 6 MB");
    let shown = newest.body["messages"].as_array().unwrap();
    assert!((100..202).contains(&shown.len()));
    let mut cursor = newest.header("x-next-cursor").to_owned();
    let mut count = shown.len();
    while !cursor.is_empty() {
        let older = world.get("dr_smith", &format!("{one}?cursor={cursor}")).await;
        cursor = older.header("x-next-cursor").to_owned();
        count += older.body["messages"].as_array().unwrap().len();
    }
    assert_eq!(count, 202);
    let onward = world.get("dr_smith", &format!("{one}?after={}", thread.message_id)).await;
    assert!(!onward.header("x-next-cursor").is_empty());
}

/// A cursor may lie before the window that is asked for: then the page is empty.
#[tokio::test]
async fn a_cursor_from_before_the_window_ends_the_list() {
    let world = World::start().await;
    for n in 1..=2 {
        let thread = world.converse("dr_smith", &phone(n)).await;
        world.say("dr_smith", &thread.public_id, "Thank you.").await.ok();
        world.advance("2s").await;
    }
    world.advance("20d").await;
    let first = world.get("dr_smith", "/providermessages/?days=30&limit=1").await;
    let cursor = first.header("x-next-cursor").to_owned();
    assert!(!cursor.is_empty());
    assert!(list(&world, "dr_smith", &format!("/providermessages/?days=1&cursor={cursor}")).await.is_empty());
}

/// The documents' examples ask for what comes after small numbers; what is no message's number is still less or more than all.
#[tokio::test]
async fn a_number_of_no_message_stands_before_or_after_all() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", "+2348012345678").await;
    let created = world.post("patient_123", "/patients/conversations/", json!({})).await.body;
    let own = format!("/patients/conversations/{}/messages/", created["unique_id"].as_str().unwrap());
    world.post("patient_123", &own, json!({ "message_type": "user", "content": "Hello" })).await;
    world.post("subject_john", "/request/7/therapy-chat/send", json!({ "content": "Hello" })).await.ok();
    for (who, path) in [
        ("dr_smith", format!("/providermessages/{}/", thread.public_id)),
        ("patient_123", own),
        ("subject_john", "/request/7/therapy-chat/messages".to_owned()),
    ] {
        let count = async |after: &str| {
            let body = world.get(who, &format!("{path}?after={after}")).await.ok();
            let messages = if body.is_array() { &body } else { &body["messages"] };
            messages.as_array().unwrap().len()
        };
        let all = count("0").await;
        assert!(all > 0, "{path}");
        assert_eq!([count("457").await, count("msg_457").await], [all, all], "{path}");
        assert_eq!([count("9007199254740993").await, count(&"9".repeat(40)).await], [0, 0], "{path}");
        for malformed in ["x", "-1", "%2B5", "4.5", "msg_"] {
            assert_eq!(world.get(who, &format!("{path}?after={malformed}")).await.status, 400, "{path} {malformed}");
        }
    }
}
