//! Reading the lines of a table.

use std::collections::HashMap;

use crate::phrase::{
    Mistake, Problem,
    graph::{Graph, NodeId, Step},
    vocabulary::{SetId, WordId},
};

const LONGEST_GAP: usize = 8;

/// A table while it is read.
#[derive(Debug)]
pub(super) struct Parser {
    graph: Graph,
    /// Where an element leads from a node: the same element of the same node is only built once.
    built: HashMap<(NodeId, &'static str), NodeId>,
    sets: HashMap<&'static str, Vec<&'static str>>,
    word_sets: HashMap<&'static str, SetId>,
    endings: HashMap<&'static str, Vec<&'static str>>,
    /// The rule that lines belong to, or why they cannot.
    rule: Result<usize, Problem>,
    mistakes: Vec<Mistake>,
}

impl Default for Parser {
    fn default() -> Self {
        let mut graph = Graph::default();
        graph.add_node();
        Self {
            graph,
            built: HashMap::new(),
            sets: HashMap::new(),
            word_sets: HashMap::new(),
            endings: HashMap::new(),
            rule: Err(Problem::NoRule),
            mistakes: Vec::new(),
        }
    }
}

impl Parser {
    /// What stands between the brackets of a line that begins a rule.
    #[expect(clippy::unused_self, reason = "the parser knows the syntax, callers only the line")]
    pub(super) fn rule_of(&self, line: &'static str) -> Option<&'static str> {
        line.trim().strip_prefix('[')?.strip_suffix(']')
    }

    /// The lines from here on belong to this rule.
    pub(super) fn begin(&mut self, line: &'static str, rule: Option<usize>) {
        self.rule = rule.ok_or(Problem::UnknownRule);
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
                self.endings
                    .insert(name, endings.split_whitespace().map(|end| if end == "-" { "" } else { end }).collect());
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
        let first =
            line.split_whitespace().find(|element| !element.starts_with(['!', '^'])).ok_or(Problem::NoFirstWord)?;
        if first.ends_with('?') || first.starts_with("..") || first == "$" {
            return Err(Problem::NoFirstWord);
        }
        let end = self.sequence(0, line)?;
        self.graph.end(end, rule);
        Ok(())
    }

    /// Leads from a node along elements to where they end.
    fn sequence(&mut self, from: NodeId, elements: &'static str) -> Result<NodeId, Problem> {
        let mut at = from;
        for element in elements.split_whitespace() {
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
        if plain.starts_with('@') && !plain.contains('|') {
            self.build_set(from, plain, to)?;
            return Ok(to);
        }
        let step = self.step(from, plain)?;
        self.graph.connect(from, step, to);
        Ok(to)
    }

    /// One way for each alternative; alternatives of one word share a single step.
    fn build_set(&mut self, from: NodeId, name: &'static str, to: NodeId) -> Result<(), Problem> {
        let alternatives = self.sets.get(name).cloned().ok_or(Problem::Undefined)?;
        let mut words: Vec<WordId> = Vec::new();
        for alternative in alternatives {
            if alternative.starts_with('@') && !alternative.contains(' ') {
                self.build_set(from, alternative, to)?;
            } else if alternative.contains([' ', '#', '!']) {
                let end = self.sequence(from, alternative)?;
                self.graph.connect(end, Step::Free, to);
            } else {
                words.extend(self.words(alternative)?);
            }
        }
        if !words.is_empty() {
            let set = match self.word_sets.get(name) {
                Some(set) => *set,
                None => self.graph.vocabulary.keep(words),
            };
            self.word_sets.insert(name, set);
            self.graph.connect(from, Step::Word(set), to);
        }
        Ok(())
    }

    fn step(&mut self, from: NodeId, element: &'static str) -> Result<Step, Problem> {
        Ok(match element {
            "#" => Step::Number,
            "^" | "$" => Step::Border,
            _ => match (element.strip_prefix(".."), element.strip_prefix('!')) {
                (Some(length), _) => {
                    Step::Gap(length.parse().ok().filter(|n| (1..=LONGEST_GAP).contains(n)).ok_or(Problem::BadGap)?)
                }
                (_, Some(words)) if from == 0 => Step::NotBefore(self.set(words)?),
                (_, Some(words)) => Step::NotNext(self.set(words)?),
                _ => Step::Word(self.set(element)?),
            },
        })
    }

    fn set(&mut self, alternatives: &'static str) -> Result<SetId, Problem> {
        if let Some(set) = self.word_sets.get(alternatives) {
            return Ok(*set);
        }
        let words = self.words(alternatives)?;
        let set = self.graph.vocabulary.keep(words);
        self.word_sets.insert(alternatives, set);
        Ok(set)
    }

    /// The numbers of `a|b~v|c*|@set`, of sets that have alternatives of one word only.
    fn words(&mut self, alternatives: &'static str) -> Result<Vec<WordId>, Problem> {
        let mut words = Vec::new();
        for word in alternatives.split('|') {
            if word.starts_with('@') {
                let named = self.sets.get(word).cloned().ok_or(Problem::Undefined)?;
                words.extend(named.into_iter().map(|word| self.words(word)).collect::<Result<Vec<_>, _>>()?.concat());
                continue;
            }
            let (stem, class) = word.find('~').and_then(|at| word.split_at_checked(at)).unwrap_or((word, ""));
            if !is_word(stem) {
                return Err(Problem::BadWord);
            }
            if class.is_empty() {
                words.push(self.graph.vocabulary.number(stem));
                continue;
            }
            let endings = self.endings.get(class).ok_or(Problem::Undefined)?;
            words.extend(endings.iter().map(|end| self.graph.vocabulary.number(&format!("{stem}{end}"))));
        }
        Ok(words)
    }
}

/// Letters as a text is read: lower case, without accents; digits and the possessive 's may occur, pictures too.
fn is_word(stem: &str) -> bool {
    let stem = stem.strip_suffix('*').unwrap_or(stem);
    let letter =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '\'' || (!c.is_ascii() && !c.is_alphabetic());
    !stem.is_empty() && stem.chars().all(letter)
}
