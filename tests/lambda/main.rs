//! The real function binaries as Lambda runs them: each is started on a Runtime API of ours with the environment that
//! `template.yaml` gives it and nothing else, is fed the files of `events/`, and works on the embedded services.

mod binaries;
mod child;
mod deployed;
mod events;
mod http;
mod journey;
mod memory;
mod runtime_api;
mod settings;
mod vault;
mod workers;
