//! What a patient sends: the parsed form of an inbound WhatsApp message, and the message that it becomes.

use std::time::Duration;

use crate::append::{Draft, Received};
use crate::contact::{Bsuid, ContactKey};
use crate::media::Media;
use crate::message::Author;
use crate::text::MessageText;
use crate::time::Timestamp;
use crate::wamid::Wamid;

/// Meta delivers a webhook again for up to 7 days.
pub const LONGEST_DELAY: Duration = Duration::from_hours(7 * 24);

/// A message that a patient sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// WhatsApp's id; one id is kept once.
    pub wamid: Wamid,
    /// Who sent it.
    pub sender: Sender,
    /// What it says; for a kind without text, what it is, in brackets.
    pub text: Option<MessageText>,
    /// What comes with it.
    pub media: Option<Media>,
    /// WhatsApp's time stamp.
    pub sent_at: Timestamp,
}

/// The sender, as far as WhatsApp names them: by phone, by business-scoped user id, or by both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sender {
    /// The digits of `wa_id`.
    pub wa_id: Option<String>,
    /// The business-scoped user id.
    pub bsuid: Option<Bsuid>,
    /// The profile's name.
    pub profile_name: Option<String>,
}

impl Sender {
    /// The identities under which the contact may be stored, the best first: phone, then user id.
    #[must_use]
    pub fn keys(&self) -> Vec<ContactKey> {
        let phone = self.wa_id.as_deref().map(ContactKey::from_wa_digits);
        let bsuid = self.bsuid.as_ref().map(ContactKey::from_bsuid);
        phone.into_iter().chain(bsuid).collect()
    }
}

impl Inbound {
    /// The draft that keeps this message. Its time is never after `now`, because a clock ahead must not widen the window,
    /// and never before [`LONGEST_DELAY`], because Meta has given up by then and the stamp must be wrong.
    #[must_use]
    pub fn draft(self, shared_phone: bool, now: Timestamp) -> Draft {
        let plausible = now.minus(LONGEST_DELAY)..=now;
        let sent_at = if plausible.contains(&self.sent_at) { self.sent_at } else { now };
        let received = Received { wamid: self.wamid, sent_at, shared_phone };
        Draft { author: Author::Patient, text: self.text, media: self.media, template: None, received: Some(received) }
    }
}
