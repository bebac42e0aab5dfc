//! Reading the lines of a table.

use crate::hash::Map;
use crate::phrase::{
    Mistake, Problem,
    graph::{Graph, NodeId, ROOT, Step},
    vocabulary::{SetId, WordId},
};

const LONGEST_GAP: u32 = 8;

/// A table while it is read.
#[derive(Debug)]
pub(super) struct Parser {
    graph: Graph,
    /// Where an element leads from a node: the same element of the same node is only built once.
    built: Map<(NodeId, &'static str), NodeId>,
    sets: Map<&'static str, Vec<&'static str>>,
    set_steps: Map<&'static str, Step>,
    word_sets: Map<&'static str, SetId>,
    endings: Map<&'static str, Vec<&'static str>>,
    /// The rule that lines belong to, or why they cannot.
    rule: Result<u32, Problem>,
    mistakes: Vec<Mistake>,
}

impl Parser {
    /// A parser with room for what so many bytes of a table may say.
    pub(super) fn for_source(bytes: usize) -> Self {
        let mut parser = Self {
            graph: Graph::for_source(bytes),
            built: Map::default(),
            sets: Map::default(),
            set_steps: Map::default(),
            word_sets: Map::default(),
            endings: Map::default(),
            rule: Err(Problem::NoRule),
            mistakes: Vec::new(),
        };
        parser.built.reserve(bytes / 10);
        parser.word_sets.reserve(bytes / 32);
        parser
    }

