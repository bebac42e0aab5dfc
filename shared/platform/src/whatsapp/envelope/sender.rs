//! Who sent a message: `from`, the list of contacts, or both.

use domain::contact::Bsuid;
use domain::inbound::Sender;
use serde_json::Value;

use super::text_at;

/// The sender of a message. `from` may be missing for users who show a name instead of a number; then the contact's
/// `user_id` stands for them.
pub(super) fn of(message: &Value, contacts: &[Value]) -> Sender {
    let from = text_at(message, "/from");
    let user = text_at(message, "/from_user_id");
    let contact = contacts
        .iter()
        .find(|contact| from.is_some() && text_at(contact, "/wa_id") == from)
        .or_else(|| contacts.iter().find(|contact| user.is_some() && text_at(contact, "/user_id") == user))
        .or_else(|| if contacts.len() == 1 { contacts.first() } else { None });
    let of_contact = |pointer| contact.and_then(|contact| text_at(contact, pointer));
    let digits = from.or_else(|| of_contact("/wa_id")).filter(|text| is_wa_id(text));
    // Some payloads put the user id where the number was.
    let bsuid = user.or_else(|| of_contact("/user_id")).or(from).and_then(Bsuid::parse);
    Sender {
        wa_id: digits.map(ToOwned::to_owned),
        bsuid,
        profile_name: of_contact("/profile/name").or_else(|| of_contact("/profile/username")).map(ToOwned::to_owned),
    }
}

fn is_wa_id(text: &str) -> bool {
    (5..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
