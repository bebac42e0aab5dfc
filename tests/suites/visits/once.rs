//! Requests that are repeated or made at the same time.

use serde_json::{Value, json};

use super::{KIM, Visit, data, utterance};

#[tokio::test]
async fn a_repeated_request_happens_once() {
    let visit = Visit::start().await;
    let text = "I'll prescribe amoxicillin 500mg twice daily and order a chest X-ray";
    let requests = [
        ("/api/utterances", visit.with(utterance("clinician", text))),
        ("/api/actions/detect", visit.with(json!({ "text": text }))),
        ("/api/summaries/generate", visit.with(json!({}))),
        ("/api/conversations", json!({ "sessionId": "abc", "language": { "primary": "en", "secondary": "es" } })),
    ];
    for (path, body) in requests {
        let first = visit.world.post_once(KIM, path, ("key", &body)).await;
        let again = visit.world.post_once(KIM, path, ("key", &body)).await;
        assert_eq!(again.header("idempotency-replayed"), "true", "{path}");
        assert_eq!(data(again), data(first), "{path}");
        let mut other = body.clone();
        other["another"] = json!("member");
        let refused = visit.world.post_once(KIM, path, ("key", &other)).await;
        assert_eq!((refused.status, &refused.body["error"]["code"]), (422, &json!("CONFLICT")), "{path}");
    }
    let stats = visit.conversation().await["stats"].clone();
    assert_eq!(
        stats,
        json!({ "utteranceCount": 1, "actionCount": 2, "medicalTermsCount": stats["medicalTermsCount"] })
    );
    data(visit.ends().await);
    let body = visit.with(utterance("clinician", text));
    let again = visit.world.post_once(KIM, "/api/utterances", ("key", &body)).await;
    assert_eq!(data(again)["sequenceNumber"], 1, "what was answered before the end is answered again");
}

#[tokio::test]
async fn everybody_who_speaks_at_once_has_a_place_of_their_own() {
    let visit = Visit::start().await;
    let texts: Vec<String> = (0..12).map(|n| format!("Sentence number {n}")).collect();
    let sent = texts.iter().map(|text| {
        let body = visit.with(utterance("clinician", text));
        visit.world.post(KIM, "/api/utterances", body)
    });
    let answers = futures_util::future::join_all(sent).await;
    let mut kept: Vec<u64> = Vec::new();
    for answer in answers {
        match answer.status {
            200 => kept.push(answer.body["data"]["sequenceNumber"].as_u64().unwrap()),
            // Too many at once: nothing was kept, and the client repeats it.
            status => assert_eq!(status, 503, "{}", answer.text),
        }
    }
    kept.sort_unstable();
    let expected: Vec<u64> = (1..=kept.len() as u64).collect();
    assert_eq!(kept, expected, "no gap, nothing twice");
    let list = visit.world.get(KIM, &format!("/api/utterances?conversationId={}", visit.id)).await.ok();
    assert_eq!(list["data"].as_array().unwrap().len(), kept.len());
}

#[tokio::test]
async fn many_who_end_at_once_end_it_once() {
    let visit = Visit::start().await;
    visit.says("clinician", "I'll prescribe ibuprofen 400 mg.").await;
    let answers = futures_util::future::join_all((0..6).map(|_| visit.ends())).await;
    let ended: Vec<Value> = answers.into_iter().map(data).collect();
    assert!(ended.iter().all(|answer| *answer == ended[0]), "{ended:?}");
    assert_eq!(visit.events().await, [json!(1)], "told once");
}
