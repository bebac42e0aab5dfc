//! The suites: the product driven through HTTP, its queues and its simulators.

mod access;
mod bedrock;
mod concurrency;
mod conditional;
mod delivery;
mod directory;
mod documented;
mod gateway;
mod idempotency;
mod identities;
mod identity;
mod lists;
mod media;
mod openapi;
mod patient_threads;
mod persistence;
mod records;
mod refusals;
mod runner;
mod symptom_assessment;
mod template;
mod therapy;
mod visits;
mod webhook;
mod webhooks;
