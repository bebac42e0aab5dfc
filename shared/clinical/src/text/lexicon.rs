//! The words that a disguised spelling may be read as, in a trie. See `data/lexicon.txt`.

use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../data/lexicon.txt")));

/// Disguised words longer than this are left alone; the longest entry has 12 letters.
const LONGEST: usize = 40;

/// How a word may be found.
pub(super) mod usage {
    /// In any disguise.
    pub(in crate::text) const HIDDEN: u8 = 1;
    /// Broken in two as well, although it is short.
    pub(in crate::text) const FRAGILE: u8 = 2;
    /// Between hidden words.
    pub(in crate::text) const PLAIN: u8 = 4;
    /// Never: it is an ordinary word.
    pub(in crate::text) const LEFT: u8 = 8;
}

/// One character of a disguised word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// This letter.
    Letter(char),
    /// One of two letters: `1` is an i or an l.
    Either(char, char),
    /// Any letter or none: `k*ll`, `kill*`.
    Any,
    /// Nothing: a full stop or picture inside a word.
    Nothing,
}

/// A node: its letter, first child, next sibling, parent, and what the word that ends here may be used for.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    letter: char,
    child: u16,
    sibling: u16,
    parent: u16,
    usage: u8,
    language: u8,
}

/// All words.
#[derive(Debug)]
pub(super) struct Lexicon {
    nodes: Vec<Node>,
    /// The children of the root, by letter: every look-up begins there.
    first: [u16; 26],
}

