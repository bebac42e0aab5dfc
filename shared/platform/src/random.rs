//! The product's randomness. Nothing else draws random bits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where random bits come from.
#[derive(Debug, Clone)]
pub enum Random {
    /// The operating system.
    System,
    /// A seeded sequence (`SplitMix64`): for tests, never for anything that must not be guessed.
    Seeded(Arc<AtomicU64>),
}

impl Random {
    /// A sequence that is the same for the same seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(AtomicU64::new(seed)))
    }

    /// 64 random bits.
    #[must_use]
    pub fn bits(&self) -> u64 {
        match self {
            Self::System => system(),
            Self::Seeded(state) => {
                const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
                mixed(state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP))
            }
        }
    }

    /// 128 random bits.
    #[must_use]
    pub fn wide(&self) -> u128 {
        (u128::from(self.bits()) << 64) | u128::from(self.bits())
    }

    /// The random bits of a new thread: its number and its public id.
    #[must_use]
    pub fn for_thread(&self) -> (u32, u128) {
        (u32::try_from(self.bits() >> 32).unwrap_or(u32::MAX), self.wide())
    }

    /// 32 random hexadecimal digits, for request ids and transaction tokens.
    #[must_use]
    pub fn hex(&self) -> String {
        format!("{:032x}", self.wide())
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that draws random bits")]
fn system() -> u64 {
    let mut bytes = [0; 8];
    // Without randomness there are no ids and no secrets: nothing can go on.
    #[expect(clippy::expect_used, reason = "an operating system without randomness cannot run the product")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bits");
    u64::from_le_bytes(bytes)
}

/// The output function of `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
fn mixed(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
