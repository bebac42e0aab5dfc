//! The mutants: every one must be caught, and by the check that is there for it.

use crate::history::{Check, Violation};
use crate::mutation::Mutation;
use crate::run::run;
use crate::settings::Settings;

/// Requests of one run: enough for a broken design to show.
const REQUESTS: u64 = 900;
/// Seeds that are tried before a mutant counts as survivor.
const SEEDS: u64 = 30;

/// Every mutant, and the check that is meant to catch it.
pub(crate) const MUTANTS: [(Mutation, Check); 28] = [
    (Mutation::BlindPut, Check::Acknowledged),
    (Mutation::ThreadRowApart, Check::Numbers),
    (Mutation::NoGuard, Check::Acknowledged),
    (Mutation::NewRequestAfterTimeout, Check::Acknowledged),
    (Mutation::AnswerBeforeCommit, Check::Acknowledged),
    (Mutation::AuthorisedOnce, Check::OneProvider),
    (Mutation::NoSweeper, Check::Liveness),
    (Mutation::HintIsTheTruth, Check::Liveness),
    (Mutation::NumbersFromTheClock, Check::Pollers),
    (Mutation::EverythingShown, Check::Pollers),
    (Mutation::BlindClaim, Check::PhoneTwice),
    (Mutation::BlindOutcome, Check::Status),
    (Mutation::UndecidedPassedOver, Check::PhoneOrder),
    (Mutation::NoHold, Check::PhoneTwice),
    (Mutation::BlindPay, Check::Pace),
    (Mutation::WindowAtSendOnly, Check::Window),
    (Mutation::StatusWithoutRank, Check::Status),
    (Mutation::NoWamidGuard, Check::Inbound),
    (Mutation::BlindContact, Check::OneThread),
    (Mutation::WebhookAnsweredFirst, Check::Inbound),
    (Mutation::ContentionHasTheLastWord, Check::Acknowledged),
    (Mutation::ReplayNotFound, Check::Answers),
    (Mutation::ActiveThreadDeactivated, Check::Answers),
    (Mutation::TagPromisesStatuses, Check::FreshView),
    (Mutation::SaidWhateverCame, Check::Turns),
    (Mutation::SaidWhoeverAnswers, Check::Turns),
    (Mutation::RepliesNotSwept, Check::Liveness),
    (Mutation::CheckInStaysDue, Check::Occasions),
];

/// Runs a mutant over seeds until its check catches it: at which seed, and with what.
pub(crate) fn hunt(mutation: Mutation, check: Check) -> Option<(u64, Violation)> {
    (1..=SEEDS).find_map(|seed| {
        let report = run(Settings { mutation: Some(mutation), ..Settings::of(seed, REQUESTS) })?;
        report.violations.into_iter().find(|violation| violation.check == check).map(|caught| (seed, caught))
    })
}
