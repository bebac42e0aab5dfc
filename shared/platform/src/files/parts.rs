//! Putting a stream of unknown length: small ones at once, large ones in parts, so that no file is held in memory.

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use bytes::{Bytes, BytesMut};
use domain::error::{Error, Result};

use super::{Files, failed};

/// S3 wants parts of at least 5 MiB; two of these are all that is held.
const PART: usize = 6 * 1024 * 1024;

/// An object that is being put.
#[derive(Debug)]
pub struct Writing<'a> {
    files: &'a Files,
    key: String,
    content_type: String,
    held: BytesMut,
    upload: Option<String>,
    parts: Vec<CompletedPart>,
    size: u64,
}

impl Files {
    /// Begins to put an object whose type is not known yet.
    #[must_use]
    pub fn write(&self, key: &str, content_type: &str) -> Writing<'_> {
        Writing {
            files: self,
            key: key.to_owned(),
            content_type: content_type.to_owned(),
            held: BytesMut::new(),
            upload: None,
            parts: Vec::new(),
            size: 0,
        }
    }
}

impl Writing<'_> {
    /// Goes on with some bytes.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not take them.
    pub async fn push(&mut self, bytes: &Bytes) -> Result<()> {
        self.held.extend_from_slice(bytes);
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        while self.held.len() >= PART {
            let part = self.held.split_to(PART).freeze();
            self.part(part).await?;
        }
        Ok(())
    }

    /// Puts what is left; answers the size of the whole.
    ///
    /// # Errors
    /// [`Error::Busy`] or [`Error::Internal`] when the bucket does not take it.
    pub async fn end(mut self) -> Result<u64> {
        let rest = self.held.split().freeze();
        let Some(upload) = self.upload.clone() else {
            let put = self.files.client.put_object().bucket(&self.files.bucket).key(&self.key);
            let put = put.content_type(&self.content_type).body(ByteStream::from(rest));
            put.send().await.map_err(|error| failed("PutObject", &error))?;
            return Ok(self.size);
        };
        if !rest.is_empty() {
            self.part(rest).await?;
        }
        let whole = CompletedMultipartUpload::builder().set_parts(Some(self.parts.clone())).build();
        let complete = self.files.client.complete_multipart_upload().bucket(&self.files.bucket).key(&self.key);
        let complete = complete.upload_id(upload).multipart_upload(whole);
        complete.send().await.map_err(|error| failed("CompleteMultipartUpload", &error))?;
        Ok(self.size)
    }

    /// Leaves it: what was put so far is forgotten. The bucket's rule forgets it when this is not reached.
    pub async fn abandon(self) {
        if let Some(upload) = self.upload {
            let abort = self.files.client.abort_multipart_upload().bucket(&self.files.bucket).key(&self.key);
            let _ = abort.upload_id(upload).send().await;
        }
    }

    async fn part(&mut self, bytes: Bytes) -> Result<()> {
        let upload = self.begun().await?;
        let number = i32::try_from(self.parts.len() + 1).map_err(|_| Error::Internal)?;
        let part = self.files.client.upload_part().bucket(&self.files.bucket).key(&self.key);
        let part = part.upload_id(upload).part_number(number).body(ByteStream::from(bytes));
        let put = part.send().await.map_err(|error| failed("UploadPart", &error))?;
        self.parts
            .push(CompletedPart::builder().part_number(number).set_e_tag(put.e_tag().map(ToOwned::to_owned)).build());
        Ok(())
    }

    async fn begun(&mut self) -> Result<String> {
        if let Some(upload) = &self.upload {
            return Ok(upload.clone());
        }
        let begin = self.files.client.create_multipart_upload().bucket(&self.files.bucket).key(&self.key);
        let begin = begin.content_type(&self.content_type);
        let begun = begin.send().await.map_err(|error| failed("CreateMultipartUpload", &error))?;
        let upload = begun.upload_id().ok_or(Error::Internal)?.to_owned();
        self.upload = Some(upload.clone());
        Ok(upload)
    }
}
