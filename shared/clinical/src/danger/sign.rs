//! Signs that are no danger alone, and those that are one together.
//!
//! The pairs of the body are the warning signs that first-aid and emergency guidelines list together: American Heart
//! Association (heart attack), American Stroke Association (FAST), World Allergy Organization 2020 (anaphylaxis), NICE NG143
//! (children with fever), NICE NG51 (sepsis), NICE CG176 (head injury), NICE NG126 and NG201 (pregnancy).

use crate::danger::Severity;

/// Something that patients mention, and that needs another sign to be a danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Chest,
    Breathless,
    Sweating,
    Radiating,
    Faint,
    Racing,
    Swelling,
    Hives,
    Allergen,
    Face,
    Speech,
    OneSide,
    Sudden,
    Fever,
    StiffNeck,
    Confused,
    Newborn,
    Listless,
    Pregnant,
    Bleeding,
    BlackStool,
    Still,
    HeadInjury,
    Vomiting,
    LowSugar,
    Fall,
    Bereaved,
    Joining,
    Means,
    Temptation,
    Settling,
    Parting,
    Absolving,
}

/// What is a danger together, and how grave.
const TOGETHER: &[(Sign, &[Sign], Severity)] = &[
    (
        Sign::Chest,
        &[Sign::Breathless, Sign::Sweating, Sign::Radiating, Sign::Faint, Sign::Racing, Sign::Vomiting],
        Severity::Critical,
    ),
    (Sign::Breathless, &[Sign::Hives, Sign::Swelling, Sign::Allergen, Sign::Confused, Sign::Faint], Severity::Critical),
    (Sign::Swelling, &[Sign::Hives, Sign::Allergen], Severity::Critical),
    (Sign::Allergen, &[Sign::Faint], Severity::Critical),
    (Sign::Face, &[Sign::Speech, Sign::OneSide, Sign::Sudden], Severity::Critical),
    (Sign::Speech, &[Sign::OneSide, Sign::Sudden], Severity::Critical),
    (Sign::OneSide, &[Sign::Sudden, Sign::Confused], Severity::Critical),
    (Sign::Fever, &[Sign::StiffNeck, Sign::Confused, Sign::Newborn, Sign::Listless], Severity::Critical),
    (Sign::Newborn, &[Sign::Listless, Sign::Breathless], Severity::Critical),
    (Sign::Pregnant, &[Sign::Bleeding, Sign::Still], Severity::Critical),
    (Sign::BlackStool, &[Sign::Faint], Severity::Critical),
    (Sign::HeadInjury, &[Sign::Vomiting, Sign::Confused], Severity::Critical),
    (Sign::LowSugar, &[Sign::Confused, Sign::Faint], Severity::Critical),
    (Sign::Fall, &[Sign::Confused], Severity::Critical),
    (Sign::Racing, &[Sign::Faint], Severity::Critical),
    (Sign::Bereaved, &[Sign::Joining], Severity::High),
    (Sign::Means, &[Sign::Temptation], Severity::Critical),
    (Sign::Settling, &[Sign::Parting, Sign::Absolving], Severity::High),
    (Sign::Parting, &[Sign::Absolving], Severity::High),
];
/// Signs further apart than this, in words, belong to different matters.
const FARTHEST: usize = 40;

impl Sign {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "chest" => Self::Chest,
            "breathless" => Self::Breathless,
            "sweating" => Self::Sweating,
            "radiating" => Self::Radiating,
            "faint" => Self::Faint,
            "racing" => Self::Racing,
            "swelling" => Self::Swelling,
            "hives" => Self::Hives,
            "allergen" => Self::Allergen,
            "face" => Self::Face,
            "speech" => Self::Speech,
            "one_side" => Self::OneSide,
            "sudden" => Self::Sudden,
            "fever" => Self::Fever,
            "stiff_neck" => Self::StiffNeck,
            "confused" => Self::Confused,
            "newborn" => Self::Newborn,
            "listless" => Self::Listless,
            "pregnant" => Self::Pregnant,
            "bleeding" => Self::Bleeding,
            "black_stool" => Self::BlackStool,
            "still" => Self::Still,
            "head_injury" => Self::HeadInjury,
            "vomiting" => Self::Vomiting,
            "low_sugar" => Self::LowSugar,
            "fall" => Self::Fall,
            "bereaved" => Self::Bereaved,
            "joining" => Self::Joining,
            "means" => Self::Means,
            "temptation" => Self::Temptation,
            "settling" => Self::Settling,
            "parting" => Self::Parting,
            "absolving" => Self::Absolving,
            _ => return None,
        })
    }

    /// How grave it is that both were said, if it is.
    fn with(self, other: Self) -> Option<Severity> {
        let of = |a: Self, b: Self| TOGETHER.iter().find(|(sign, others, _)| *sign == a && others.contains(&b));
        of(self, other).or_else(|| of(other, self)).map(|(.., severity)| *severity)
    }
}

/// How grave each sign is in the company of those near it; they come with the word where they stand, in order.
pub(super) fn together(signs: &[(Sign, usize)]) -> Vec<Option<Severity>> {
    let near = |at: usize, (sign, place): (Sign, usize)| {
        let before = signs.get(..at).unwrap_or_default().iter().rev();
        let behind = signs.get(at + 1..).unwrap_or_default().iter();
        let close = |(_, other): &&(Sign, usize)| other.abs_diff(place) <= FARTHEST;
        let all = before.take_while(close).chain(behind.take_while(close));
        all.filter_map(|(other, _)| sign.with(*other)).max()
    };
    signs.iter().enumerate().map(|(at, sign)| near(at, *sign)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_count_in_company_and_near() {
        let grave = |signs: &[(Sign, usize)]| together(signs).into_iter().flatten().count();
        assert_eq!(grave(&[(Sign::Chest, 0)]), 0);
        assert_eq!(grave(&[(Sign::Chest, 0), (Sign::Sweating, 9)]), 2);
        assert_eq!(grave(&[(Sign::Sweating, 0), (Sign::Chest, 9)]), 2);
        assert_eq!(grave(&[(Sign::Chest, 0), (Sign::Fever, 9)]), 0);
        assert_eq!(grave(&[(Sign::Chest, 0), (Sign::Sweating, 41)]), 0);
        assert_eq!(grave(&[(Sign::Chest, 0), (Sign::Fever, 20), (Sign::Confused, 40)]), 2);
    }
}
