//! Calls to services other than AWS: over the network, or into a server in the same process. The latter is for tests whose
//! time stands still, and no setting leads to it.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::webhook::target::Loopback;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Request, RequestBuilder, Response};

mod resolver;

use resolver::{NotPublic, PublicAddresses};

/// A service that answers in three seconds to a connection attempt, or not at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A server in the same process.
pub type Server = Arc<dyn Fn(Request) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send + Sync>;

/// The way to a service that is not ours. It follows no redirect: a service that sends us elsewhere is not the one that
/// was configured.
#[derive(Clone)]
pub struct Outward {
    client: Client,
    server: Option<Server>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing was sent: no connection could be made.
    NotConnected,
    /// It may have been sent, and what became of it is not known.
    Lost,
    /// Nothing was sent: the name leads to no address to which we connect.
    Forbidden,
}

impl fmt::Debug for Outward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outward").field("in_process", &self.server.is_some()).finish()
    }
}

impl Outward {
    /// Over the network.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn network() -> Result<Self, reqwest::Error> {
        let client = Client::builder().connect_timeout(CONNECT_TIMEOUT).redirect(Policy::none()).build()?;
        Ok(Self { client, server: None })
    }

    /// Over the network, to addresses that others choose: only to public ones, whatever their names resolve to, and past any
    /// proxy, which would resolve them anew.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn public(loopback: Loopback) -> Result<Self, reqwest::Error> {
        let client = Client::builder().connect_timeout(CONNECT_TIMEOUT).redirect(Policy::none()).no_proxy();
        let client = client.dns_resolver(Arc::new(PublicAddresses(loopback))).build()?;
        Ok(Self { client, server: None })
    }

    /// Into a server in this process.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn in_process(server: Server) -> Result<Self, reqwest::Error> {
        Ok(Self { server: Some(server), ..Self::network()? })
    }

    /// A request to be sent with [`Self::send`].
    pub fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request, once, and waits for the answer no longer than `limit`, the reading of its body included.
    ///
    /// # Errors
    /// [`Unanswered`] when there is none in time.
    pub async fn send(&self, request: RequestBuilder, limit: Duration) -> Result<Response, Unanswered> {
        let request = request.timeout(limit).build().map_err(|_| Unanswered::NotConnected)?;
        match &self.server {
            None => self.client.execute(request).await.map_err(|error| why(&error)),
            Some(server) => tokio::time::timeout(limit, server(request)).await.map_err(|_| Unanswered::Lost),
        }
    }
}

fn why(error: &reqwest::Error) -> Unanswered {
    let mut causes = std::iter::successors(error.source(), |cause| (*cause).source());
    if causes.any(<dyn Error>::is::<NotPublic>) {
        return Unanswered::Forbidden;
    }
    if error.is_connect() { Unanswered::NotConnected } else { Unanswered::Lost }
}
