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
    let Some(body) = app.files.body(&upload.key()).await? else { return Ok(AtWhatsapp::Refused(GONE)) };
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
