//! The model simulation: the product's own decisions in a world where everything goes wrong that can, and a checker that
//! goes through the history. One thread, virtual time, and one seed from which all chance comes.

use std::hash::{BuildHasher, Hasher, RandomState};

mod api;
mod assistant;
mod check_ins;
mod checker;
mod counters;
mod desk;
mod doctors;
mod events;
mod faults;
mod history;
mod kernel;
mod mutants;
mod mutation;
mod people;
mod queue;
mod random;
mod readers;
mod request;
mod run;
mod session;
mod settings;
mod store;
mod sweeper;
mod table;
mod webhook;
mod whatsapp;
mod worker;
mod world;

use counters::Counters;
use run::{run, traced};
use settings::Settings;

const FIXED_SEEDS: [u64; 3] = [1, 2, 3];

/// Runs a seed: what happened, or every violation with the events of the first one's thread.
fn lived_through(seed: u64, requests: u64) -> Result<Counters, String> {
    let settings = Settings::of(seed, requests);
    let report = run(settings).ok_or("the world cannot be peopled")?;
    let Some(first) = report.violations.first() else { return Ok(report.counters) };
    let violations: Vec<String> = report.violations.iter().map(ToString::to_string).collect();
    let events = traced(settings, first.thread).join("\n  ");
    Err(format!("seed {seed}, {requests} requests:\n{}\n  {events}", violations.join("\n")))
}

/// A seed that nobody has tried; a failure prints it, and it fails again.
fn fresh_seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[test]
fn nothing_acknowledged_is_lost_doubled_or_reordered() {
    let mut counters = Counters::default();
    for seed in FIXED_SEEDS {
        counters.join(lived_through(seed, 4_000).unwrap_or_else(|violations| panic!("{violations}")));
    }
    println!("{counters}");
    let calms = counters.calms();
    assert!(calms.is_empty(), "the sea is too calm for the run to mean anything: {calms:#?}");
}

#[test]
fn nor_with_a_seed_that_nobody_has_tried() {
    let seed = fresh_seed();
    println!("seed {seed}");
    lived_through(seed, 4_000).unwrap_or_else(|violations| panic!("{violations}"));
}

#[test]
#[ignore = "minutes of CPU; cargo test -p domain --release --test simulation -- --ignored"]
fn nor_in_a_hundred_thousand_requests() {
    for seed in FIXED_SEEDS.into_iter().chain([fresh_seed()]) {
        println!("seed {seed}");
        println!("{}", lived_through(seed, 100_000).unwrap_or_else(|violations| panic!("{violations}")));
    }
}

#[test]
fn a_seed_is_a_history() {
    let digest = |seed| run(Settings::of(seed, 300)).unwrap().digest;
    assert_eq!(digest(7), digest(7));
    assert_ne!(digest(7), digest(8));
}

#[test]
fn every_mutant_is_caught_by_the_check_that_is_there_for_it() {
    let mut survivors = Vec::new();
    for (mutation, check) in mutants::MUTANTS {
        match mutants::hunt(mutation, check) {
            Some((seed, violation)) => println!("{mutation:?} [seed {seed}] {violation}"),
            None => survivors.push(mutation),
        }
    }
    assert!(survivors.is_empty(), "the checker lets these pass: {survivors:?}");
}
