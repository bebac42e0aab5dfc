//! What several functions do with a thread: the steps between their decisions and the store that are the same.

pub mod asked;
pub mod line;
pub mod media;
pub mod own;
pub mod recent;
pub mod refused;
pub mod send;
