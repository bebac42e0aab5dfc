//! The most that may be taken: "max 8 in 24 hours".

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

/// The words from the limit that begins at a place to the period that it is for, or to the number alone.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<usize> {
    let ((), lead) = tokens.longest(at, &LEADS)?;
    let (_, number) = number::read(tokens, lead + usize::from(tokens.is_mark(lead, ':')))?;
    let in_period = (number..number + 5).find(|place| period::unit(tokens, *place).is_some());
    Some(in_period.map_or(number, |unit| unit + 1))
}
