//! What happened in a run, counted, so that nobody mistakes a calm sea for a seaworthy ship.

use std::collections::BTreeMap;
use std::fmt;

/// Something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Count {
    /// Requests that clients thought of: sends and templates, repetitions not counted.
    Requests,
    /// Requests that were sent again by their client.
    ClientRetries,
    /// Requests answered with success.
    Acknowledged,
    /// … by what an earlier request with the same key had kept.
    Replayed,
    /// Requests answered "busy, nothing was changed".
    Busy,
    /// Requests answered "the outcome could not be confirmed".
    Unconfirmed,
    /// Requests whose client got no answer.
    ClientTimeouts,
    /// Free text refused because the window is closed.
    WindowClosed,
    /// Requests refused because the thread is a colleague's.
    ColleaguesThread,
    /// Threads that two providers tried to take at the same moment.
    Rivalries,
    /// Requests that met at a thread which was not the active one.
    TwinsInInactiveThread,
    /// Transactions that were kept.
    Commits,
    /// … whose rows became visible at different moments.
    TornCommits,
    /// Transactions refused by a condition.
    ConditionsFailed,
    /// Transactions cancelled because another was at the same rows.
    Conflicts,
    /// Calls that the table throttled.
    Throttles,
    /// Transactions kept without an answer.
    LostAnswers,
    /// Transactions that never arrived.
    LostRequests,
    /// Transactions executed after their sender had given up waiting.
    LateExecutions,
    /// … of which so many still found their conditions true.
    LateCommits,
    /// Sendings that found their transaction kept by an earlier sending.
    TokensMet,
    /// Transactions of which nobody knew the outcome in the end.
    UnknownOutcomes,
    /// Contention met by a resend after an unanswered sending.
    ContendedAfterSilence,
    /// Rows of an earlier request not yet visible to its repetition.
    ReplayedTooEarly,
    /// API handlers that crashed.
    HandlerCrashes,
    /// Webhook handlers that crashed.
    WebhookCrashes,
    /// Delivery workers that crashed before a claim.
    CrashesBeforeClaim,
    /// … after it and before the request to WhatsApp.
    CrashesAfterClaim,
    /// … after the request and before the outcome was written.
    CrashesAfterPost,
    /// Runs of the sweeper that crashed.
    SweeperCrashes,
    /// Hints that were lost.
    LostHints,
    /// Hints that were doubled.
    DoubledHints,
    /// Hints that came late and so out of order.
    LateHints,
    /// Hints that the queue brought again because nobody finished them.
    RedeliveredHints,
    /// The most hints that one thread had in the queue at a time.
    MostHintsOfAThread,
    /// Hints that the sweeper repeated.
    SweptHints,
    /// Workers that met another worker at the same message.
    WorkersMet,
    /// Messages that waited for the pair's allowance.
    Paced,
    /// Requests that WhatsApp received.
    Posts,
    /// … accepted.
    Accepted,
    /// … accepted, and the answer lost.
    AcceptedSilently,
    /// … accepted after the worker had given up waiting.
    AcceptedLate,
    /// … refused with a code.
    RefusedByCode,
    /// … refused because of the account.
    RefusedAccount,
    /// Messages that WhatsApp accepted and then failed.
    FailedLater,
    /// Messages whose window had closed between send and delivery.
    WindowClosedAtDelivery,
    /// Messages that stayed in doubt and were sent again.
    InDoubtResends,
    /// … of which the patient got so many twice.
    ReceivedTwice,
    /// Messages that stayed in doubt and were given up.
    InDoubtGivenUp,
    /// Status reports that came before our own record of the id.
    StatusesBeforeRecord,
    /// Status reports that said nothing new.
    StatusesStale,
    /// Status reports that never came.
    StatusesDropped,
    /// Messages that patients wrote.
    InboundMessages,
    /// Webhooks that Meta delivered again after an error or no answer.
    WebhookRedeliveries,
    /// Webhooks delivered twice at about the same time.
    WebhookDuplicates,
    /// Inbound messages that were known already.
    InboundKnown,
    /// Several first messages of a stranger at the same moment.
    Albums,
    /// … whose handlers met, so that one had to begin again.
    AlbumRaces,
    /// Identities that became an alias of a contact.
    AliasesLearnt,
    /// Threads that a template opened for a patient who had one with a colleague.
    SecondThreads,
    /// Messages that became tombstones.
    Tombstones,
    /// Reads of a poller.
    Polls,
    /// … in which messages were held back behind a hole.
    HolesHidden,
    /// … in which a number stayed missing and was passed: the world keeps its troubles below that.
    HolesPassed,
    /// … answered "unchanged".
    NotModified,
    /// Looks of a viewer at statuses.
    Views,
    /// Turns that the assistant took.
    Turns,
    /// … for which two workers met.
    TurnsMet,
    /// … whose reply was kept.
    Replies,
    /// … whose reply was never said, because somebody wrote or took over.
    RepliesNotSaid,
    /// … in which the worker crashed.
    CrashesInTurn,
    /// Replies that were owed and found by the sweeper.
    SweptTurns,
    /// Humans who took over while the assistant was generating.
    TakeOvers,
    /// Requests that handed a thread over.
    Switches,
    /// Check-ins that went out.
    CheckIns,
    /// Runs of the schedule that crashed at a check-in.
    CrashesInCheckIn,
}

