//! Endpoints on real sockets that redirect, talk too much or drip, and names that lead where nobody is to be told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::response::Redirect;
use axum::routing::any;
use domain::webhook::target::Loopback;
use platform::outward::{Outward, Unanswered};
use reqwest::Method;

use super::*;

/// A server on this machine, and its port.
async fn served(router: Router) -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(axum::serve(listener, router).into_future());
    port
}

/// A server that counts who comes.
async fn counting() -> (u16, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let count_one = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        std::future::ready("ok")
    };
    (served(Router::new().fallback(any(count_one))).await, count)
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_not_followed() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let (elsewhere, count) = counting().await;
    let to = format!("http://127.0.0.1:{elsewhere}/");
    let redirect = any(move || std::future::ready(Redirect::permanent(&to)));
    let port = served(Router::new().route("/hook", redirect)).await;
    let endpoint = subscribe(&world, &format!("http://127.0.0.1:{port}/hook")).await;
    happens(&world, thread.thread_id, 1).await;
    world.drain().await;
    let attempts = world.get("service", &path(&endpoint, "/attempts")).await.ok();
    assert_eq!((&attempts["data"][0]["result"], &attempts["data"][0]["statusCode"]), (&json!("refused"), &json!(308)));
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_and_counts_by_its_status() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let endless = any(|| {
        let chunks = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("x".repeat(1024)));
        std::future::ready(axum::body::Body::from_stream(chunks))
    });
    let port = served(Router::new().route("/hook", endless)).await;
    let endpoint = subscribe(&world, &format!("http://127.0.0.1:{port}/hook")).await;
    happens(&world, thread.thread_id, 1).await;
    world.drain().await;
    let attempts = world.get("service", &path(&endpoint, "/attempts")).await.ok();
    assert_eq!(attempts["data"][0]["result"], "delivered");
}

#[tokio::test]
async fn nobody_at_the_address() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let endpoint = subscribe(&world, "http://127.0.0.1:1/hook").await;
    happens(&world, thread.thread_id, 1).await;
    world.drain().await;
    let attempts = world.get("service", &path(&endpoint, "/attempts")).await.ok();
    let attempt = &attempts["data"][0];
    assert_eq!((&attempt["result"], &attempt["statusCode"]), (&json!("unreachable"), &Value::Null));
    assert!(world.get("service", &path(&endpoint, "")).await.ok()["data"]["failingSince"].is_string());
}

/// What a name resolves to is looked at when the connection is made: the check of the address before cannot be slipped past.
#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_reached() {
    let (port, count) = counting().await;
    let url = format!("http://localhost:{port}/");
    let limit = Duration::from_secs(10);
    let refused = Outward::public(Loopback::Refused).unwrap();
    let answer = refused.send(refused.request(Method::POST, &url), limit).await;
    assert_eq!(answer.map(|_| ()), Err(Unanswered::Forbidden));
    assert_eq!(count.load(Ordering::SeqCst), 0);
    let allowed = Outward::public(Loopback::Allowed).unwrap();
    assert_eq!(allowed.send(allowed.request(Method::POST, &url), limit).await.unwrap().status(), 200);
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
