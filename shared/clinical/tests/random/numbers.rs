//! Numbers that look random and are the same in every run.

/// Xorshift.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 40).unwrap_or(0) % limit
    }

    /// Bytes as they come, read as text.
    pub(crate) fn noise(&mut self) -> String {
        let bytes: Vec<u8> = (0..self.below(120)).map(|_| u8::try_from(self.below(256)).unwrap_or(0)).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Some of these words, in any order and as often as they come.
    pub(crate) fn pick<'a>(&mut self, words: &[&'a str]) -> Vec<&'a str> {
        (0..self.below(40)).filter_map(|_| words.get(self.below(words.len())).copied()).collect()
    }
}