/// The counts of a run.
#[derive(Debug, Default)]
pub(crate) struct Counters(BTreeMap<Count, u64>);

impl Counters {
    /// Adds to a count.
    pub(crate) fn add(&mut self, count: Count, value: u64) {
        *self.0.entry(count).or_default() += value;
    }

    /// Keeps the highest value.
    pub(crate) fn highest(&mut self, count: Count, value: u64) {
        let most = self.0.entry(count).or_default();
        *most = value.max(*most);
    }

    /// Adds the counts of another run.
    pub(crate) fn join(&mut self, other: Self) {
        for (count, value) in other.0 {
            self.add(count, value);
        }
    }

    /// What happened less often than it must for three runs of 4,000 requests to mean something.
    pub(crate) fn calms(&self) -> Vec<String> {
        let rare = LEAST.iter().map(|(count, least)| (count, self.0.get(count).copied().unwrap_or_default(), least));
        rare.filter(|(_, met, least)| met < least)
            .map(|(count, met, least)| format!("{count:?}: {met} of at least {least}"))
            .collect()
    }
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts: Vec<String> = self.0.iter().map(|(count, value)| format!("{count:?} {value}")).collect();
        for line in counts.chunks(5) {
            writeln!(f, "  {}", line.join(" · "))?;
        }
        Ok(())
    }
}

/// The sea state: how often each trouble must come about in three runs of 4,000 requests.
const LEAST: &[(Count, u64)] = &[
    (Count::Requests, 12_000),
    (Count::ClientRetries, 300),
    (Count::Acknowledged, 9_000),
    (Count::Replayed, 100),
    (Count::Busy, 50),
    (Count::Unconfirmed, 10),
    (Count::ClientTimeouts, 200),
    (Count::WindowClosed, 500),
    (Count::ColleaguesThread, 100),
    (Count::Rivalries, 60),
    (Count::TwinsInInactiveThread, 300),
    (Count::TornCommits, 6_000),
    (Count::ConditionsFailed, 2_000),
    (Count::Conflicts, 1_000),
    (Count::Throttles, 800),
    (Count::LostAnswers, 300),
    (Count::LostRequests, 200),
    (Count::LateCommits, 40),
    (Count::TokensMet, 300),
    (Count::UnknownOutcomes, 150),
    (Count::ContendedAfterSilence, 60),
    (Count::ReplayedTooEarly, 1),
    (Count::HandlerCrashes, 50),
    (Count::WebhookCrashes, 40),
    (Count::CrashesBeforeClaim, 50),
    (Count::CrashesAfterClaim, 25),
    (Count::CrashesAfterPost, 30),
    (Count::SweeperCrashes, 1),
    (Count::LostHints, 600),
    (Count::DoubledHints, 800),
    (Count::LateHints, 800),
    (Count::RedeliveredHints, 400),
    (Count::SweptHints, 400),
    (Count::WorkersMet, 500),
    (Count::Paced, 10),
    (Count::AcceptedSilently, 70),
    (Count::AcceptedLate, 40),
    (Count::RefusedByCode, 200),
    (Count::RefusedAccount, 20),
    (Count::FailedLater, 70),
    (Count::WindowClosedAtDelivery, 8),
    (Count::InDoubtResends, 40),
    (Count::InDoubtGivenUp, 80),
    (Count::StatusesBeforeRecord, 600),
    (Count::StatusesStale, 3_000),
    (Count::StatusesDropped, 4_000),
    (Count::InboundMessages, 1_500),
    (Count::WebhookRedeliveries, 300),
    (Count::WebhookDuplicates, 500),
    (Count::InboundKnown, 90),
    (Count::AlbumRaces, 50),
    (Count::AliasesLearnt, 40),
    (Count::SecondThreads, 300),
    (Count::Tombstones, 50),
    (Count::HolesHidden, 30),
    (Count::NotModified, 150),
    (Count::Views, 2_000),
    (Count::Turns, 200),
    (Count::TurnsMet, 5),
    (Count::Replies, 90),
    (Count::RepliesNotSaid, 50),
    (Count::CrashesInTurn, 3),
    (Count::SweptTurns, 10),
    (Count::TakeOvers, 50),
    (Count::Switches, 500),
    (Count::CheckIns, 80),
    (Count::CrashesInCheckIn, 1),
];
