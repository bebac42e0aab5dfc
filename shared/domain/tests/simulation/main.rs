//! The model simulation: the product's own decisions in a world where everything goes wrong that can.

mod api;
mod checker;
mod counters;
mod desk;
mod doctors;
mod events;
mod faults;
mod history;
mod kernel;
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

use run::{run, traced};
use settings::Settings;

#[test]
fn probe() {
    for seed in 1..=4 {
        let settings = Settings::of(seed, 4_000);
        let report = run(settings).unwrap();
        println!("seed {seed} digest {:x}\n{}", report.digest, report.counters);
        for violation in &report.violations {
            println!("  {violation}");
        }
        if let Some(first) = report.violations.first() {
            for line in traced(settings, first.thread) {
                println!("    {line}");
            }
        }
    }
}

mod mutants;

#[test]
fn every_mutant_is_caught() {
    let mut survivors = Vec::new();
    for (mutation, check) in mutants::MUTANTS {
        match mutants::hunt(mutation, check) {
            Some(caught) => {
                let first = caught.report.violations.iter().find(|violation| violation.check == check).unwrap();
                let mut others: Vec<_> = caught.report.violations.iter().map(|violation| violation.check).collect();
                others.dedup();
                println!("{mutation:?} by {first} [seed {}, also {others:?}]", caught.seed);
            }
            None => {
                println!("{mutation:?} SURVIVES {check:?}");
                survivors.push(mutation)
            }
        }
    }
    assert!(survivors.is_empty(), "the checker lets these pass: {survivors:?}");
}
