//! Conversations: questions and answers, languages, and what is weighed beside the words of a turn.

use serde_json::{Value, json};

use super::{BOT, Clinic};

#[tokio::test]
async fn it_asks_until_it_can_decide() {
    let clinic = Clinic::start().await;
    let mut answer = clinic.tells("My stomach aches").await;
    let thread = answer["threadId"].clone();
    let mut asked = Vec::new();
    while answer["completionStatus"] == "in_progress" {
        assert_eq!(answer["resources"]["RiskAssessment"]["status"], "preliminary");
        asked.push(answer["assessment"]["question"].clone());
        assert!(asked.len() <= 6, "it never decides: {asked:?}");
        answer = clinic.goes_on(&thread, "I don't know").await;
    }
    assert!(!asked.is_empty() && answer["completionStatus"] == "completed");
    assert_eq!(answer["resources"]["RiskAssessment"]["status"], "final");
}

/// An answer is understood by the question before it.
#[tokio::test]
async fn a_yes_answers_the_question_that_was_asked() {
    let clinic = Clinic::start().await;
    let first = clinic.tells("I have a headache").await;
    assert_eq!(first["completionStatus"], "in_progress");
    let second = clinic.goes_on(&first["threadId"], "yes").await;
    let change = &second["assessment"]["change"];
    assert_eq!(change["reason"], "rose", "{second:#}");
    let flag = &second["assessment"]["redFlags"][0];
    let evidence = flag["evidence"].as_array().unwrap();
    assert!(evidence.iter().any(|words| words["turn"] == 2 && words["text"] == "yes"), "{flag:#}");
}

/// Every conclusion names the words that it rests on, by turn and place.
#[tokio::test]
async fn conclusions_rest_on_words() {
    let clinic = Clinic::start().await;
    let messages = ["☹ Tengo fiebre de 39 y el cuello rígido", "y vómitos desde ayer"];
    let first = clinic.tells(messages[0]).await;
    let second = clinic.goes_on(&first["threadId"], messages[1]).await;
    let assessment = &second["assessment"];
    let lists = ["redFlags", "conclusions"].map(|list| assessment[list].as_array().unwrap());
    assert!(!lists[0].is_empty());
    for conclusion in lists.into_iter().flatten() {
        for words in conclusion["evidence"].as_array().unwrap() {
            let at = |name: &str| usize::try_from(words[name].as_u64().unwrap()).unwrap();
            assert_eq!(messages[at("turn") - 1][at("start")..at("end")], *words["text"].as_str().unwrap());
        }
    }
    assert!(
        second["reply"].as_str().unwrap().contains("urgencias") || second["reply"].as_str().unwrap().contains("911")
    );
}

#[tokio::test]
async fn an_unknown_language_is_said_and_errs_to_the_safe_side() {
    let clinic = Clinic::start().await;
    for message in [
        "Ich habe seit gestern furchtbare Schmerzen im Bauch und mir ist schlecht",
        "我从昨天开始肚子很痛 很不舒服 怎么办",
    ] {
        let answer = clinic.tells(message).await;
        let reply = answer["reply"].as_str().unwrap();
        assert!(reply.contains("English and Spanish") && reply.contains("911") && reply.contains('?'), "{reply}");
        assert_eq!(
            (&answer["assessment"]["understood"], &answer["assessment"]["level"]),
            (&json!(false), &json!("within_a_day"))
        );
        assert_eq!(answer["completionStatus"], "in_progress");
    }
}

/// A patient whom a doctor entered by number: their conditions count.
#[tokio::test]
async fn what_the_record_knows_is_weighed() {
    let clinic = Clinic::start().await;
    let world = &clinic.world;
    let body = json!({ "first_name": "Ada", "last_name": "Obi", "chronic_conditions": ["atrial fibrillation, takes warfarin"] });
    let patient = world.post("dr_smith", "/appointments/create-patient/", body).await.ok()["patient_id"].clone();
    let claims = json!({ "sub": "ada", "role": "patient", "organization_id": 21, "patient_id": patient.to_string() });
    let token = world.local_post("token", json!({ "claims": claims })).await["token"].as_str().unwrap().to_owned();
    let body = json!({ "message": "I fell and hit my head", "patientId": patient.to_string() });
    let request = world.anonymous("POST", BOT).bearer_auth(token).json(&body);
    let answer = tests::Answer::of(request).await.ok();
    let rules: Vec<&Value> =
        answer["assessment"]["redFlags"].as_array().unwrap().iter().map(|flag| &flag["rule"]).collect();
    assert!(rules.contains(&&json!("bleeding.thinner")), "{rules:?}");
}

/// A repeated request is answered again and is one turn, also when no further turn would be taken.
#[tokio::test]
async fn a_repeated_request_is_one_turn() {
    let clinic = Clinic::start().await;
    let body = json!({ "message": "I have a cough", "patientId": "patient-123" });
    let first = clinic.world.post_once("patient_123", BOT, ("key", &body)).await;
    let again = clinic.world.post_once("patient_123", BOT, ("key", &body)).await;
    assert_eq!((again.status, &again.text), (200, &first.text));
    assert_eq!(again.header("idempotency-replayed"), "true");
    let other = json!({ "message": "I have a headache", "patientId": "patient-123" });
    let refused = clinic.world.post_once("patient_123", BOT, ("key", &other)).await;
    assert_eq!((refused.status, &refused.body["code"]), (422, &json!("VALIDATION_ERROR")));
    assert_eq!(super::of_kind(&clinic.record(&first.body["threadId"]).await, "RiskAssessment").len(), 1);
}

/// An assessment is no conversation of document 002, and what is one goes on as one.
#[tokio::test]
async fn an_assessment_stands_apart_from_own_conversations() {
    let clinic = Clinic::start().await;
    clinic.tells("I have a cough").await;
    let listed = clinic.world.get("patient_123", "/patients/conversations/").await.ok();
    assert_eq!(listed, json!([]));
    let queue = clinic.queue().await;
    let path = format!("/patients/conversations/{}/", queue[0]["public_id"].as_str().unwrap());
    assert_eq!(clinic.world.get("patient_123", &path).await.status, 404);
}
