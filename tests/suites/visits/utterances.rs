//! Utterances: in their order, byte by byte, once, with what the engines hear in them.

use serde_json::{Value, json};

use super::{KIM, Visit, data, refused, utterance};

#[tokio::test]
async fn bytes_come_back_as_they_were_sent() {
    let visit = Visit::start().await;
    for text in [
        "  ¿Dónde  le duele?\n",
        "e\u{301}\u{200d}👩‍⚕️ \u{2028}fin",
        "<script>alert('x')</script> \\u0041 \"q\"",
        "\u{feff}Hola",
    ] {
        let mut body = visit.with(utterance("clinician", text));
        body["translatedText"] = json!(text);
        let said = data(visit.world.post(KIM, "/api/utterances", body).await);
        assert_eq!((&said["originalText"], &said["translatedText"]), (&json!(text), &json!(text)));
    }
    let path = format!("/api/utterances?conversationId={}&after=1&limit=2", visit.id);
    let page = visit.world.get(KIM, &path).await.ok();
    let numbers: Vec<u64> =
        page["data"].as_array().unwrap().iter().map(|said| said["sequenceNumber"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [2, 3]);
    assert_eq!(page["meta"], json!({ "limit": 2, "hasMore": true, "nextCursor": "3" }));
    let rest = visit.world.get(KIM, &format!("{path}&cursor=3")).await.ok();
    assert_eq!((rest["data"].as_array().unwrap().len(), &rest["meta"]["hasMore"]), (1, &json!(false)));
}

#[tokio::test]
async fn an_item_is_recorded_once() {
    let visit = Visit::start().await;
    let mut body = visit.with(utterance("patient", "Me duele la cabeza"));
    body["itemId"] = json!("item_42");
    let first = data(visit.world.post(KIM, "/api/utterances", body.clone()).await);
    let again = visit.world.post(KIM, "/api/utterances", body.clone()).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(data(again), first);
    body["originalText"] = json!("Me duele el pecho");
    let other = visit.world.post(KIM, "/api/utterances", body).await;
    assert_eq!(refused(&other), "409 CONFLICT The item was already recorded with other content.");
    assert_eq!(visit.conversation().await["stats"]["utteranceCount"], 1);
}

#[tokio::test]
async fn a_translation_that_lost_something_needs_a_review() {
    let visit = Visit::start().await;
    let said = async |original: &str, translated: &str| -> Value {
        let mut body = visit.with(utterance("clinician", original));
        body["translatedText"] = json!(translated);
        data(visit.world.post(KIM, "/api/utterances", body).await)
    };
    let lost = said("Take 500 mg of amoxicillin twice a day", "Tome 50 mg de amoxicilina dos veces al día").await;
    assert_eq!(lost["needsReview"], true);
    assert_eq!(lost["reviewReasons"][0]["rule"], "guard.number");
    for (original, translated) in [
        ("You should not take aspirin", "Usted debe tomar aspirina"),
        ("Your left knee", "Su rodilla derecha"),
        ("Take ibuprofen", "Tome paracetamol"),
        ("Take 5 mg", "Tome 5 ml"),
    ] {
        assert_eq!(said(original, translated).await["needsReview"], true, "{original}");
    }
    let same = said("Take 500 mg of amoxicillin twice a day", "Tome 500 mg de amoxicilina dos veces al día").await;
    assert_eq!(same.get("needsReview"), None, "{same}");
}

#[tokio::test]
async fn terms_are_found_when_the_client_sends_none() {
    let visit = Visit::start().await;
    visit.says("patient", "Tengo fiebre y tos desde ayer").await;
    let list = visit.world.get(KIM, &format!("/api/utterances?conversationId={}", visit.id)).await.ok();
    let terms = list["data"][0]["medicalTerms"].as_array().unwrap();
    assert!(terms.iter().any(|term| term["term"] == "fiebre" && term["category"] == "symptom"), "{terms:?}");
    let count = u64::try_from(terms.len()).unwrap();
    assert_eq!(visit.conversation().await["stats"]["medicalTermsCount"], count);
}

#[tokio::test]
async fn danger_in_what_a_patient_says_is_told_with_it() {
    let visit = Visit::start().await;
    let said = visit.says("patient", "Ya no quiero vivir, esta noche me voy a matar").await;
    assert_eq!(
        (&said["alerts"][0]["type"], &said["alerts"][0]["severity"]),
        (&json!("danger_detected"), &json!("emergency"))
    );
    assert_eq!(visit.says("clinician", "Do you want to kill yourself?").await.get("alerts"), None);
    let alerts = visit.conversation().await["alerts"].clone();
    assert_eq!((alerts.as_array().unwrap().len(), &alerts[0]["utteranceId"]), (1, &said["id"]));
    assert!(!alerts.to_string().contains("matar"), "an alert does not repeat the patient's words");
}
