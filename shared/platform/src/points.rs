//! Named steps between which a process can die. On AWS they are passed without notice; the runner and the tests stop, delay
//! or kill a worker at them, to show that it does not matter.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// A step of a worker or handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// `whatsapp-delivery` has uploaded a message's file and not written that down.
    FileAtWhatsapp,
    /// `whatsapp-delivery` is about to claim a message.
    DeliveryClaims,
    /// `whatsapp-delivery` has claimed a message and not sent it.
    DeliveryClaimed,
    /// `whatsapp-delivery` has sent a message and not written that down.
    DeliverySent,
    /// `whatsapp-webhook` has kept a message and told nobody.
    InboundKept,
    /// `assistant-replies` has taken a turn and generated nothing.
    ReplyTaken,
    /// `assistant-replies` has generated a reply and not kept it.
    ReplyGenerated,
    /// `assistant-replies` has kept a reply and told nobody.
    ReplyKept,
    /// `check-ins` is about to keep a check-in.
    CheckInDecided,
    /// `check-ins` has kept a check-in and told nobody.
    CheckInKept,
    /// `media-transfers` has taken the fetching of a patient's file and asked nobody for it.
    FetchLeased,
    /// `media-transfers` has a patient's file in the bucket and does not know what it is.
    FetchStored,
    /// `media-transfers` has a patient's file where files are and has not written that down.
    FetchCopied,
    /// `media-transfers` has written down a patient's file and not said that it is done.
    FetchKept,
    /// `uploads` has a file where files are and has not written that down.
    UploadCopied,
    /// Google has given an id for a copy, and it is not written down.
    MirrorNamed,
    /// A copy has its id and nothing else.
    MirrorBegun,
    /// A copy is made and not written down.
    MirrorMade,
    /// `symptom-assessment` has assessed a turn and not kept it.
    TurnAssessed,
    /// `symptom-assessment` has kept a turn and told nobody.
    TurnKept,
    /// `interpreter-visits` has ended a visit and told nobody.
    VisitEnded,
    /// `interpreter-visits` has kept actions and told nobody.
    ActionsKept,
    /// `summary-generation` has taken a summary and asked nobody.
    SummaryTaken,
    /// `summary-generation` has a model's summary and has not kept it.
    SummaryWritten,
    /// `summary-generation` has kept a model's summary and told nobody.
    SummaryKept,
    /// `webhook-delivery` is about to tell the lanes of a stream's subscribers of its events.
    EventsFound,
    /// `webhook-delivery` has told the lanes, and nobody who works on them.
    EventsSpread,
    /// `webhook-delivery` has begun an attempt and sent nothing.
    WebhookBegun,
    /// `webhook-delivery` has sent a webhook and not written that down.
    WebhookSent,
    /// `webhook-delivery` has written down what came of an attempt, and nothing that follows from it.
    WebhookSettled,
    /// `webhook-delivery` owes a page of events again and has not written down how far it is.
    ReplayRewound,
    /// `outbox-sweeper` is about to repeat hints.
    SweepFound,
}

impl Point {
    /// Every point.
    pub const ALL: [Self; 32] = [
        Self::FileAtWhatsapp,
        Self::DeliveryClaims,
        Self::DeliveryClaimed,
        Self::DeliverySent,
        Self::InboundKept,
        Self::ReplyTaken,
        Self::ReplyGenerated,
        Self::ReplyKept,
        Self::CheckInDecided,
        Self::CheckInKept,
        Self::FetchLeased,
        Self::FetchStored,
        Self::FetchCopied,
        Self::FetchKept,
        Self::UploadCopied,
        Self::MirrorNamed,
        Self::MirrorBegun,
        Self::MirrorMade,
        Self::TurnAssessed,
        Self::TurnKept,
        Self::VisitEnded,
        Self::ActionsKept,
        Self::SummaryTaken,
        Self::SummaryWritten,
        Self::SummaryKept,
        Self::EventsFound,
        Self::EventsSpread,
        Self::WebhookBegun,
        Self::WebhookSent,
        Self::WebhookSettled,
        Self::ReplayRewound,
        Self::SweepFound,
    ];

