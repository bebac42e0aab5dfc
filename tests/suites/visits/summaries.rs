//! Ending a visit, and what becomes of its summary.

use serde_json::{Value, json};

use super::{KIM, Visit, data, refused};

async fn told(visit: &Visit) {
    visit.says("clinician", "What brings you in today?").await;
    visit.says("patient", "Tengo dolor de cabeza desde hace tres días").await;
    visit.says("clinician", "I'll prescribe ibuprofen 400 mg three times a day. Come back in two weeks.").await;
}

#[tokio::test]
async fn ending_twice_gives_the_same_answer() {
    let visit = Visit::start().await;
    told(&visit).await;
    let first = data(visit.ends().await);
    visit.world.advance("1h").await;
    let summary = first["summary"]["id"].as_str().unwrap();
    let path = format!("/api/summaries/{summary}");
    data(visit.world.put(KIM, &path, json!({ "content": { "chiefComplaint": "Edited." } })).await);
    let again = visit.ends().await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(data(again), first);
    let otherwise = json!({ "generateSummary": false });
    let path = format!("/api/conversations/{}/end", visit.id);
    assert_eq!(data(visit.world.post(KIM, &path, otherwise).await), first, "whatever is asked for then");
}

#[tokio::test]
async fn an_empty_visit_has_an_empty_summary() {
    let visit = Visit::start().await;
    let empty = json!({
        "chiefComplaint": "", "historyOfPresentIllness": "", "assessmentAndPlan": "",
        "medicationsDiscussed": [], "testsOrdered": [], "followUpInstructions": "",
    });
    let generated = data(visit.world.post(KIM, "/api/summaries/generate", visit.with(json!({}))).await);
    assert_eq!((&generated["content"], &generated["sources"]), (&empty, &json!([])));
    assert_eq!(data(visit.ends().await)["summary"]["content"], empty);
}

#[tokio::test]
async fn without_a_summary_there_is_none() {
    let visit = Visit::start().await;
    told(&visit).await;
    let path = format!("/api/conversations/{}/end", visit.id);
    let ended = data(visit.world.post(KIM, &path, json!({ "generateSummary": false })).await);
    assert_eq!(ended.get("summary"), None);
    let later = data(visit.world.post(KIM, "/api/summaries/generate", visit.with(json!({}))).await);
    assert!(!later["content"]["assessmentAndPlan"].as_str().unwrap().is_empty(), "an ended visit can be summarised");
}

#[tokio::test]
async fn a_transcript_stands_in_for_utterances_that_were_not_recorded() {
    let visit = Visit::start().await;
    let transcript = "I have had chest pain for three days. I'll prescribe omeprazole 20 mg once daily.";
    let path = format!("/api/conversations/{}/end", visit.id);
    let ended = data(visit.world.post(KIM, &path, json!({ "finalTranscript": transcript })).await);
    let medications = ended["summary"]["content"]["medicationsDiscussed"].to_string();
    assert!(medications.contains("meprazole 20 mg"), "{medications}");
}

#[tokio::test]
async fn only_the_wanted_parts_say_something() {
    let visit = Visit::start().await;
    told(&visit).await;
    let wish = visit.with(json!({ "includeSections": ["medications"] }));
    let content = data(visit.world.post(KIM, "/api/summaries/generate", wish).await)["content"].clone();
    assert_eq!((&content["assessmentAndPlan"], &content["followUpInstructions"]), (&json!(""), &json!("")));
    assert!(content["medicationsDiscussed"][0].as_str().unwrap().contains("buprofen 400 mg"), "{content}");
}

#[tokio::test]
async fn every_sentence_names_its_words_and_the_patient_takes_something_home() {
    let visit = Visit::start().await;
    told(&visit).await;
    let summary = data(visit.world.post(KIM, "/api/summaries/generate", visit.with(json!({}))).await);
    let said = visit.world.get(KIM, &format!("/api/utterances?conversationId={}", visit.id)).await.ok();
    let text_of = |id: &Value| {
        said["data"].as_array().unwrap().iter().find(|said| said["id"] == *id).unwrap()["originalText"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let sources = summary["sources"].as_array().unwrap();
    assert!(!sources.is_empty());
    for source in sources {
        for evidence in source["evidence"].as_array().unwrap() {
            let text = text_of(&evidence["utteranceId"]);
            for span in evidence["spans"].as_array().unwrap() {
                let (start, end) = (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
                assert!(text.get(start..end).is_some_and(|words| !words.is_empty()), "{source}");
            }
        }
    }
    let home = &summary["afterVisit"];
    assert_eq!(home["language"], "es");
    assert!(home["text"].as_str().unwrap().contains("Sus medicinas"), "{home}");
}

#[tokio::test]
async fn a_clinician_edits_and_approves() {
    let visit = Visit::start().await;
    told(&visit).await;
    let id = data(visit.ends().await)["summary"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/summaries/{id}");
    let edited = data(
        visit
            .world
            .put(KIM, &path, json!({ "content": { "chiefComplaint": "Headache, edited." }, "version": 1 }))
            .await,
    );
    assert_eq!(
        (&edited["content"]["chiefComplaint"], &edited["reviewStatus"]),
        (&json!("Headache, edited."), &json!("edited"))
    );
    let stale = visit.world.put(KIM, &path, json!({ "content": { "chiefComplaint": "Cough." }, "version": 1 })).await;
    assert_eq!(refused(&stale), "409 CONFLICT The summary has changed since it was read; read it again.");
    let approve = async || visit.world.post(KIM, &format!("{path}/approve"), json!({})).await;
    let approved = data(approve().await);
    assert_eq!(
        (&approved["reviewStatus"], &approved["reviewedBy"], &approved["version"]),
        (&json!("approved"), &json!("clinician_123"), &json!(3))
    );
    assert_eq!(data(approve().await), approved, "approving again changes nothing");
    // The end, the edit and the approval.
    assert_eq!(visit.events().await, [json!(3)]);
}
