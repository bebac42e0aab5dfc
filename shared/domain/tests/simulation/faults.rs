//! How rough the sea is: how often, in a thousand, each trouble comes, and how long things take.

use std::time::Duration;

/// A read is throttled until the SDK gives up.
pub(crate) const READ_THROTTLED: u64 = 4;
/// A transaction is throttled.
pub(crate) const WRITE_THROTTLED: u64 = 15;
/// A transaction never arrives.
pub(crate) const REQUEST_LOST: u64 = 6;
/// A transaction is executed and its answer lost.
pub(crate) const ANSWER_LOST: u64 = 14;
/// A transaction is executed after its sender stopped waiting.
pub(crate) const EXECUTED_LATE: u64 = 12;
/// Every sending of a transaction comes to grief in one of these ways, so that late and lost ones meet in one request.
pub(crate) const CURSED: u64 = 8;
/// A transaction meets another one that is no business of ours.
pub(crate) const STRANGE_CONFLICT: u64 = 10;
/// The rows of a kept transaction become visible one by one.
pub(crate) const TORN: u64 = 250;
/// … and that takes seconds, not milliseconds.
pub(crate) const TORN_FOR_LONG: u64 = 60;
/// A query takes long enough for the table to change under it.
pub(crate) const SLOW_QUERY: u64 = 400;
/// The due index lags by seconds.
pub(crate) const INDEX_LAGS: u64 = 200;
/// A hint is lost.
pub(crate) const HINT_LOST: u64 = 60;
/// A hint to the assistant is lost: there are fewer of them.
pub(crate) const REPLY_HINT_LOST: u64 = 250;
/// A hint comes twice.
pub(crate) const HINT_DOUBLED: u64 = 80;
/// A hint comes seconds late.
pub(crate) const HINT_LATE: u64 = 80;
/// A finished hint is not deleted from the queue.
pub(crate) const HINT_NOT_DELETED: u64 = 10;
/// A process crashes at one of its steps.
pub(crate) const CRASH: u64 = 5;
/// A worker stands still between its claim and its request.
pub(crate) const STALLED: u64 = 10;
/// A request of a client is lost on its way to the API.
pub(crate) const CALL_LOST: u64 = 8;
/// An answer of the API is lost on its way to the client.
pub(crate) const REPLY_LOST: u64 = 10;
/// A client with a key repeats its request before the answer can be there.
pub(crate) const IMPATIENT: u64 = 150;
/// WhatsApp cannot be connected to.
pub(crate) const POST_NOT_CONNECTED: u64 = 10;
/// WhatsApp refuses with a code.
pub(crate) const POST_REFUSED: u64 = 40;
/// WhatsApp accepts and the answer is lost.
pub(crate) const POST_ANSWER_LOST: u64 = 15;
/// WhatsApp gets a request long after the worker stopped waiting for the answer.
pub(crate) const POST_LATE: u64 = 8;
/// The request to WhatsApp is lost without a trace.
pub(crate) const POST_LOST: u64 = 8;
/// WhatsApp accepts a message and finds out later that it cannot be delivered.
pub(crate) const FAILS_LATER: u64 = 15;
/// A status never comes; `failed` always does, because Meta repeats it until it is answered.
pub(crate) const STATUS_DROPPED: u64 = 350;
/// A webhook is delivered twice at about the same time.
pub(crate) const WEBHOOK_DOUBLED: u64 = 60;

/// How long the SDK waits for an answer of the table.
pub(crate) const CALL_TIMEOUT: Duration = Duration::from_secs(2);
/// The latest execution of a transaction after its sender stopped waiting, in milliseconds. A message's time is taken
/// before it is kept, so lateness plus tearing must stay below `read::HOLE_AGE`: an older hole is passed by readers.
pub(crate) const LATEST_EXECUTION_MS: u64 = 12_000;
/// The longest time for which a kept transaction is torn, in milliseconds.
pub(crate) const LONGEST_TEAR_MS: u64 = 2_000;
/// How long the delivery worker waits for WhatsApp.
pub(crate) const POST_TIMEOUT: Duration = Duration::from_secs(10);
/// The latest arrival of a request at WhatsApp after the worker stopped waiting, in milliseconds. A claim's hold must
/// outlast it: 120 s against at most 30 s of a function and this.
pub(crate) const LATEST_POST_MS: u64 = 60_000;
/// How long a function may run.
pub(crate) const FUNCTION_LIMIT: Duration = Duration::from_secs(30);
