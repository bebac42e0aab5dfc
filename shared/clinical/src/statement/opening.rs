//! Where a statement begins in speech without marks.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::token::{Break, Token};

type Words = LazyLock<HashSet<&'static str>>;

fn words(list: &'static str) -> HashSet<&'static str> {
    list.split(' ').collect()
}

/// Words that begin a statement wherever they stand.
const BREATHS: [&str; 9] = ["okay", "ok", "alright", "anyway", "hmm", "bueno", "vale", "entonces", "otherwise"];

/// Subjects.
static SUBJECTS: Words =
    LazyLock::new(|| words("i we you he she it they there that this let these those yo nosotros usted ella"));

/// Verbs that follow a subject at the beginning of a statement.
static VERBS: Words = LazyLock::new(|| {
    words(
        "am are is was were will would want do did does have had has think know can could need should like just \
    also may might went saw feel felt take took got get see use used started noticed 's me us mean guess \
    believe hope understand remember looks seems sounds still never really appreciate reviewed ordered \
    recommend suggest wonder usually try tried definitely probably only agree quiero voy",
    )
});

/// Words behind which a subject belongs to what is being said: "what I want", "the pain that I have", "I think it is".
static HOLDING: Words = LazyLock::new(|| {
    words(
        "that what if when because as than where who which how why while since until think know say says said \
    guess believe sure so and but or told make see feel hope wish everything anything all way time the a for \
    to of with on in at do did does are is am were was can could will would should have has had whatever \
    whenever before after once unless though although whether mean notice noticed remember not like cause let \
    from by about my your his her wherever every each something things thing case hopefully maybe actually \
    then now well may might understand wonder show means suggest recommend help glad happy okay alright um uh \
    que si cuando",
    )
});

/// Verbs that stand before their subject in a question.
const ASKING: [&str; 14] =
    ["do", "did", "does", "are", "is", "have", "has", "can", "could", "would", "will", "was", "were", "should"];

/// What a clinician has a patient do.
const SENDING: [&str; 22] = [
    "come", "use", "check", "start", "take", "see", "do", "go", "try", "return", "follow", "increase", "meet", "get",
    "stop", "call", "schedule", "keep", "continue", "make", "sign", "wear",
];

/// Words that ask, before anything else.
const QUESTIONS: [&str; 16] = [
    "how", "what", "when", "where", "who", "why", "any", "which", "como", "cuando", "donde", "cual", "cuanto",
    "cuantos", "alguna", "algun",
];

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map(|token| token.word.as_str()).unwrap_or_default()
}

fn before(tokens: &[Token], at: usize, back: usize) -> &str {
    at.checked_sub(back).map(|at| word(tokens, at)).unwrap_or_default()
}

fn begins_clause(tokens: &[Token], at: usize) -> bool {
    let is_one = tokens.get(at + 1).is_some_and(|token| token.before != Break::Sentence);
    is_one && SUBJECTS.contains(word(tokens, at)) && VERBS.contains(word(tokens, at + 1))
}

/// Whether a statement begins with this token, which is not the first of its sentence.
pub(super) fn opens(tokens: &[Token], start: usize, at: usize) -> bool {
    let (this, next) = (word(tokens, at), word(tokens, at + 1));
    let last = before(tokens, at, 1);
    if BREATHS.contains(&this) || (this == "all" && next == "right") {
        // "is that okay", "okay okay", "feel okay"
        let is_last = tokens.get(at + 1).is_none_or(|next| next.before == Break::Sentence);
        return !is_last
            && !matches!(last, "is" | "be" | "are" | "that" | "it" | "feel" | "feeling" | "doing" | "look" | "looks")
            && !BREATHS.contains(&last);
    }
    match this {
        "and" | "so" | "but" | "then" | "now" | "y" | "pero" | "because" => joins(tokens, at),
        "for" | "on" | "in" | "as" | "regarding" => is_heading(tokens, at),
        _ if HOLDING.contains(last) || is_under_heading(tokens, start, at) => false,
        _ if tokens.get(at).is_some_and(|token| token.before == Break::Comma) && !begins_clause(tokens, at) => false,
        _ => begins_clause(tokens, at) || inverted(tokens, at),
    }
}

