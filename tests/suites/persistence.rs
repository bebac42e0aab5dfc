//! Stop and start again: the data is still there.

use local::stack::Options;
use serde_json::json;
use tests::World;

const PHONE: &str = "+2348012345678";

fn options(directory: &std::path::Path) -> Options {
    Options { data_dir: Some(directory.to_owned()), rate_limit: Some(0), ..Options::default() }
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::with(options(directory.path())).await;
    let thread = world.converse("dr_smith", PHONE).await;
    world.advance("3h").await;
    let token = world.token("dr_smith").to_owned();
    let list = world.get("dr_smith", "/providermessages/").await.ok();
    let now = world.local_get("clock").await["now"].as_str().unwrap().to_owned();
    world.stop().await;

    let world = World::with(options(directory.path())).await;
    assert_eq!(world.get("dr_smith", "/providermessages/").await.ok(), list);
    assert!(world.local_get("clock").await["now"].as_str().unwrap() >= now.as_str(), "time does not go back");
    let with_old_token = world.anonymous("GET", "/providermessages/").bearer_auth(token);
    assert_eq!(tests::Answer::of(with_old_token).await.status, 200, "printed tokens stay good");
    assert_eq!(world.outbox(PHONE).await.len(), 1);
    world.say("dr_smith", &thread.public_id, "Still here").await.ok();
    world.drain().await;
    assert_eq!(world.outbox(PHONE).await.len(), 2, "WhatsApp's window is remembered too");
    let patients = world.get("dr_smith", "/providermessages/all-patients/").await.ok();
    assert_eq!(patients.as_array().unwrap().len(), 3, "nothing is seeded twice");
}

#[tokio::test]
async fn what_waited_when_it_stopped_goes_out_after_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::with(options(directory.path())).await;
    let thread = world.converse("dr_smith", PHONE).await;
    world.local_post("whatsapp/faults", json!({ "next": [{ "code": 131_016 }] })).await;
    world.say("dr_smith", &thread.public_id, "Wait for me").await.ok();
    world.drain().await;
    world.stop().await;

    let world = World::with(options(directory.path())).await;
    world.advance("2m").await;
    assert_eq!(world.outbox(PHONE).await[1]["text"]["body"], "Wait for me");
}

#[tokio::test]
async fn one_runner_at_a_time_has_a_data_directory() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::with(options(directory.path())).await;
    let Err(refused) = local::stack::Stack::start(&options(directory.path())).await else { panic!("two at once") };
    assert!(refused.to_string().starts_with("another careline is using this data directory"), "{refused}");
    world.stop().await;
    World::with(options(directory.path())).await.stop().await;
}
