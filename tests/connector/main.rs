//! The real handlers on the real SDK under faults, with a paused clock.

mod chaos;
mod check_ins;
mod costs;
mod permissions;
mod single_faults;
mod takeovers;
mod worker_faults;
