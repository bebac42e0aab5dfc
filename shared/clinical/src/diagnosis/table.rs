//! The names of conditions and their codes.

use std::sync::LazyLock;

use crate::dictionary::{Dictionary, rows};

pub(crate) static COMMON: &str = include_str!("../../data/diagnosis/common.txt");
pub(crate) static ICD10CM_NAME: &str = include_str!("../../data/diagnosis/icd10cm_name.txt");
pub(crate) static ICD10CM_CODE: &str = include_str!("../../data/diagnosis/icd10cm_code.txt");

/// A name, the code that it stands for, and what the code is called when that is another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    pub(crate) called: Option<&'static str>,
}

/// The names that people use.
pub(crate) static COMMON_NAMES: LazyLock<Dictionary<Named>> =
    LazyLock::new(|| Dictionary::of(common().map(|named| (named.name, named))));

/// The names of ICD-10-CM.
pub(crate) static ICD_NAMES: LazyLock<Dictionary<Named>> =
    LazyLock::new(|| Dictionary::of(icd10cm().map(|named| (named.name, named))));

/// Every name that people use, with its code.
pub(crate) fn common() -> impl Iterator<Item = Named> {
    rows(COMMON).filter_map(|(code, rest)| Some((code, rest.split_once('|')?))).flat_map(|(code, (called, names))| {
        names.split(';').map(move |name| Named { name, code, called: Some(called) })
    })
}

/// Every name of ICD-10-CM, with its code.
pub(crate) fn icd10cm() -> impl Iterator<Item = Named> {
    rows(ICD10CM_NAME).map(|(name, code)| Named { name, code, called: None })
}

/// What ICD-10-CM calls a code, where that is more than a folded name.
pub(crate) fn official(code: &str) -> Option<&'static str> {
    static CODES: LazyLock<Dictionary<&'static str>> = LazyLock::new(|| Dictionary::of(rows(ICD10CM_CODE)));
    CODES.get(code)
}
