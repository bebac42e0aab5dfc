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

#[tokio::test]
async fn another_section_has_its_own() {
    let section = Section::start().await;
    section.sets(json!({ "mode": "human_only" })).await;
    let path = "/request/8/therapist-dashboard/settings";
    assert_eq!(section.world.put("therapist_other", path, json!({})).await.ok()["mode"], "ai_hybrid");
    let bad = section.world.put("therapist_lee", &format!("{DASHBOARD}/settings"), json!({ "mode": "robots" })).await;
    assert_eq!(bad.line(), r#"400 {"error":"mode must be one of ai_hybrid, human_only."}"#);
}
