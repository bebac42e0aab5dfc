//! Every refusal of the operations on endpoints.

use tests::Answer;

use super::*;

#[tokio::test]
async fn bodies_and_parameters() {
    let world = World::start().await;
    let endpoint = subscribe(&world, "https://hooks.example.com/a").await;
    let url = "https://hooks.example.com/b";
    let (one, attempts, replay) = (path(&endpoint, ""), path(&endpoint, "/attempts"), path(&endpoint, "/replay"));
    let cases = [
        ("POST", "/api/webhooks", json!({ "organizationId": 21 })),
        ("POST", "/api/webhooks", json!({ "url": url })),
        ("POST", "/api/webhooks", json!({ "url": 5, "organizationId": 21 })),
        ("POST", "/api/webhooks", json!({ "url": url, "organizationId": "x" })),
        ("POST", "/api/webhooks", json!({ "url": url, "events": [], "organizationId": 21 })),
        ("POST", "/api/webhooks", json!({ "url": url, "events": ["conversation.started"], "organizationId": 21 })),
        ("POST", "/api/webhooks", json!({ "url": url, "description": "a\nb", "organizationId": 21 })),
        ("GET", "/api/webhooks", Value::Null),
        ("GET", "/api/webhooks?organizationId=x", Value::Null),
        ("PATCH", &one, json!({})),
        ("PATCH", &one, json!({ "url": "http://hooks.example.com/" })),
        ("PATCH", &one, json!({ "enabled": "yes" })),
        ("GET", &format!("{attempts}?limit=0"), Value::Null),
        ("GET", &format!("{attempts}?cursor=x"), Value::Null),
        ("POST", &replay, json!({})),
        ("POST", &replay, json!({ "since": "2024-01-15T10:00:00" })),
        ("POST", &replay, json!({ "since": "2001-01-01T00:00:00Z" })),
        ("POST", &replay, json!({ "since": "2999-01-01T00:00:00Z" })),
        ("GET", "/api/webhooks/wh_1", Value::Null),
        ("GET", "/api/webhooks/wh_00000000000040008000000000000001", Value::Null),
        ("PUT", &one, json!({})),
    ];
    let mut table = String::new();
    for (method, path, body) in cases {
        let request = world.request("service", method, path);
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = Answer::of(request).await;
        let path = path.replace(endpoint["id"].as_str().unwrap(), ":id");
        table += &format!("{method} {path} {body}\n  {} {}\n", answer.status, answer.body);
    }
    insta::assert_snapshot!(table);
}

/// The runner lets itself be told, and nobody else who is not public.
#[tokio::test]
async fn addresses_that_are_not_public() {
    let world = World::start().await;
    for url in [
        "http://hooks.example.com/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://metadata.google.internal/",
        "https://printer/",
        "https://user:password@hooks.example.com/",
        "https://hooks.example.com/#a",
    ] {
        let refused = world.post("service", "/api/webhooks", json!({ "url": url, "organizationId": 21 })).await;
        assert_eq!((refused.status, &refused.body["error"]["details"][0]["field"]), (400, &json!("url")), "{url}");
    }
}

#[tokio::test]
async fn callers_who_do_not_keep_endpoints() {
    let world = World::start().await;
    let endpoint = subscribe(&world, "https://hooks.example.com/a").await;
    let claims = json!({ "claims": { "sub": "service_22", "role": "service", "organization_id": 22 } });
    let token = world.local_post("token", claims).await["token"].as_str().unwrap().to_owned();
    let foreign = |method: &str, path: &str| world.anonymous(method, path).bearer_auth(&token);
    assert_eq!(Answer::of(foreign("GET", &path(&endpoint, ""))).await.status, 404);
    assert_eq!(Answer::of(foreign("DELETE", &path(&endpoint, ""))).await.status, 404);
    assert_eq!(Answer::of(foreign("GET", "/api/webhooks?organizationId=21")).await.status, 404);
    let own = Answer::of(foreign("POST", "/api/webhooks").json(&json!({ "url": "https://hooks.example.com/b" }))).await;
    assert_eq!(own.ok()["data"]["organizationId"], 22, "a token that names an organization need not say it again");
    assert_eq!(Answer::of(foreign("GET", "/api/webhooks")).await.ok()["data"].as_array().unwrap().len(), 1);
    assert_eq!(world.get("clinician_kim", &path(&endpoint, "")).await.status, 403);
    assert_eq!(Answer::of(world.anonymous("GET", &path(&endpoint, ""))).await.status, 401);
}
