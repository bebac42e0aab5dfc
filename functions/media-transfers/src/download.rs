//! The bytes of what a patient sent: from WhatsApp into the bucket, looked at there, and then to where files are. None of it is
//! held whole.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::error::Error;
use domain::ids::UploadId;
use domain::media::content::OPAQUE;
use domain::media::fetch::Missed;
use domain::media::{Media, MediaType};
use domain::message::Message;
use domain::upload::{LARGEST, Upload, UploadEntry, UploadState};
use platform::App;
use platform::points::Point;
use platform::whatsapp::media::{Asked, Described, Download};
use sha2::{Digest, Sha256};

use crate::Worker;

/// Whose fault it is that there is no file.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Ours: the hint comes again.
    Ours(Error),
    /// WhatsApp's, or the file's.
    Theirs(Missed),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<Missed> for Fault {
    fn from(missed: Missed) -> Self {
        Self::Theirs(missed)
    }
}

/// The file of a message, where files are and known to nobody yet.
pub(crate) async fn downloaded(worker: &Worker, (message, media): (&Message, &Media)) -> Result<Upload, Fault> {
    let app = &worker.app;
    let described = described(worker, media).await?;
    let download = found(worker.graph.download(&described).await)?;
    // A place of its own for each attempt: two side by side must not mix their bytes.
    let incoming = format!("incoming/{}", UploadId::from_random(app.random.wide()));
    let digest = stored(app, &incoming, download).await?;
    app.points.reach(Point::FetchStored).await;
    let announced = [&media.sha256, &described.sha256];
    let moved = if announced.into_iter().flatten().all(|announced| is_digest(announced, &digest)) {
        moved(app, (message, media), &incoming).await
    } else {
        Err(Missed::Mismatch.into())
    };
    if app.files.delete(&incoming).await.is_err() {
        tracing::warn!("an object stays where it arrived until the bucket's rule removes it");
    }
    moved
}

/// Looks at what arrived, and copies exactly that to where files are.
async fn moved(app: &App, (message, media): (&Message, &Media), incoming: &str) -> Result<Upload, Fault> {
    let object = app.files.find(incoming).await?.ok_or(Error::Internal)?;
    // A document of whatever kind may be what the clinician waits for.
    let unknown = (media.kind == MediaType::Document && object.size > 0).then_some(OPAQUE);
    let file_type = app.files.examine(incoming, &object).await?.or(unknown).ok_or(Missed::NotKept)?;
    let entry = UploadEntry {
        organization_id: message.organization_id,
        uploaded_by: None,
        file_type,
        size: object.size,
        filename: media.filename.clone(),
    };
    let upload = Upload::new(file_id(message), entry, UploadState::Ready, app.now());
    app.files.copy(incoming, &object, &upload.key()).await?;
    app.points.reach(Point::FetchCopied).await;
    Ok(upload)
}

async fn described(worker: &Worker, media: &Media) -> Result<Described, Fault> {
    let media_id = media.whatsapp_media_id.as_deref().ok_or(Missed::Gone)?;
    let described = found(worker.graph.describe(media_id).await)?;
    if described.size.is_some_and(|size| size > LARGEST) {
        return Err(Missed::NotKept.into());
    }
    Ok(described)
}

fn found<T>(asked: Asked<T>) -> Result<T, Fault> {
    match asked {
        Asked::Found(found) => Ok(found),
        Asked::Gone => Err(Missed::Gone.into()),
        Asked::Later => Err(Missed::Later.into()),
    }
}

/// Puts a stream into the bucket, and answers its digest.
async fn stored(app: &App, key: &str, mut download: Download) -> Result<[u8; 32], Fault> {
    let mut writing = app.files.write(key, "application/octet-stream");
    let mut digest = Sha256::new();
    let mut size = 0_u64;
    let broken: Fault = loop {
        match download.next().await {
            Ok(Some(bytes)) => {
                size = size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                if size > LARGEST {
                    break Missed::NotKept.into();
                }
                digest.update(&bytes);
                if let Err(error) = writing.push(&bytes).await {
                    break error.into();
                }
            }
            Ok(None) => {
                writing.end().await?;
                return Ok(digest.finalize().into());
            }
            Err(_) => break Missed::Later.into(),
        }
    };
    writing.abandon().await;
    Err(broken)
}

/// WhatsApp writes a digest in hexadecimal digits in one place and in base64 in another.
fn is_digest(announced: &str, digest: &[u8; 32]) -> bool {
    let hexadecimal: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    announced.eq_ignore_ascii_case(&hexadecimal) || announced == STANDARD.encode(digest)
}

/// A message's file has the same id in every attempt: what is fetched twice is kept once.
fn file_id(message: &Message) -> UploadId {
    let digest = Sha256::digest(format!("file of message {}", message.id().get()));
    let mut half = [0; 16];
    half.iter_mut().zip(digest).for_each(|(byte, of_digest)| *byte = of_digest);
    UploadId::of_digest(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_known_in_both_spellings() {
        let digest: [u8; 32] = Sha256::digest(b"abc").into();
        let hexadecimal = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert!(is_digest(hexadecimal, &digest) && is_digest(&hexadecimal.to_uppercase(), &digest));
        assert!(is_digest("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", &digest));
        assert!(!is_digest("", &digest) && !is_digest(&hexadecimal.replace('b', "c"), &digest));
    }
}
