//! The real handlers on the real SDK under faults, with a paused clock.

mod chaos;
mod check_ins;
mod costs;
mod file_faults;
mod permissions;
mod shared_threads;
mod single_faults;
mod symptom_assessment;
mod takeovers;
mod therapy;
mod visits;
mod webhooks;
mod worker_faults;