    /// Its name, as the runner's control routes spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FileAtWhatsapp => "file-at-whatsapp",
            Self::DeliveryClaims => "delivery-claims",
            Self::DeliveryClaimed => "delivery-claimed",
            Self::DeliverySent => "delivery-sent",
            Self::InboundKept => "inbound-kept",
            Self::ReplyTaken => "reply-taken",
            Self::ReplyGenerated => "reply-generated",
            Self::ReplyKept => "reply-kept",
            Self::CheckInDecided => "check-in-decided",
            Self::CheckInKept => "check-in-kept",
            Self::FetchLeased => "fetch-leased",
            Self::FetchStored => "fetch-stored",
            Self::FetchCopied => "fetch-copied",
            Self::FetchKept => "fetch-kept",
            Self::UploadCopied => "upload-copied",
            Self::MirrorNamed => "mirror-named",
            Self::MirrorBegun => "mirror-begun",
            Self::MirrorMade => "mirror-made",
            Self::TurnAssessed => "turn-assessed",
            Self::TurnKept => "turn-kept",
            Self::VisitEnded => "visit-ended",
            Self::ActionsKept => "actions-kept",
            Self::SummaryTaken => "summary-taken",
            Self::SummaryWritten => "summary-written",
            Self::SummaryKept => "summary-kept",
            Self::EventsFound => "events-found",
            Self::EventsSpread => "events-spread",
            Self::WebhookBegun => "webhook-begun",
            Self::WebhookSent => "webhook-sent",
            Self::WebhookSettled => "webhook-settled",
            Self::ReplayRewound => "replay-rewound",
            Self::SweepFound => "sweep-found",
        }
    }
}

/// What happens to who reaches a point.
#[derive(Debug, Clone)]
pub enum Act {
    /// Its process dies: once.
    Crash,
    /// It waits until the point is released.
    Hold,
    /// It takes so long: every time.
    Delay(Duration),
}

/// What happens at the points.
#[derive(Debug, Clone, Default)]
pub enum Points {
    /// Nothing: everywhere but on one machine.
    #[default]
    Passed,
    /// What a script says.
    Watched(Arc<Script>),
}

/// What is to happen, and what was reached.
#[derive(Debug, Default)]
pub struct Script {
    acts: Mutex<BTreeMap<Point, Act>>,
    reached: Mutex<BTreeMap<Point, u64>>,
    held: AtomicUsize,
    changed: watch::Sender<u64>,
}

/// What a crash unwinds with.
#[derive(Debug)]
pub struct Crashed(pub Point);

impl Script {
    /// From now on this happens at a point.
    pub fn set(&self, point: Point, act: Act) {
        locked(&self.acts).insert(point, act);
        self.changed.send_modify(|count| *count += 1);
    }

    /// Nothing happens at a point any more; whoever is held there goes on.
    pub fn release(&self, point: Point) {
        locked(&self.acts).remove(&point);
        self.changed.send_modify(|count| *count += 1);
    }

    /// How often a point was reached.
    pub fn reached(&self, point: Point) -> u64 {
        locked(&self.reached).get(&point).copied().unwrap_or_default()
    }

    async fn reach(&self, point: Point) {
        *locked(&self.reached).entry(point).or_default() += 1;
        self.changed.send_modify(|count| *count += 1);
        let act = {
            let mut acts = locked(&self.acts);
            match acts.get(&point).cloned() {
                Some(Act::Crash) => acts.remove(&point),
                other => other,
            }
        };
        match act {
            None => {}
            // No panic message: a killed process says nothing either.
            Some(Act::Crash) => resume_unwind(Box::new(Crashed(point))),
            Some(Act::Delay(span)) => tokio::time::sleep(span).await,
            Some(Act::Hold) => self.wait_at(point).await,
        }
    }

    /// How many wait at points where they are held.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::SeqCst)
    }

    async fn wait_at(&self, point: Point) {
        let mut changed = self.changed.subscribe();
        self.held.fetch_add(1, Ordering::SeqCst);
        while matches!(locked(&self.acts).get(&point), Some(Act::Hold)) {
            if changed.changed().await.is_err() {
                break;
            }
        }
        self.held.fetch_sub(1, Ordering::SeqCst);
    }

    /// Waits until a point was reached so often.
    pub async fn wait_for(&self, point: Point, times: u64) {
        let mut changed = self.changed.subscribe();
        while self.reached(point) < times {
            if changed.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Points {
    /// Says that a step is reached.
    pub async fn reach(&self, point: Point) {
        match self {
            Self::Passed => {}
            Self::Watched(script) => script.reach(point).await,
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
