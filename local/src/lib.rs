//! Careline on one machine: the functions, embedded AWS services, a gateway, pollers, a scheduler and simulators of the
//! outside, all in one process. Nothing of this is deployed.

pub mod accounts;
pub mod clients;
pub mod clock;
pub mod connector;
mod console;
mod control;
mod database;
pub mod drive;
pub mod embedded;
mod functions;
mod gateway;
pub mod model_server;
pub mod openapi;
mod pollers;
mod receiver;
mod seed;
pub mod settings;
pub mod sqs;
pub mod stack;
pub mod template;
mod timers;
mod whatsapp;
