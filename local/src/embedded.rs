//! Embedded DynamoDB, SQS and S3 on loopback, with the tables, queues and buckets of the template.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use axum::serve::ListenerExt;
use dynoxide::Database;
use platform::random::Random;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::MovableClock;
use crate::sqs::{self, Queues};
use crate::stack::StartError;
use crate::template::Template;

mod aws_port;
mod files;
mod resources;

pub(crate) use files::CREDENTIALS;
pub use files::Files;

/// The embedded services.
#[derive(Clone)]
pub struct Embedded {
    /// DynamoDB, in process.
    pub database: Database,
    /// SQS, in process.
    pub queues: Queues,
    /// S3, in process.
    pub files: Files,
}

/// Where the embedded services listen.
#[derive(Debug, Clone, Copy)]
pub struct Endpoints {
    /// DynamoDB for the functions.
    pub dynamodb: SocketAddr,
    /// SQS for the functions.
    pub sqs: SocketAddr,
    /// S3 for the functions.
    pub s3: SocketAddr,
    /// Everything, for people and their tools.
    pub aws: SocketAddr,
}

impl Embedded {
    /// Opens the services' data, in a directory or in memory.
    ///
    /// # Errors
    /// [`StartError`] when the data cannot be opened.
    pub fn open(directory: Option<&Path>, clock: &MovableClock) -> Result<Self, StartError> {
        let path = |name: &str| directory.map(|directory| directory.join(name));
        let database = match path("dynamodb.sqlite") {
            Some(path) => Database::new(&path.to_string_lossy()),
            None => Database::memory(),
        };
        let now = clock.clone();
        let queues = Queues::open(
            path("sqs.sqlite").as_deref(),
            Arc::new(move || now.now().millis()),
            Arc::new(|| Random::System.wide()),
        );
        Ok(Self {
            database: database.map_err(StartError::data)?,
            queues: queues.map_err(StartError::data)?,
            files: Files::open(path("s3"))?,
        })
    }

    /// Makes what the template declares and is not there yet.
    ///
    /// # Errors
    /// [`StartError`] when something cannot be made.
    pub fn create(&self, template: &Template) -> Result<(), StartError> {
        resources::create(self, template)
    }

    /// Serves the services on loopback, on a thread of their own, until `stop` changes.
    ///
    /// # Errors
    /// [`StartError`] when a port is taken.
    pub async fn serve(&self, aws_port: u16, stop: watch::Receiver<bool>) -> Result<Endpoints, StartError> {
        let listeners = [bind(0).await?, bind(0).await?, bind(0).await?, bind(aws_port).await?];
        let [dynamodb, sqs, s3, aws] = listeners;
        let address = |listener: &TcpListener| listener.local_addr().map_err(|error| StartError::Port(aws_port, error));
        let [at_dynamodb, at_sqs, at_s3, at_aws] = [address(&dynamodb)?, address(&sqs)?, address(&s3)?, address(&aws)?];
        let endpoints = Endpoints { dynamodb: at_dynamodb, sqs: at_sqs, s3: at_s3, aws: at_aws };
        let combined = aws_port::router(self, endpoints.dynamodb);
        let [dynamodb, sqs, s3, aws] = [into_std(dynamodb)?, into_std(sqs)?, into_std(s3)?, into_std(aws)?];
        let services = self.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(StartError::data)?;
        std::thread::spawn(move || {
            runtime.block_on(async move {
                let Ok((dynamodb, sqs, s3, aws)) = (|| {
                    Ok::<_, std::io::Error>((
                        TcpListener::from_std(dynamodb)?,
                        TcpListener::from_std(sqs)?,
                        TcpListener::from_std(s3)?,
                        TcpListener::from_std(aws)?,
                    ))
                })() else {
                    return;
                };
                let tables = dynoxide::server::serve_with_shutdown(dynamodb, services.database, stopped(stop.clone()));
                let queues = axum::serve(sqs, sqs::router(services.queues));
                let queues = queues.with_graceful_shutdown(stopped(stop.clone()));
                // An answer of several writes would wait for the acknowledgement of the first.
                let s3 = s3.tap_io(|socket| drop(socket.set_nodelay(true)));
                let files = axum::serve(s3, services.files.router()).with_graceful_shutdown(stopped(stop.clone()));
                let everything = axum::serve(aws, combined).with_graceful_shutdown(stopped(stop));
                let _ = tokio::join!(tables, queues, files, everything);
            });
        });
        Ok(endpoints)
    }
}

/// A listener on loopback; port 0 is any.
pub(crate) async fn bind(port: u16) -> Result<TcpListener, StartError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| StartError::Port(port, error))
}

fn into_std(listener: TcpListener) -> Result<std::net::TcpListener, StartError> {
    listener.into_std().map_err(StartError::data)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
