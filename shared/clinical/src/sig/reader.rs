//! Reads an instruction from left to right.

use super::dose::{self, Amount, Strength};
use super::form::{self, Form};
use super::frequency::{self, Frequency};
use super::number::{self, Range};
use super::period::Unit;
use super::token::Tokens;
use super::{DayPart, Order, Sig, Step, as_needed, day_part, duration, limit, spelling};
use crate::drug::{Drug, DrugMention};
use crate::text::Text;

struct Reader<'a> {
    text: &'a str,
    tokens: Tokens,
    /// The names of drugs: first token and the one behind the last.
    drugs: Vec<(usize, usize)>,
    steps: Vec<Step>,
    step: Step,
    /// A number that may turn out to be an amount, when nothing else was counted.
    bare: Option<Amount>,
    order: Order,
}

const THEN: [(&str, ()); 10] = [
    ("then", ()),
    ("and then", ()),
    ("and than", ()),
    ("followed by", ()),
    ("thereafter", ()),
    ("after that", ()),
    ("luego", ()),
    ("y luego", ()),
    ("seguido de", ()),
    ("posteriormente", ()),
];

/// Words before a bare number that counts units.
const VERBS: [&str; 20] = [
    "administrar",
    "aplique",
    "apply",
    "chew",
    "dar",
    "dissolve",
    "give",
    "ingerir",
    "inhale",
    "inject",
    "insert",
    "place",
    "put",
    "take",
    "taking",
    "tk",
    "tomar",
    "tome",
    "usar",
    "use",
];

pub(super) fn read(text: &str) -> Sig {
    let mentions = Drug::find(&Text::read(text));
    let mut tokens = Tokens::of(text);
    tokens.correct(spelling::corrected);
    let places = |mention: &DrugMention| (tokens.at_byte(mention.span.start), tokens.at_byte(mention.span.end));
    let drugs = mentions.iter().map(places).collect();
    let mut reader =
        Reader { text, tokens, drugs, steps: Vec::new(), step: Step::default(), bare: None, order: Order::With };
    let mut at = 0;
    while at < reader.tokens.len() {
        at = reader.read_at(at).max(at + 1);
    }
    reader.close();
    Sig { drug: mentions.into_iter().next(), steps: reader.steps }
}

