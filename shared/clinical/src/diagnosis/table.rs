//! The names of conditions and their codes.

use std::sync::LazyLock;

use crate::dictionary::{Dictionary, rows};

pub(crate) static COMMON: &str = include_str!("../../data/diagnosis/common.txt");
pub(crate) static ICD10CM_NAME: &str = include_str!("../../data/diagnosis/icd10cm_name.txt");
pub(crate) static ICD10CM_CODE: &str = include_str!("../../data/diagnosis/icd10cm_code.txt");

/// A name, and the row of the table that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: &'static str,
    /// The code, and for a name that people use what the code is called: `I10|Hypertension|…`.
    row: &'static str,
}

impl Named {
    /// The code that the name stands for.
    pub(crate) fn code(self) -> &'static str {
        self.row.split('|').next().unwrap_or_default()
    }

    /// What the code is called, for a name that people use.
    pub(crate) fn called(self) -> Option<&'static str> {
        self.row.split('|').nth(1)
    }
}

/// The names that people use.
pub(crate) static COMMON_NAMES: LazyLock<Dictionary<Named>> =
    LazyLock::new(|| Dictionary::of(common().map(|named| (named.name, named))));

/// The names of ICD-10-CM.
pub(crate) static ICD_NAMES: LazyLock<Dictionary<Named>> =
    LazyLock::new(|| Dictionary::of(icd10cm().map(|named| (named.name, named))));

/// Every name that people use, with its code.
pub(crate) fn common() -> impl Iterator<Item = Named> {
    let rows = COMMON.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| Some((row, row.rsplit_once('|')?.1)))
        .flat_map(|(row, names)| names.split(';').map(move |name| Named { name, row }))
}

/// Every name of ICD-10-CM, with its code.
pub(crate) fn icd10cm() -> impl Iterator<Item = Named> {
    rows(ICD10CM_NAME).map(|(name, row)| Named { name, row })
}

/// What ICD-10-CM calls a code, where that is more than a folded name.
pub(crate) fn official(code: &str) -> Option<&'static str> {
    static CODES: LazyLock<Dictionary<&'static str>> = LazyLock::new(|| Dictionary::of(rows(ICD10CM_CODE)));
    CODES.get(code)
}
