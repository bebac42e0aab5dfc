//! A model's version of a summary: another version, never over a clinician, and nothing that was not said.

use local::stack::{Assistant, Options};
use serde_json::{Value, json};
use tests::World;

use super::{KIM, Visit, data};

fn note(complaint: &str) -> Value {
    let content = json!({
        "chiefComplaint": complaint, "historyOfPresentIllness": "Headache for 3 days.", "assessmentAndPlan": "1. Headache: ibuprofen 400 mg.",
        "medicationsDiscussed": ["Ibuprofen 400 mg"], "testsOrdered": [], "followUpInstructions": "In 2 weeks.",
    });
    json!({ "content": content.to_string() })
}

/// A visit that was ended, while the model is to answer in turn; and the summary's id.
async fn ended(turns: Vec<Value>) -> (Visit, String) {
    let options = Options { rate_limit: Some(0), assistant: Assistant::Simulated, ..Options::default() };
    let visit = Visit::on(World::with(options).await).await;
    visit.says("patient", "Me duele la cabeza desde hace 3 días").await;
    visit.says("clinician", "I'll prescribe ibuprofen 400 mg three times a day. Come back in 2 weeks.").await;
    visit.world.local_post("model/script", json!({ "next": turns })).await;
    let ended = data(visit.ends().await);
    let id = ended["summary"]["id"].as_str().unwrap().to_owned();
    (visit, id)
}

async fn summary(visit: &Visit, id: &str) -> Value {
    data(visit.world.get(KIM, &format!("/api/summaries/{id}")).await)
}

#[tokio::test]
async fn it_arrives_as_another_version_and_is_told() {
    let (visit, id) = ended(vec![note("Headache, by a model.")]).await;
    visit.world.drain().await;
    let shown = summary(&visit, &id).await;
    assert_eq!((&shown["version"], &shown["model"]), (&json!(2), &json!("local-model")));
    assert_eq!(shown["content"]["chiefComplaint"], "Headache, by a model.");
    assert_eq!(visit.events().await, [json!(2)], "the end, and the new version");
    assert_ne!(data(visit.ends().await)["summary"]["content"]["chiefComplaint"], "Headache, by a model.");
}

#[tokio::test]
async fn what_was_not_said_is_not_kept() {
    for turn in [note("Takes 900 mg of metformin."), json!({ "refusal": true })] {
        let (visit, id) = ended(vec![turn]).await;
        visit.world.drain().await;
        let shown = summary(&visit, &id).await;
        assert_eq!((&shown["version"], &shown["model"]), (&json!(1), &json!("careline-rules")));
    }
}

#[tokio::test]
async fn whoever_dies_on_the_way_another_one_finishes() {
    for point in ["summary-taken", "summary-written", "summary-kept"] {
        let turns: Vec<Value> = (0..3).map(|_| note("Headache, by a model.")).collect();
        let options = Options { rate_limit: Some(0), assistant: Assistant::Simulated, ..Options::default() };
        let visit = Visit::on(World::with(options).await).await;
        visit.says("clinician", "I'll prescribe ibuprofen 400 mg. Headache for 3 days. Come back in 2 weeks.").await;
        visit.world.local_post("model/script", json!({ "next": turns })).await;
        visit.world.local_post("crash", json!({ "point": point })).await;
        let id = data(visit.ends().await)["summary"]["id"].as_str().unwrap().to_owned();
        visit.world.drain().await;
        visit.world.advance("5m").await;
        visit.world.drain().await;
        let shown = summary(&visit, &id).await;
        assert_eq!((&shown["version"], &shown["model"]), (&json!(2), &json!("local-model")), "{point}");
        assert_eq!(visit.events().await, [json!(2)], "{point}");
    }
}

#[tokio::test]
async fn a_hint_that_is_lost_is_repeated() {
    let options = Options { rate_limit: Some(0), assistant: Assistant::Simulated, ..Options::default() };
    let visit = Visit::on(World::with(options).await).await;
    visit.says("clinician", "I'll prescribe ibuprofen 400 mg. Headache for 3 days. Come back in 2 weeks.").await;
    visit.world.local_post("model/script", json!({ "next": [note("Headache, by a model.")] })).await;
    // The process that ends the visit dies before it tells anybody.
    visit.world.local_post("crash", json!({ "point": "visit-ended" })).await;
    assert_eq!(visit.ends().await.status, 500);
    let ended = data(visit.ends().await);
    let id = ended["summary"]["id"].as_str().unwrap().to_owned();
    visit.world.advance("5m").await;
    visit.world.drain().await;
    assert_eq!(summary(&visit, &id).await["version"], 2);
    assert_eq!(visit.events().await, [json!(2)], "the end is told once, and the new version");
}
