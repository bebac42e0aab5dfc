//! Settings of a section.

use serde_json::json;

use super::{DASHBOARD, Section};

#[tokio::test]
async fn what_is_set_is_used_and_the_rest_stays() {
    let section = Section::start().await;
    let before = section.sets(json!({})).await;
    assert_eq!((&before["mode"], &before["poll_interval_ms"]), (&json!("ai_hybrid"), &json!(3000)));
    let reasons = json!([{ "key": "sleep", "label": "I cannot sleep", "urgency": "urgent" }]);
    let body = json!({ "tag_reasons": reasons, "danger_terms": ["the blue box"], "blocked_message": "Call 555.", "show_keywords": false });
    let after = section.sets(body).await;
    assert_eq!((&after["tag_reasons"], &after["mode"]), (&reasons, &json!("ai_hybrid")));
    assert_eq!(section.chat("conversation").await["tag_reasons"], reasons);
    let blocked = section.says("I opened the  BLUE  box").await;
    assert_eq!((&blocked["message"], &blocked["detected_keywords"]), (&json!("Call 555."), &json!([])));
    section.sets(json!({ "show_keywords": true, "blocked_message": "" })).await;
    let blocked = section.says("the blue box again").await;
    assert_eq!(blocked["detected_keywords"], json!(["the blue box"]));
    assert!(blocked["message"].as_str().unwrap().contains("112"));
    section.sets(json!({ "tagging_enabled": false })).await;
    let refused = section.asks("tag", json!({ "reason": "sleep" })).await;
    assert_eq!(refused.line(), r#"400 {"error":"Tagging is disabled"}"#);
}

/// Nobody's conversation is put into an organization by guessing.
#[tokio::test]
async fn a_section_that_nobody_set_up() {
    let section = Section::start().await;
    let body = json!({ "content": "Hello" });
    let nobodys = section.of_nine("send", body.clone(), json!(null)).await;
    assert_eq!(nobodys.line(), r#"404 {"error":"Section not found"}"#);
    assert_eq!(section.of_nine("send", body, json!(22)).await.ok()["success"], true);
    let member = json!({ "organization_id": 21, "name": "Ann", "role": "subject" });
    section.world.put("service", "/sections/9/members/91/", member).await.ok();
    let elsewhere = section.of_nine("send", json!({ "content": "Hello" }), json!(22)).await;
    assert_eq!(elsewhere.line(), r#"403 {"error":"Access denied"}"#);
}

#[tokio::test]
async fn what_is_no_setting() {
    let section = Section::start().await;
    for (body, text) in [
        (json!({ "danger_terms": ["!?"] }), "danger_terms must be words."),
        (
            json!({ "tag_reasons": [{ "key": "a", "urgency": "soon" }] }),
            "urgency must be one of normal, urgent, emergency.",
        ),
    ] {
        let refused = section.world.put("therapist_lee", &format!("{DASHBOARD}/settings"), body).await;
        assert_eq!((refused.status, &refused.body["error"]), (400, &json!(text)));
    }
    assert_eq!(section.dashboard("settings").await["danger_terms"], json!([]));
}

#[tokio::test]
async fn another_section_has_its_own() {
    let section = Section::start().await;
    section.sets(json!({ "mode": "human_only" })).await;
    let path = "/request/8/therapist-dashboard/settings";
    assert_eq!(section.world.put("therapist_other", path, json!({})).await.ok()["mode"], "ai_hybrid");
    let bad = section.world.put("therapist_lee", &format!("{DASHBOARD}/settings"), json!({ "mode": "robots" })).await;
    assert_eq!(bad.line(), r#"400 {"error":"mode must be one of ai_hybrid, human_only."}"#);
}