impl Reader<'_> {
    /// Reads what begins at a place, and says where to go on.
    fn read_at(&mut self, at: usize) -> usize {
        if let Some(behind) = dose::behind_drug(&self.drugs, at) {
            return behind;
        }
        if let Some(((), behind)) = self.tokens.longest(at, &THEN) {
            self.order = Order::Then;
            return behind;
        }
        limit::read(&self.tokens, at)
            .or_else(|| self.schedule(at))
            .or_else(|| self.strength(at))
            .or_else(|| self.frequency(at))
            .or_else(|| self.duration(at))
            .or_else(|| self.as_needed(at))
            .or_else(|| self.day_part(at))
            .or_else(|| self.amount(at))
            .or_else(|| self.bare_rate(at))
            .or_else(|| self.bare_number(at))
            .or_else(|| self.form_or_route(at))
            .or_else(|| self.indication(at))
            .unwrap_or(at + 1)
    }

    fn strength(&mut self, at: usize) -> Option<usize> {
        let (strength, behind) = dose::strength(&self.tokens, at, self.text)?;
        if self.step.strength.is_some() && self.step.frequency.is_some() {
            self.close();
        }
        self.step.strength.get_or_insert(strength);
        Some(behind)
    }

    fn frequency(&mut self, at: usize) -> Option<usize> {
        let (frequency, behind) = frequency::read(&self.tokens, at)?;
        // The day is one period; parts of it that were named before say when.
        match &mut self.step.frequency {
            None => self.step.frequency = Some(frequency),
            Some(known) if !known.when.is_empty() && known.unit == Unit::Day && is_of_parts(known) => {
                let when = std::mem::take(&mut known.when);
                let span = known.span.to(frequency.span);
                let counted = if frequency.times == Range::one(1.0) { known.times } else { frequency.times };
                *known = Frequency { when, span, times: counted, ..frequency };
            }
            Some(_) => {}
        }
        Some(behind)
    }

    fn day_part(&mut self, at: usize) -> Option<usize> {
        let (part, behind) = day_part::read(&self.tokens, at).or_else(|| self.clock(at))?;
        let span = self.tokens.span(at, behind);
        match &mut self.step.frequency {
            None => {
                let frequency = Frequency::new(Range::one(part.times()), Range::one(1.0), Unit::Day);
                self.step.frequency = Some(Frequency { when: vec![part], span, ..frequency });
            }
            // "every morning before meals" is once.
            Some(known) if part == DayPart::Meals && known.when.iter().any(|part| *part != DayPart::Bedtime) => {}
            Some(known) if !known.when.contains(&part) => {
                let summed = known.when.iter().map(|part| part.times()).sum::<f64>() + part.times();
                // "daily in the morning and evening" is twice; "twice daily with meals" and "daily with meals" are as they say.
                let counts = is_of_parts(known) || (known.times == Range::one(1.0) && part != DayPart::Meals);
                known.when.push(part);
                known.span = known.span.to(span);
                if counts && known.unit == Unit::Day && known.every == Range::one(1.0) && known.times.most < summed {
                    known.times = Range::one(summed);
                }
            }
            Some(_) => {}
        }
        Some(behind)
    }

    fn clock(&self, at: usize) -> Option<(DayPart, usize)> {
        let before = at.checked_sub(1)?;
        let follows = self.step.frequency.as_ref().is_some_and(|frequency| !frequency.when.is_empty());
        let is_clock =
            self.tokens.is_one_of(before, &["at"]) || (follows && self.tokens.is_one_of(before, &["and", "y"]));
        day_part::clock(&self.tokens, at).filter(|_| is_clock)
    }

    /// "1-0-1": so many in the morning, at noon and in the evening.
    fn schedule(&mut self, at: usize) -> Option<usize> {
        let (counts, behind) = frequency::schedule(&self.tokens, at)?;
        let taken: Vec<_> = counts.into_iter().filter(|count| *count > 0.0).collect();
        let most = taken.iter().copied().fold(0.0, f64::max);
        let span = self.tokens.span(at, behind);
        let times = Range::one(taken.iter().map(|_| 1.0).sum());
        self.count(Amount { count: Range::one(most), form: None, span });
        self.step.frequency.get_or_insert(Frequency { span, ..Frequency::new(times, Range::one(1.0), Unit::Day) });
        Some(behind)
    }

    fn duration(&mut self, at: usize) -> Option<usize> {
        let (duration, behind) = duration::read(&self.tokens, at)?;
        self.step.duration.get_or_insert(duration);
        Some(behind)
    }

    fn as_needed(&mut self, at: usize) -> Option<usize> {
        let (indication, behind) = as_needed::read(&self.tokens, at, self.text)?;
        self.step.as_needed.get_or_insert(self.tokens.span(at, behind));
        self.step.indication = self.step.indication.take().or(indication);
        Some(behind)
    }

    fn amount(&mut self, at: usize) -> Option<usize> {
        let (amount, behind) = dose::amount(&self.tokens, at, &self.drugs, self.text)?;
        self.count(amount);
        Some(behind)
    }

    /// A counted amount begins a new step when the one before has its amount and its times.
    fn count(&mut self, amount: Amount) {
        if self.step.amount.is_some() && (self.step.frequency.is_some() || self.order == Order::Then) {
            self.close();
        }
        if self.step.amount.is_none() {
            self.step.form = amount.form.or(self.step.form);
            self.step.amount = Some(amount);
        }
    }

    /// "2 daily" is two units once a day; "5 ml, 3/day" is three times a day.
    fn bare_rate(&mut self, at: usize) -> Option<usize> {
        let (count, unit, behind) = frequency::bare(&self.tokens, at)?;
        if self.order == Order::Then && self.step.amount.or(self.bare).is_some() {
            self.close();
        }
        let counted = self.step.amount.or(self.bare).is_some();
        let (times, amount) = if counted { (count, None) } else { (Range::one(1.0), Some(count)) };
        if let Some(count) = amount {
            self.step.amount = Some(Amount { count, form: None, span: self.tokens.span(at, at + 1) });
        }
        let span = self.tokens.span(at, behind);
        self.step.frequency.get_or_insert(Frequency { span, ..Frequency::new(times, Range::one(1.0), unit) });
        Some(behind)
    }

    /// "take 2", "1 BD", "1 codeine": a number that counts units which are not named. Right behind a drug it is the strength,
    /// "ibuprofen 600".
    fn bare_number(&mut self, at: usize) -> Option<usize> {
        let (count, behind) = number::read(&self.tokens, at)?;
        if dose::is_behind_drug(&self.drugs, at) {
            let span = self.tokens.span(at, behind);
            let strength = Strength { text: span.of(self.text).to_owned(), milligrams: None, span };
            self.step.strength.get_or_insert(strength);
            return Some(behind);
        }
        let before = at.checked_sub(1);
        let is_told = before.is_none_or(|before| {
            let is_form = form::form(&self.tokens, before).is_some();
            is_form || self.tokens.is_one_of(before, &VERBS) || self.tokens.is_mark(before, '.')
        });
        let is_drug = dose::behind_drug(&self.drugs, behind).is_some();
        let is_timed = frequency::read(&self.tokens, behind).is_some()
            || day_part::read(&self.tokens, behind).is_some()
            || frequency::bare(&self.tokens, behind).is_some();
        let amount = Amount { count, form: None, span: self.tokens.span(at, behind) };
        if is_drug || is_timed {
            self.count(amount);
        } else if is_told && self.bare.is_none() {
            self.bare = Some(amount);
        }
        Some(behind)
    }

    fn form_or_route(&mut self, at: usize) -> Option<usize> {
        if let Some((route, behind)) = form::route(&self.tokens, at) {
            self.step.route.get_or_insert(route);
            return Some(behind);
        }
        let form: Form = form::form(&self.tokens, at)?;
        self.step.form.get_or_insert(form);
        Some(at + 1)
    }

    fn indication(&mut self, at: usize) -> Option<usize> {
        let (indication, behind) = as_needed::indication(&self.tokens, at, self.text)?;
        self.step.indication.get_or_insert(indication);
        Some(behind)
    }

    /// Ends a step, and begins the next with what they share.
    fn close(&mut self) {
        let mut step = std::mem::take(&mut self.step);
        step.amount = step.amount.or(self.bare.take());
        if step == Step::default() {
            return;
        }
        step.order = if self.steps.is_empty() { Order::With } else { step.order };
        self.step = Step { order: self.order, form: step.form, route: step.route, ..Step::default() };
        self.order = Order::With;
        // "…, 30 tablets" behind an instruction is how many the pharmacy gives.
        let is_quantity =
            step.order == Order::With && step.frequency.is_none() && step.strength.is_none() && !self.steps.is_empty();
        if is_more_than_shared(&step) && !is_quantity {
            self.steps.push(step);
        }
    }
}

fn is_of_parts(frequency: &Frequency) -> bool {
    let parts: f64 = frequency.when.iter().map(|part| part.times()).sum();
    Range::one(parts) == frequency.times
}

/// Whether a step says more than the form and the route that it took over from the step before.
fn is_more_than_shared(step: &Step) -> bool {
    *step != Step { order: step.order, form: step.form, route: step.route, ..Step::default() }
}
