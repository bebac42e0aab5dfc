//! WhatsApp Business Cloud API: what we send, what Meta sends us. Sources: `external-contracts.md` section 1, from
//! Meta's OpenAPI file v23.0 and the platform pages of mid-2026.

pub mod envelope;
pub mod graph;
pub mod media;
pub mod signature;
pub mod wire;
