//! A file of ours on its way to WhatsApp: uploaded before the message is claimed, so that a slow file is never a message in doubt.

use domain::contact::Contact;
use domain::delivery::{Failure, Refusal};
use domain::error::Result;
use domain::message::Message;
use domain::provider_error::ErrorClass;
use domain::upload::UploadState;
use domain::window::Window;
use platform::identity::Machine;
use platform::points::Point;
use platform::store::uploads;

use crate::Worker;

/// How far the file of a message is.
#[derive(Debug)]
pub(crate) enum AtWhatsapp {
    /// It has none of ours.
    Not,
    /// It is there, under this id.
    Id(String),
    /// It was put there just now, which took its time: look at the message anew.
    JustNow,
    /// It cannot go there, or not now.
    Refused(Refusal),
}

/// The codes with which WhatsApp refuses a message because of its file, also because it has forgotten the file.
const FILE_CODES: [u32; 2] = [100, 131_053];

/// The file is gone from our own bucket.
const GONE: Refusal = Refusal { class: ErrorClass::Permanent(Failure::ContentRefused), code: None };

/// Makes sure that WhatsApp has the file of a message. Its copy is used for all messages with that file as long as it lasts.
pub(crate) async fn at_whatsapp(
    worker: &Worker,
    machine: Machine,
    (message, contact): (&Message, &Contact),
) -> Result<AtWhatsapp> {
    let (app, sender) = (&worker.app, worker.graph.phone_number_id());
    let is_template = message.template_in(Window::at(app.now(), contact.last_inbound_at)).is_some();
    let upload = message.media.as_ref().and_then(|media| media.upload).filter(|_| !is_template);
    let Some(id) = upload else { return Ok(AtWhatsapp::Not) };
    let ready = uploads::load_for_machine(app, machine, id).await?.filter(|upload| upload.state == UploadState::Ready);
    let Some((upload, file_type)) = ready.and_then(|upload| upload.file_type().map(|known| (upload, known))) else {
        return Ok(AtWhatsapp::Refused(GONE));
    };
    if let Some(media_id) = upload.media_id(sender, app.now()) {
        return Ok(AtWhatsapp::Id(media_id.to_owned()));
    }
    let body = match app.files.body(&upload.key()).await {
        Ok(Some(body)) => body,
        Ok(None) => return Ok(AtWhatsapp::Refused(GONE)),
        // It counts as a try: a bucket that never answers must not hold up everything behind this message for ever.
        Err(_) => return Ok(AtWhatsapp::Refused(Refusal { class: ErrorClass::PASSING, code: None })),
    };
    match worker.graph.upload(file_type, body).await {
        Ok(media_id) => {
            app.points.reach(Point::FileAtWhatsapp).await;
            // `false`: its row changed meanwhile; the next look uploads it again, which does no harm.
            uploads::keep(app, &upload, &upload.copied_to_whatsapp(media_id, sender, app.now())).await?;
            Ok(AtWhatsapp::JustNow)
        }
        Err(refusal) => Ok(AtWhatsapp::Refused(refusal)),
    }
}

/// What the refusal of a message says once its file's copy at WhatsApp is taken into account: an older copy may be gone, so it is
/// forgotten, and the message is tried again with a new one.
pub(crate) async fn without_old_copy(
    worker: &Worker,
    machine: Machine,
    (message, refusal): (&Message, Refusal),
) -> Result<Refusal> {
    let app = &worker.app;
    let Some(id) = message.media.as_ref().and_then(|media| media.upload) else { return Ok(refusal) };
    if !refusal.code.is_some_and(|code| FILE_CODES.contains(&code)) {
        return Ok(refusal);
    }
    match uploads::load_for_machine(app, machine, id).await?.filter(|upload| upload.has_old_copy(app.now())) {
        Some(upload) => {
            uploads::keep(app, &upload, &upload.without_copy()).await?;
            Ok(Refusal { class: ErrorClass::PASSING, ..refusal })
        }
        None => Ok(refusal),
    }
}
