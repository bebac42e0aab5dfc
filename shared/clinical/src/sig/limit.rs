//! The most that may be taken, "max 8 in 24 hours", and how much the pharmacy gives, "dispense 30".

use super::form;
use super::number;
use super::period;
use super::token::Tokens;

const LEADS: [(&str, ()); 22] = [
    ("max", ()),
    ("maximum", ()),
    ("maximum of", ()),
    ("maximum dose", ()),
    ("max dose", ()),
    ("max daily amount", ()),
    ("max daily dose", ()),
    ("maximum daily dose", ()),
    ("no more than", ()),
    ("not more than", ()),
    ("not to exceed", ()),
    ("do not exceed", ()),
    ("do not take more than", ()),
    ("dont take more than", ()),
    ("up to a maximum of", ()),
    ("up to a max of", ()),
    ("nmt", ()),
    ("maximo", ()),
    ("maximo de", ()),
    ("no mas de", ()),
    ("no tome mas de", ()),
    ("sin exceder", ()),
];

const QUANTITIES: [&str; 9] =
    ["dispense", "disp", "qty", "quantity", "refill", "refills", "dispensar", "cantidad", "surtir"];

/// The words from the limit that begins at a place to the period that it is for, or to the number alone.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.is_one_of(at, &QUANTITIES) {
        let (_, number) = number::read(tokens, at + 1 + usize::from(tokens.is_mark(at + 1, ':')))?;
        return Some(number + usize::from(form::form(tokens, number).is_some()));
    }
    let ((), lead) = tokens.longest(at, &LEADS)?;
    let (_, number) = number::read(tokens, lead + usize::from(tokens.is_mark(lead, ':')))?;
    let in_period = (number..number + 5).find(|place| period::unit(tokens, *place).is_some());
    Some(in_period.map_or(number, |unit| unit + 1))
}