/// "and then", "so I", "but the": a conjunction before a new subject.
fn joins(tokens: &[Token], at: usize) -> bool {
    let (this, next) = (word(tokens, at), word(tokens, at + 1));
    let last = before(tokens, at, 1);
    if matches!(last, "and" | "or" | "but" | "so" | "if" | "not" | "think" | "that" | "even") {
        return false;
    }
    const BETWEEN: [&str; 14] = [
        "also",
        "then",
        "now",
        "actually",
        "sometimes",
        "usually",
        "so",
        "again",
        "um",
        "uh",
        "maybe",
        "lastly",
        "finally",
        "today",
    ];
    let subject = begins_clause(tokens, at + 1) || (BETWEEN.contains(&next) && begins_clause(tokens, at + 2));
    match this {
        "and" => subject || matches!(next, "then" | "so") || is_heading(tokens, at + 1),
        "y" => subject || matches!(next, "me" | "le" | "luego" | "no" | "tambien" | "ya" | "vamos" | "tengo" | "tiene"),
        "so" => subject || is_heading(tokens, at + 1) || matches!(next, "the" | "your" | "my" | "what" | "let"),
        "then" | "now" => subject || is_heading(tokens, at + 1),
        "pero" => true,
        "but" => subject || SUBJECTS.contains(next) || matches!(next, "the" | "your" | "my"),
        _ => subject,
    }
}

/// "do you", "have you had", "is there": a verb before its subject, or a word that asks.
fn inverted(tokens: &[Token], at: usize) -> bool {
    let (this, next) = (word(tokens, at), word(tokens, at + 1));
    // "how bad is it": the verb belongs to the word that asks.
    if (1..=2).any(|back| matches!(before(tokens, at, back), "how" | "what" | "which" | "where" | "when")) {
        return false;
    }
    let subject = matches!(next, "you" | "your" | "it" | "there" | "he" | "she" | "they" | "that" | "usted");
    // "have you come back" sends, "have you had" asks.
    let sends = this == "have" && SENDING.contains(&word(tokens, at + 2));
    (ASKING.contains(&this) && subject && !sends) || (matches!(this, "how" | "what") && ASKING.contains(&next))
}

/// Whether the words from a token on are still the heading of what follows them.
pub(super) fn is_under_heading(tokens: &[Token], start: usize, at: usize) -> bool {
    at < start + LONGEST_HEADING && (start..start + 3).any(|begin| is_heading(tokens, begin))
}

/// Words that a heading has at most, with fillers before it.
const LONGEST_HEADING: usize = 10;

/// "for your second problem", "on your lung exam", "in terms of", "as far as": what the words behind are about.
fn is_heading(tokens: &[Token], at: usize) -> bool {
    const HEADS: [&str; 12] = [
        "problem",
        "issue",
        "exam",
        "examination",
        "concern",
        "standpoint",
        "terms",
        "regards",
        "regard",
        "far",
        "diagnosis",
        "condition",
    ];
    let own = matches!(word(tokens, at + 1), "your" | "the" | "my" | "terms" | "regards" | "regard" | "far" | "you");
    matches!(word(tokens, at), "for" | "on" | "in" | "as" | "from")
        && own
        && (1..=5).any(|ahead| HEADS.contains(&word(tokens, at + ahead)))
}

/// Whether the words of a statement ask.
pub(super) fn asks(run: &[Token]) -> bool {
    const FILLERS: [&str; 15] =
        ["okay", "ok", "and", "so", "um", "uh", "well", "now", "alright", "but", "then", "all", "right", "y", "pues"];
    let start = run.iter().take_while(|token| FILLERS.contains(&token.word.as_str())).count();
    let first = word(run, start);
    inverted(run, start) || (QUESTIONS.contains(&first) && !matches!(word(run, start + 1), "i" | "we"))
}
