//! Telling other systems: what is told, how it is signed, and the way there (external contracts, section 4).

pub mod canonical;
pub mod payload;
pub mod request;
pub mod sender;
pub mod signature;
