//! What stands around every operation: slash forms, methods, CORS, correlation ids, rate limits.

use local::stack::Options;
use serde_json::json;
use tests::{Answer, World};

#[tokio::test]
async fn both_slash_forms_answer_and_never_redirect() {
    let world = World::start().await;
    for path in ["/providermessages", "/providermessages/organization-threads", "/provider/all-patients"] {
        let bare = world.get("dr_smith", path).await;
        let slash = world.get("dr_smith", &format!("{path}/")).await;
        assert_eq!((bare.status, slash.status), (200, 200), "{path}");
        assert_eq!(bare.body, slash.body, "{path}");
    }
    let body = json!({ "first_name": "No", "last_name": "Phone" });
    assert_eq!(world.post("dr_smith", "/appointments/create-patient", body).await.status, 200, "a POST keeps its body");
    let query = world.get("dr_smith", "/providermessages?days=0").await;
    assert_eq!(query.status, 400, "a query keeps its parameters");
}

#[tokio::test]
async fn a_wrong_method_names_the_right_ones() {
    let world = World::start().await;
    let cases = [
        ("DELETE", "/providermessages/", "GET"),
        ("GET", "/providermessages/send-message/", "POST"),
        ("PUT", "/providermessages/send-message", "POST"),
        ("PATCH", "/appointments/create-patient/", "POST"),
        ("POST", "/providermessages/all-patients/", "GET"),
        ("GET", "/providers/9/", "PUT"),
        ("POST", "/providermessages/deadbeef-ffff-8fff-bfff-ffffffffffff/", "GET"),
        ("DELETE", "/webhooks/whatsapp", "GET,POST"),
    ];
    for (method, path, allow) in cases {
        let answer = Answer::of(world.request("dr_smith", method, path)).await;
        let allowed: Vec<&str> =
            answer.header("allow").split(',').map(str::trim).filter(|name| *name != "HEAD").collect();
        assert_eq!((answer.status, allowed.join(",").as_str()), (405, allow), "{method} {path}");
        assert_eq!(answer.body["error"], "Method not allowed.", "{method} {path}");
    }
}

#[tokio::test]
async fn unknown_paths_in_the_shape_of_their_surface() {
    let world = World::start().await;
    for path in ["/nothing/", "/providermessages/a/b/", "/providermessages/x/y", "/webhooks/other", "//"] {
        for request in [world.anonymous("GET", path), world.request("dr_smith", "POST", path).body("x")] {
            let answer = Answer::of(request).await;
            assert_eq!((answer.status, &answer.body["error"]), (404, &json!("Not found.")), "{path}");
            assert_eq!(answer.header("content-type"), "application/json");
        }
    }
}

#[tokio::test]
async fn every_answer_has_a_correlation_id() {
    let world = World::start().await;
    let with = |id: &str| world.request("dr_smith", "GET", "/providermessages/").header("x-correlation-id", id);
    assert_eq!(Answer::of(with("abc-123_def.456")).await.header("x-correlation-id"), "abc-123_def.456");
    for unfit in ["short", "with blank in it", &"x".repeat(65)] {
        assert!(Answer::of(with(unfit)).await.header("x-correlation-id").starts_with("req_"));
    }
    for path in ["/nothing/", "/providermessages/", "/webhooks/whatsapp"] {
        assert!(!Answer::of(world.anonymous("GET", path)).await.header("x-correlation-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn browsers_may_call() {
    let world = World::start().await;
    let preflight = world
        .anonymous("OPTIONS", "/providermessages/send-message/")
        .header("origin", "http://localhost:5173")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type,idempotency-key");
    let answer = Answer::of(preflight).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "http://localhost:5173"));
    assert!(answer.header("access-control-allow-headers").contains("idempotency-key"));
    let get = world.request("dr_smith", "GET", "/providermessages/").header("origin", "http://localhost:5173");
    assert!(Answer::of(get).await.header("access-control-expose-headers").contains("etag"));
    let foreign = world.request("dr_smith", "GET", "/providermessages/").header("origin", "https://evil.example");
    assert_eq!(Answer::of(foreign).await.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_caller_has_so_many_requests_a_minute() {
    let world = World::with(Options { rate_limit: Some(3), ..Options::default() }).await;
    // The minute of the limiter must not end in the middle of the test.
    world.local_post("clock", json!({ "set": "2030-01-01T00:00:05Z" })).await;
    let body = json!({ "first_name": "No", "last_name": "Phone" });
    let create = || world.post("dr_smith", "/appointments/create-patient/", body.clone());
    for _ in 0..3 {
        assert_eq!(create().await.status, 200);
    }
    let refused = create().await;
    assert_eq!(refused.status, 429);
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=55).contains(&seconds));
    let text = format!("Request was throttled. Expected available in {seconds} seconds.");
    assert_eq!((&refused.body["error"], &refused.body["detail"]), (&json!(text), &json!(text)));
    assert_eq!(world.get("dr_smith", "/providermessages/").await.status, 200, "reads are counted apart");
    let other = world.post("dr_jones", "/appointments/create-patient/", body.clone()).await;
    assert_eq!(other.status, 200, "and so is everybody else");
    world.advance("1m").await;
    assert_eq!(create().await.status, 200);
    for _ in 0..9 {
        assert_eq!(world.get("dr_smith", "/providermessages/").await.status, 200);
    }
    assert_eq!(world.get("dr_smith", "/providermessages/").await.status, 429);
}

/// Whatever is too large is answered, and in the words of the surface while the gateway itself can carry it.
#[tokio::test]
async fn a_body_that_nobody_takes_is_read_to_its_end() {
    let world = World::start().await;
    for (megabytes, error) in [(8, json!("The request body is too large.")), (11, json!(null))] {
        let body = "x".repeat(megabytes << 20);
        let request = world.request("dr_smith", "POST", "/providermessages/send-message/");
        let answer = Answer::of(request.header("content-type", "application/json").body(body)).await;
        assert_eq!((answer.status, &answer.body["error"]), (413, &error), "{megabytes} MB");
    }
}
