//! The digests by which an SDK checks that a message arrived as it was sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};

use super::message_attributes::MessageAttributes;

const TEXT: u8 = 1;
const BINARY: u8 = 2;

/// The MD5 of a body in hexadecimal, as in `MD5OfMessageBody` and in the `md5OfBody` of a Lambda event.
#[must_use]
pub fn md5_hex(bytes: &[u8]) -> String {
    hexadecimal(Md5::new_with_prefix(bytes))
}

/// AWS documents this encoding: names in order, every part preceded by its length in four bytes, one byte for the kind
/// of value. `None` without attributes, for SQS then leaves the digest out.
pub(super) fn md5_of_attributes(attributes: &MessageAttributes) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut digest = Md5::new();
    for (name, attribute) in attributes {
        add(&mut digest, name.as_bytes());
        add(&mut digest, attribute.data_type.as_bytes());
        if let Some(text) = &attribute.string_value {
            digest.update([TEXT]);
            add(&mut digest, text.as_bytes());
        } else if let Some(encoded) = &attribute.binary_value {
            digest.update([BINARY]);
            add(&mut digest, &STANDARD.decode(encoded).unwrap_or_default());
        }
    }
    Some(hexadecimal(digest))
}

fn add(digest: &mut Md5, part: &[u8]) {
    digest.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
    digest.update(part);
}

fn hexadecimal(digest: Md5) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