    /// What stands between the brackets of a line that begins a rule.
    #[expect(clippy::unused_self, reason = "the parser knows the syntax, callers only the line")]
    pub(super) fn rule_of(&self, line: &'static str) -> Option<&'static str> {
        line.trim().strip_prefix('[')?.strip_suffix(']')
    }

    /// The lines from here on belong to this rule.
    pub(super) fn begin(&mut self, line: &'static str, rule: Option<usize>) {
        self.rule = rule.and_then(|rule| u32::try_from(rule).ok()).ok_or(Problem::UnknownRule);
        if rule.is_none() {
            self.mistakes.push(Mistake { line, problem: Problem::UnknownRule });
        }
    }

    /// Reads one line that begins no rule.
    pub(super) fn read(&mut self, line: &'static str) {
        let line = line.trim();
        if line.is_empty() || line.starts_with("# ") || line == "#" {
            return;
        }
        let read = match line.split_once(" = ") {
            Some((name, endings)) if name.starts_with('~') => {
                self.endings.insert(
                    name,
                    endings.split_ascii_whitespace().map(|end| if end == "-" { "" } else { end }).collect(),
                );
                Ok(())
            }
            Some((name, words)) if name.starts_with('@') => {
                self.sets.entry(name).or_default().extend(words.split(" | ").map(str::trim));
                Ok(())
            }
            _ => self.read_phrase(line),
        };
        if let Err(problem) = read {
            self.mistakes.push(Mistake { line, problem });
        }
    }

    pub(super) fn finish(mut self) -> (Graph, Vec<Mistake>) {
        self.graph.index();
        (self.graph, self.mistakes)
    }

    fn read_phrase(&mut self, line: &'static str) -> Result<(), Problem> {
        let rule = self.rule?;
        let first = line
            .split_ascii_whitespace()
            .find(|element| !element.starts_with(['!', '^']))
            .ok_or(Problem::NoFirstWord)?;
        if first.ends_with('?') || first.starts_with("..") || first == "$" {
            return Err(Problem::NoFirstWord);
        }
        let end = self.sequence(ROOT, line)?;
        self.graph.end(end, Step::Rule(rule));
        Ok(())
    }

    /// Leads from a node along elements to where they end.
    fn sequence(&mut self, from: NodeId, elements: &'static str) -> Result<NodeId, Problem> {
        let mut at = from;
        for element in elements.split_ascii_whitespace() {
            let known = self.built.get(&(at, element)).copied();
            at = match known {
                Some(next) => next,
                None => self.build(at, element)?,
            };
        }
        Ok(at)
    }

    fn build(&mut self, from: NodeId, element: &'static str) -> Result<NodeId, Problem> {
        let to = self.graph.add_node();
        self.built.insert((from, element), to);
        let plain = match element.strip_suffix('?') {
            Some(plain) => {
                self.graph.connect(from, Step::Free, to);
                plain
            }
            None => element,
        };
        let condition = self.condition(from, plain)?;
        match condition {
            Some(step) => self.graph.connect(from, step, to),
            None => self.choice(from, plain, to)?,
        }
        Ok(to)
    }

    /// `..2` and `!a|b`.
    fn condition(&mut self, from: NodeId, element: &'static str) -> Result<Option<Step>, Problem> {
        if let Some(length) = element.strip_prefix("..") {
            let length = length.parse().ok().filter(|n| (1..=LONGEST_GAP).contains(n)).ok_or(Problem::BadGap)?;
            return Ok(Some(Step::Gap(length)));
        }
        let Some(words) = element.strip_prefix('!') else { return Ok(None) };
        let words = self.set(words)?;
        Ok(Some(if from == ROOT { Step::NotBefore(words) } else { Step::NotNext(words) }))
    }

    /// One way for each alternative of `a|@set|#|$`; words share a single step.
    fn choice(&mut self, from: NodeId, element: &'static str, to: NodeId) -> Result<(), Problem> {
        let only_words = !element.bytes().any(|byte| matches!(byte, b'@' | b'#' | b'^' | b'$' | b'_'));
        if only_words {
            let set = self.set(element)?;
            self.graph.connect(from, Step::Word(set), to);
            return Ok(());
        }
        let mut words = Vec::new();
        for alternative in element.split('|') {
            match alternative {
                _ if alternative.starts_with('#') => {
                    let (least, most) = range(alternative).ok_or(Problem::BadNumber)?;
                    self.graph.connect(from, Step::Number(least, most), to);
                }
                "^" | "$" => self.graph.connect(from, Step::Border, to),
                _ if alternative.starts_with('@') => self.build_set(from, alternative, to)?,
                _ if alternative.contains('_') => self.joined(from, alternative, to)?,
                _ => words.extend(self.words(alternative)?),
            }
        }
        self.connect_words((from, to), element, words);
        Ok(())
    }

    /// `wake_up`: several words as one alternative.
    fn joined(&mut self, from: NodeId, alternative: &'static str, to: NodeId) -> Result<(), Problem> {
        let mut at = from;
        for word in alternative.split('_') {
            let set = self.set(word)?;
            let next = self.graph.add_node();
            self.graph.connect(at, Step::Word(set), next);
            at = next;
        }
        self.graph.connect(at, Step::Free, to);
        Ok(())
    }

    fn connect_words(&mut self, (from, to): (NodeId, NodeId), name: &'static str, words: Vec<WordId>) {
        if words.is_empty() {
            return;
        }
        let set = match self.word_sets.get(name) {
            Some(set) => *set,
            None => self.graph.vocabulary.keep(words),
        };
        self.word_sets.insert(name, set);
        self.graph.connect(from, Step::Word(set), to);
    }

    /// A set is built once: as a set of words, or as a graph of its own.
    fn build_set(&mut self, from: NodeId, name: &'static str, to: NodeId) -> Result<(), Problem> {
        let step = match self.set_steps.get(name) {
            Some(step) => *step,
            None => self.new_set(name)?,
        };
        self.graph.connect(from, step, to);
        Ok(())
    }

    fn new_set(&mut self, name: &'static str) -> Result<Step, Problem> {
        let alternatives = self.sets.get(name).cloned().ok_or(Problem::Undefined)?;
        let words = alternatives.iter().filter(|alternative| !is_phrase(alternative));
        let words = words.map(|alternative| self.words(alternative)).collect::<Result<Vec<_>, _>>()?.concat();
        let step = if alternatives.iter().any(|alternative| is_phrase(alternative)) {
            let start = self.graph.add_node();
            let set = self.graph.add_set(start);
            for alternative in alternatives.iter().filter(|alternative| is_phrase(alternative)) {
                let end = self.sequence(start, alternative)?;
                self.graph.end(end, Step::SetEnd);
            }
            let end = self.graph.add_node();
            self.graph.end(end, Step::SetEnd);
            self.connect_words((start, end), name, words);
            set
        } else {
            Step::Word(self.graph.vocabulary.keep(words))
        };
        self.set_steps.insert(name, step);
        Ok(step)
    }

    fn set(&mut self, alternatives: &'static str) -> Result<SetId, Problem> {
        if let Some(set) = self.word_sets.get(alternatives) {
            return Ok(*set);
        }
        let words = if alternatives.starts_with('@') {
            let named = self.sets.get(alternatives).cloned().ok_or(Problem::Undefined)?;
            named.into_iter().map(|words| self.words(words)).collect::<Result<Vec<_>, _>>()?.concat()
        } else {
            self.words(alternatives)?
        };
        let set = self.graph.vocabulary.keep(words);
        self.word_sets.insert(alternatives, set);
        Ok(set)
    }

    /// The numbers of `a|b~v|c*`.
    fn words(&mut self, alternatives: &'static str) -> Result<Vec<WordId>, Problem> {
        let mut words = Vec::with_capacity(alternatives.len() / 5 + 1);
        let mut spelled = String::new();
        for word in alternatives.split('|') {
            let (stem, class) = word.find('~').and_then(|at| word.split_at_checked(at)).unwrap_or((word, ""));
            if !is_word(stem) {
                return Err(Problem::BadWord);
            }
            if class.is_empty() {
                words.push(self.graph.vocabulary.number(stem));
                continue;
            }
            let endings = self.endings.get(class).ok_or(Problem::Undefined)?;
            words.extend(endings.iter().map(|end| self.graph.vocabulary.with_ending((stem, end), &mut spelled)));
        }
        Ok(words)
    }
}

/// `#` is any number, `#10-` one from 10 on, `#20-40` one between.
fn range(element: &str) -> Option<(u32, u32)> {
    let Some((least, most)) = element.strip_prefix('#')?.split_once('-') else {
        return (element == "#").then_some((0, u32::MAX));
    };
    Some((least.parse().ok()?, if most.is_empty() { u32::MAX } else { most.parse().ok()? }))
}

/// Whether an alternative of a set needs a graph.
fn is_phrase(alternative: &str) -> bool {
    alternative.contains([' ', '@', '#', '!', '_'])
}

/// Letters as a text is read: lower case, without accents; digits and the possessive 's may occur, pictures too.
fn is_word(stem: &str) -> bool {
    let stem = stem.strip_suffix('*').unwrap_or(stem);
    if !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return true;
    }
    let letter =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '\'' || (!c.is_ascii() && !c.is_alphabetic());
    !stem.is_empty() && stem.chars().all(letter)
}
