//! The operations of the API that write, as their handlers do them.

pub(crate) mod send_message;
pub(crate) mod send_template;
pub(crate) mod switch_responder;
