//! What the assistant can speak about.

use super::topic::Topic;

mod chronic;
mod infections;
mod mind;
mod pain;
mod practical;
mod warning;

/// Every topic.
pub(super) fn all() -> impl Iterator<Item = &'static Topic> {
    [warning::TOPICS, pain::TOPICS, infections::TOPICS, chronic::TOPICS, mind::TOPICS, practical::TOPICS]
        .into_iter()
        .flatten()
}
