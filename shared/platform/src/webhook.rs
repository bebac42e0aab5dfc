//! Telling other systems: what is told, how it is signed, and where it may go (external contracts, section 4).

pub mod payload;
