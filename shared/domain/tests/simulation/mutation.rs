//! The ways in which the design is broken on purpose, to show that the checker would notice.

/// One thing done wrong. The code for it is in the simulation only, next to the code that does it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// Neither `last_seq` nor the absence of the message's row is compared: whoever writes last wins. (Either of the
    /// two conditions alone is enough while both rows are in one transaction.)
    BlindPut,
    /// The thread's row is written after the message, by a request of its own, without comparing `last_seq`.
    ThreadRowApart,
    /// There is no guard row.
    NoGuard,
    /// After a timeout the request is sent again as a new one: another token and another request id.
    NewRequestAfterTimeout,
    /// The answer is given before the write.
    AnswerBeforeCommit,
    /// A write that lost a race keeps what it was authorised to do, instead of deciding anew.
    AuthorisedOnce,
    /// Nobody repeats hints.
    NoSweeper,
    /// A message is not in the due index: its hint is the only word of it.
    HintIsTheTruth,
    /// Messages are numbered by the clock, and readers move their cursor to the highest number that they saw.
    NumbersFromTheClock,
    /// Readers are shown whatever the query returned.
    EverythingShown,
    /// A claim does not compare the delivery's version.
    BlindClaim,
    /// The outcome of an attempt is written without comparing the delivery's version.
    BlindOutcome,
    /// A worker passes over a message that it cannot send yet.
    UndecidedPassedOver,
    /// A claimed message without an outcome is sent again at once, not after the hold.
    NoHold,
    /// The pair's allowance is not compared when it is used.
    BlindPay,
    /// The window is looked at when a message is accepted, and not again when it is sent.
    WindowAtSendOnly,
    /// A status is written over whatever was known.
    StatusWithoutRank,
    /// There is no guard row for inbound messages.
    NoWamidGuard,
    /// The contact's version is not compared when its thread is opened.
    BlindContact,
    /// A webhook is answered 200 before its messages are kept.
    WebhookAnsweredFirst,
    /// A resend that meets another transaction counts as refused, although an earlier sending
    /// of the same transaction got no answer and may still be executed.
    ContentionHasTheLastWord,
    /// A repeated request whose message cannot be read yet is answered "not found".
    ReplayNotFound,
    /// Sending into a thread that another request has just made the active one makes it active
    /// and inactive in one transaction, which DynamoDB refuses as invalid.
    ActiveThreadDeactivated,
    /// The `ETag` of a thread promises statuses that the query may not have seen.
    TagPromisesStatuses,
    /// What was generated is said although the patient or a human wrote meanwhile, and there is no guard row for it.
    SaidWhateverCame,
    /// What was generated is said although somebody else answers the thread by now.
    SaidWhoeverAnswers,
    /// The sweeper does not know of replies that are owed.
    RepliesNotSwept,
    /// A check-in is sent without moving on to the next one, and there is no guard row for it.
    CheckInStaysDue,
}
