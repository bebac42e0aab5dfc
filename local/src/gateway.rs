//! API Gateway as the template sets it up: routes by method and path, the default route, CORS and the time limit.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::template::{Cors, Route, Template};

/// API Gateway ends a request after this long.
const LIMIT: Duration = Duration::from_secs(30);
/// API Gateway takes no larger body.
const LARGEST_BODY: usize = 10 * 1024 * 1024;
/// A client that sends more than this is not waited for.
const MOST_READ: usize = 64 * 1024 * 1024;

/// The gateway: routes and the functions behind them.
#[derive(Clone)]
pub(crate) struct Gateway {
    routes: Arc<[(Route, Router)]>,
    default: Option<Router>,
}

impl Gateway {
    /// The gateway of a template, with the router of each function by the name of its crate.
    pub(crate) fn new(template: &Template, router_of: impl Fn(&str) -> Option<Router>) -> Self {
        let mut routes = Vec::new();
        let mut default = None;
        for function in &template.functions {
            let Some(router) = router_of(&function.code) else {
                continue;
            };
            routes.extend(function.routes.iter().cloned().map(|route| (route, router.clone())));
            if function.is_default {
                default = Some(router);
            }
        }
        Self { routes: routes.into(), default }
    }

    /// Answers a request as the deployed API would.
    pub(crate) async fn answer(self, request: Request) -> Response {
        let router = self.router(request.method(), request.uri().path());
        let Some(router) = router else {
            return message(StatusCode::NOT_FOUND, "Not Found");
        };
        let (parts, body) = request.into_parts();
        let Some(body) = whole(body).await else {
            return message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let request = Request::from_parts(parts, Body::from(body));
        match tokio::time::timeout(LIMIT, tower::ServiceExt::oneshot(router, request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(_) => message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
        }
    }

    /// The most specific route: the one with the fewest variables. Methods count first, as in API Gateway.
    fn router(&self, method: &Method, path: &str) -> Option<Router> {
        let fitting =
            self.routes.iter().filter(|(route, _)| route.method == method.as_str() && fits(&route.path, path));
        let best = fitting.min_by_key(|(route, _)| route.path.matches('{').count());
        best.map(|(_, router)| router.clone()).or_else(|| self.default.clone())
    }
}

/// The whole body, as a function gets it; nothing when it is larger than the gateway takes. What comes after that is read and
/// dropped, so that the client gets to read the answer.
async fn whole(mut body: Body) -> Option<Vec<u8>> {
    let (mut taken, mut read) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        read += data.len();
        if read > MOST_READ {
            return None;
        }
        if read <= LARGEST_BODY {
            taken.extend_from_slice(&data);
        }
    }
    (read <= LARGEST_BODY).then_some(taken)
}

/// Whether a path is of a route's form. The trailing slash counts, as it does in API Gateway.
fn fits(route: &str, path: &str) -> bool {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    loop {
        match (route.next(), path.next()) {
            (None, None) => return true,
            (Some(expected), Some(given)) if expected == given && !expected.starts_with('{') => {}
            (Some(expected), Some(given)) if expected.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

fn message(status: StatusCode, text: &str) -> Response {
    let body = Body::from(format!("{{\"message\":\"{text}\"}}"));
    (status, [("content-type", "application/json")], body).into_response()
}

/// The CORS answers of the gateway. Any local origin may call; which origins may call the deployed API is a parameter.
pub(crate) fn cors(cors: &Cors) -> CorsLayer {
    let names = |names: &[String]| names.iter().filter_map(|name| name.parse::<HeaderName>().ok()).collect::<Vec<_>>();
    let is_local = |origin: &HeaderValue| {
        let origin = origin.to_str().unwrap_or_default();
        ["http://localhost", "http://127.0.0.1"].iter().any(|local| origin.starts_with(local))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| is_local(origin)))
        .allow_methods(cors.methods.iter().filter_map(|method| method.parse::<Method>().ok()).collect::<Vec<_>>())
        .allow_headers(names(&cors.headers))
        .expose_headers(names(&cors.exposed))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn the_trailing_slash_counts() {
        assert!(fits("/a/{id}/", "/a/1/") && !fits("/a/{id}/", "/a/1") && fits("/a/{id}", "/a/1"));
        assert!(!fits("/a/{id}", "/a/") && !fits("/a/{id}/", "/a//"));
        assert!(fits("/a/b", "/a/b") && !fits("/a/b", "/a/c") && !fits("/a", "/a/b"));
    }
}
