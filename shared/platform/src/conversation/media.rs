//! Media that a provider sends: a file of their organisation, or something on a host that is allowed. Nothing else is ever fetched,
//! by us or on our behalf.

use domain::error::{Error, Result};
use domain::media::{Media, MediaUrl};
use domain::send::Content;
use domain::upload::Upload;

use crate::App;
use crate::identity::CareTeam;
use crate::store::uploads;

/// The content of a message with its media made certain: whose file it is, of what type, under what name.
///
/// # Errors
/// [`Error::Invalid`] for an address that is neither a file of the organisation nor on an allowed host, for a file that is not
/// complete, and for one of another kind than the message says.
pub async fn settled(app: &App, caller: &CareTeam, content: &Content) -> Result<Content> {
    let Some(media) = &content.media else { return Ok(content.clone()) };
    let url = media.url.as_ref().ok_or(Error::Internal)?;
    let media = match app.files.key_of(url.as_str()) {
        Some(key) => own(app, caller, (media, key)).await?,
        None if is_allowed(app, url) => media.clone(),
        None => return Err(not_allowed()),
    };
    if media.is_sticker() && content.text.is_some() {
        return Err(Error::invalid("message", "WhatsApp takes WebP images as stickers, which have no text."));
    }
    Ok(Content { text: content.text.clone(), media: Some(media) })
}

fn is_allowed(app: &App, url: &MediaUrl) -> bool {
    url.host().is_some_and(|host| app.config.media.hosts.contains(&host))
}

fn not_allowed() -> Error {
    Error::invalid(
        "media_url",
        "media_url must be the s3_url of an upload of your organization, or on a host that is allowed.",
    )
}

async fn own(app: &App, caller: &CareTeam, (media, key): (&Media, &str)) -> Result<Media> {
    let id = Upload::of_key(key).ok_or_else(not_allowed)?;
    let upload = match uploads::load(app, caller, id).await {
        Err(Error::NotFound) => return Err(not_allowed()),
        loaded => loaded?,
    };
    if upload.key() != key {
        return Err(not_allowed());
    }
    upload.may_be_sent_as(media.kind)?;
    let file_type = upload.file_type().ok_or(Error::Internal)?;
    let filename = media.filename.as_deref().or(upload.filename.as_deref());
    Ok(Media {
        filename: filename.map(|name| file_type.named(name)),
        mime_type: Some(file_type.mime_type.to_owned()),
        upload: Some(id),
        ..media.clone()
    })
}
