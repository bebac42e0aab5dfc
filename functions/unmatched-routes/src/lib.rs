//! Answers what no other function has a route for, in the shape of the surface that was meant: 404 for an unknown path,
//! 405 with `Allow` for a known one. API Gateway by itself would answer `{"message":"Not Found"}` to both.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::Error;
use http::HeaderValue;
use http::header::ALLOW;
use platform::random::Random;
use serde::Deserialize;
use serde::de::IgnoredAny;
use web::Refusal;
use web::surface::{Surface, path_of, serve};

/// The document that a test compares with all routers and with the template.
const OPENAPI: &str = include_str!("../../../openapi.json");

/// The OpenAPI document cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("openapi.json cannot be read")]
pub struct NoRoutes(#[from] serde_json::Error);

#[derive(Debug, Deserialize)]
struct Document {
    paths: BTreeMap<String, BTreeMap<String, IgnoredAny>>,
}

/// Every path that exists, with its methods as `Allow` names them.
#[derive(Debug, Clone)]
struct Routes(std::sync::Arc<[(String, String)]>);

impl Routes {
    fn read(document: &str) -> Result<Self, NoRoutes> {
        let document: Document = serde_json::from_str(document)?;
        let routes = document.paths.into_iter().map(|(path, methods)| {
            let methods: Vec<String> = methods.into_keys().map(|method| method.to_uppercase()).collect();
            (path, methods.join(","))
        });
        Ok(Self(routes.collect()))
    }

    fn methods(&self, path: &str) -> Option<&str> {
        let exact = self.0.iter().find(|(known, _)| segments(known).eq(segments(path)));
        let found = exact.or_else(|| self.0.iter().find(|(known, _)| matches(known, path)));
        found.map(|(_, methods)| methods.as_str())
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_matches('/').split('/')
}

fn matches(template: &str, path: &str) -> bool {
    let same = |(known, given): (&str, &str)| known.starts_with('{') || known == given;
    segments(template).count() == segments(path).count() && segments(template).zip(segments(path)).all(same)
}

/// The function as it is served.
///
/// # Errors
/// [`NoRoutes`] when the OpenAPI document that it was built with cannot be read.
pub fn service(random: &Random) -> Result<Router, NoRoutes> {
    let routes = Routes::read(OPENAPI)?;
    // One router for each surface, so that each refuses in its own shape.
    let routers = Surface::ALL.map(|surface| {
        let router = Router::new().fallback(refuse).with_state(routes.clone());
        (surface, serve(random, surface, router))
    });
    Ok(Router::new().fallback(async move |request: Request| {
        let surface = Surface::of_path(path_of(&request));
        let router = routers.iter().find(|(of, _)| *of == surface).map(|(_, router)| router.clone());
        match router {
            Some(router) => tower::ServiceExt::oneshot(router, request).await.into_response(),
            None => Refusal::Product(Error::NotFound).into_response(),
        }
    }))
}

async fn refuse(State(routes): State<Routes>, request: Request) -> Response {
    let Some(methods) = routes.methods(request.uri().path()) else {
        return Refusal::Product(Error::NotFound).into_response();
    };
    let mut response = Refusal::MethodNotAllowed.into_response();
    if let Ok(allow) = HeaderValue::from_str(methods) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_path_comes_before_one_with_a_variable() {
        let routes = Routes::read(r#"{"paths":{"/a/{id}/":{"get":{}},"/a/send/":{"post":{}}}}"#).unwrap();
        assert_eq!(routes.methods("/a/send"), Some("POST"));
        assert_eq!(routes.methods("/a/1/"), Some("GET"));
        assert_eq!(routes.methods("/a/1/2"), None);
        assert_eq!(routes.methods("/"), None);
    }
}