/// The lexicon, read on first use.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn parse(data: &str) -> Self {
        let mut lexicon = Self { nodes: vec![Node::default()], first: [0; 26] };
        for (head, words) in data.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'))
        {
            let usage = if head.starts_with("hidden") {
                usage::HIDDEN
            } else if head.starts_with("fragile") {
                usage::FRAGILE
            } else if head.starts_with("plain") {
                usage::PLAIN
            } else {
                usage::LEFT
            };
            let language = language_of(head);
            for word in words.split_whitespace() {
                lexicon.add(word, usage, language);
            }
        }
        for child in lexicon.children(0).collect::<Vec<_>>() {
            let letter = lexicon.node(child).letter;
            if let Some(first) = alphabet(letter).and_then(|at| lexicon.first.get_mut(at)) {
                *first = number(child);
            }
        }
        lexicon
    }

    fn add(&mut self, word: &str, usage: u8, language: u8) {
        let mut at = 0;
        for letter in word.chars() {
            at = self.child(at, letter).unwrap_or_else(|| self.grow(at, letter));
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.usage |= usage;
            node.language |= language;
        }
    }

    fn grow(&mut self, parent: usize, letter: char) -> usize {
        let new = self.nodes.len();
        let sibling =
            self.nodes.get_mut(parent).map(|node| std::mem::replace(&mut node.child, number(new))).unwrap_or_default();
        self.nodes.push(Node { letter, sibling, parent: number(parent), ..Node::default() });
        new
    }

    fn node(&self, at: usize) -> Node {
        self.nodes.get(at).copied().unwrap_or_default()
    }

    fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = self.node(at).child;
        std::iter::from_fn(move || {
            let current = usize::from(next);
            next = self.node(current).sibling;
            (current != 0).then_some(current)
        })
    }

    fn child(&self, at: usize, letter: char) -> Option<usize> {
        let indexed =
            alphabet(letter).filter(|_| at == 0).and_then(|at| self.first.get(at)).filter(|first| **first != 0);
        match indexed {
            Some(first) => Some(usize::from(*first)),
            None => self.children(at).find(|child| self.node(*child).letter == letter),
        }
    }

    /// What this word, spelled as it is, may be used for; 0 when it is not listed.
    pub(super) fn usage(&self, mut word: impl Iterator<Item = char>) -> u8 {
        let end = word.try_fold(0, |at, letter| self.child(at, letter));
        end.map(|at| self.node(at).usage).unwrap_or_default()
    }

    /// Whether a listed word is the beginning of this one.
    pub(super) fn begins(&self, word: &str) -> bool {
        let path = word.chars().scan(0, |at, letter| {
            *at = self.child(*at, letter)?;
            Some(*at)
        });
        path.into_iter().any(|at| self.node(at).usage != 0)
    }

    /// The longest listed word of this usage that the signs can be read as. Repeated letters count once or twice.
    pub(super) fn resolve(&self, signs: &[Sign], usage: u8) -> Option<String> {
        if signs.len() > LONGEST {
            return None;
        }
        let mut states = vec![0];
        for sign in signs {
            states = self.step(&states, *sign);
            if states.is_empty() {
                return None;
            }
        }
        let words = states.into_iter().filter(|at| self.node(*at).usage & usage != 0).map(|at| self.spell(at));
        words.max_by(|a, b| a.len().cmp(&b.len()).then(b.cmp(a)))
    }

    fn step(&self, states: &[usize], sign: Sign) -> Vec<usize> {
        let mut next = Vec::new();
        for at in states {
            match sign {
                Sign::Nothing => next.push(*at),
                Sign::Any => next.extend(std::iter::once(*at).chain(self.children(*at))),
                Sign::Letter(a) => self.advance(*at, a, &mut next),
                Sign::Either(a, b) => {
                    self.advance(*at, a, &mut next);
                    self.advance(*at, b, &mut next);
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        next
    }

    fn advance(&self, at: usize, letter: char, next: &mut Vec<usize>) {
        next.extend(self.child(at, letter));
        if at != 0 && self.node(at).letter == letter {
            next.push(at);
        }
    }

    fn spell(&self, at: usize) -> String {
        let up =
            std::iter::successors(Some(at), |at| Some(usize::from(self.node(*at).parent))).take_while(|at| *at != 0);
        let letters: Vec<char> = up.map(|at| self.node(at).letter).collect();
        letters.into_iter().rev().collect()
    }

    /// Cuts letters that were run together, or spaced apart, into listed words of one language, of which at least one is
    /// hidden: the lengths of the fewest words that cover all letters but at most the first `skip`.
    pub(super) fn segment(&self, letters: &[char], skip: usize) -> Option<(usize, Vec<usize>)> {
        [1, 2, 4].into_iter().find_map(|language| self.segment_in(letters, skip, language))
    }

    fn segment_in(&self, letters: &[char], skip: usize, language: u8) -> Option<(usize, Vec<usize>)> {
        let mut best: Vec<Option<Cut>> = vec![None; letters.len()];
        best.push(Some(Cut::default()));
        for start in (0..letters.len()).rev() {
            let cut = self.longest_cut(letters.get(start..)?, best.get(start + 1..)?, language);
            *best.get_mut(start)? = cut;
        }
        let found = |start: &usize| best.get(*start).copied().flatten().is_some_and(|cut| cut.hidden);
        let first = (0..=skip.min(letters.len())).find(found)?;
        let mut lengths = Vec::new();
        let mut at = first;
        while let Some(cut) = best.get(at).copied().flatten().filter(|cut| cut.length > 0) {
            lengths.push(cut.length);
            at += cut.length;
        }
        Some((first, lengths))
    }

    /// The best first word of the rest: hidden words somewhere behind it count first, then the fewest words.
    fn longest_cut(&self, rest: &[char], behind: &[Option<Cut>], language: u8) -> Option<Cut> {
        let mut at = 0;
        let mut best: Option<Cut> = None;
        for (length, (letter, after)) in rest.iter().zip(behind).enumerate() {
            let Some(next) = self.child(at, *letter) else { break };
            at = next;
            let node = self.node(at);
            if let Some(after) = after.filter(|_| node.usage & !usage::LEFT != 0 && node.language & language != 0) {
                let hidden = after.hidden || node.usage & usage::HIDDEN != 0;
                let cut = Cut { length: length + 1, words: after.words + 1, hidden };
                if best.is_none_or(|old| (cut.hidden, old.words) > (old.hidden, cut.words)) {
                    best = Some(cut);
                }
            }
        }
        best
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Cut {
    length: usize,
    words: usize,
    hidden: bool,
}

/// The number of a node; a lexicon that outgrows it reads its words as they are written.
fn number(node: usize) -> u16 {
    u16::try_from(node).unwrap_or_default()
}

fn alphabet(letter: char) -> Option<usize> {
    u32::from(letter).checked_sub(u32::from('a')).and_then(|at| usize::try_from(at).ok()).filter(|at| *at < 26)
}

fn language_of(head: &str) -> u8 {
    match head.split_whitespace().nth(1) {
        Some("en") => 1,
        Some("es") => 2,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(letters: &str, skip: usize) -> Option<Vec<String>> {
        let letters: Vec<char> = letters.chars().collect();
        let (mut at, lengths) = lexicon().segment(&letters, skip)?;
        let word = |length: usize| {
            at += length;
            letters[at - length..at].iter().collect()
        };
        Some(lengths.into_iter().map(word).collect())
    }

    #[test]
    fn letters_are_cut_into_the_fewest_words() {
        assert_eq!(cut("iwanttodie", 0).unwrap(), ["i", "want", "to", "die"]);
        assert_eq!(cut("quieromorir", 0).unwrap(), ["quiero", "morir"]);
        assert_eq!(cut("xkillme", 1).unwrap(), ["kill", "me"]);
        assert_eq!(cut("xkillme", 0), None);
        assert_eq!(cut("wantto", 0), None, "nothing hidden in it");
        assert_eq!(cut("ladies", 0), None, "two languages");
    }

    #[test]
    fn disguises_are_read_as_listed_words_only() {
        let read = |signs: &[Sign]| lexicon().resolve(signs, usage::HIDDEN);
        let letters = |word: &str| word.chars().map(Sign::Letter).collect::<Vec<_>>();
        assert_eq!(read(&letters("kiiiillll")), Some("kill".into()));
        assert_eq!(read(&letters("diieee")), Some("die".into()));
        assert_eq!(read(&letters("feeever")), None);
        assert_eq!(
            read(&[Sign::Letter('k'), Sign::Either('i', 'l'), Sign::Any, Sign::Letter('l')]),
            Some("kill".into())
        );
        assert_eq!(lexicon().usage("kill".chars()), usage::HIDDEN | usage::FRAGILE);
        assert_eq!(lexicon().usage("kil".chars()), 0);
    }
}
