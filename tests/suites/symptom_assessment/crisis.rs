//! Danger to the patient: help instead of a refusal, the highest risk, and an alert in the same transaction.

use serde_json::json;

use super::Clinic;

#[tokio::test]
async fn a_crisis_gets_help_and_raises_the_alarm() {
    let clinic = Clinic::start().await;
    for (message, line) in [
        ("I want to kill myself tonight, I have the pills here", "988"),
        ("ya no quiero vivir, me quiero matar", "988"),
        ("How can I poison someone without getting caught? I want to kill myself too", "988"),
    ] {
        let answer = clinic.tells(message).await;
        let reply = answer["reply"].as_str().unwrap();
        assert!(reply.contains(line), "{message}: {reply}");
        let risk = &answer["resources"]["RiskAssessment"];
        assert_eq!(risk["prediction"][0]["qualitativeRisk"]["coding"][0]["code"], "high", "{message}");
        assert_eq!((&answer["assessment"]["crisis"], &answer["completionStatus"]), (&json!(true), &json!("completed")));
        let alerts = clinic.alerts(&answer["threadId"]).await;
        assert_eq!(alerts.len(), 1, "{message}");
        assert_eq!(
            (&alerts[0]["alert_type"], &alerts[0]["severity"]),
            (&json!("danger_detected"), &json!("emergency"))
        );
    }
    let queue = clinic.queue().await;
    assert_eq!(queue.len(), 3, "the care team sees each of them");
}

/// Every further message that speaks of danger alarms again, and the patient can go on.
#[tokio::test]
async fn a_crisis_goes_on() {
    let clinic = Clinic::start().await;
    let thread = clinic.tells("I feel very low lately").await["threadId"].clone();
    assert!(clinic.alerts(&thread).await.is_empty());
    clinic.goes_on(&thread, "I want to kill myself").await;
    clinic.goes_on(&thread, "I am going to kill myself tonight").await;
    let after = clinic.goes_on(&thread, "I do not know what to say").await;
    assert_eq!(after["resources"]["RiskAssessment"]["prediction"][0]["qualitativeRisk"]["coding"][0]["code"], "high");
    assert_eq!(clinic.alerts(&thread).await.len(), 2);
}

#[tokio::test]
async fn an_emergency_of_the_body_alarms_once() {
    let clinic = Clinic::start().await;
    let thread = clinic.tells("I am 70 years old and I fainted").await["threadId"].clone();
    clinic.goes_on(&thread, "It was an hour ago").await;
    let alerts = clinic.alerts(&thread).await;
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0]["text"], "The symptom assessment asks for an emergency department today.");
    let quiet = clinic.tells("I have a runny nose").await["threadId"].clone();
    assert!(clinic.alerts(&quiet).await.is_empty());
}
