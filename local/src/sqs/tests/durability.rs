//! What a file keeps.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use super::super::{Error, QueueSettings, Queues, Redrive};
use super::{START_MS, World, bodies};

/// A directory of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("careline-sqs-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("sqs.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn fill(path: &Path) -> World {
    let world = World::at(Some(path), START_MS);
    world.queues.create(&QueueSettings::new("dead")).unwrap();
    let redrive = Some(Redrive { dead_letter_queue: "dead".to_owned(), max_receive_count: 2 });
    world.queues.create(&QueueSettings { redrive, visibility_timeout_s: 45, ..QueueSettings::new("q") }).unwrap();
    for body in ["deleted", "held", "waiting"] {
        world.queues.send("q", body, None).unwrap();
    }
    let received = world.queues.receive("q", 2).unwrap();
    assert!(world.queues.delete("q", &received[0].receipt_handle).unwrap());
    world.queues.send("q", "delayed", Some(10)).unwrap();
    world
}

fn check(path: &Path) {
    let world = World::at(Some(path), START_MS + 1_000);
    assert_eq!(world.depth("q"), (1, 1, 1));
    assert_eq!(bodies(&world.queues.receive("q", 10).unwrap()), ["waiting"]);
    world.advance(9_000);
    assert_eq!(bodies(&world.queues.receive("q", 10).unwrap()), ["delayed"]);
    world.advance(35_000);
    let held = world.queues.receive("q", 10).unwrap();
    assert_eq!((bodies(&held), held[0].receive_count), (vec!["held"], 2));
    world.advance(45_000);
    assert_eq!(bodies(&world.queues.receive("q", 10).unwrap()), ["waiting", "delayed"]);
    assert_eq!(bodies(&world.queues.receive("dead", 10).unwrap()), ["held"]);
}

#[test]
fn a_file_keeps_queues_messages_and_who_holds_them() {
    let folder = Folder::new("reopened");
    drop(fill(&folder.file()));
    check(&folder.file());
}

/// What a killed process leaves behind is what the system has of its files at that moment.
#[test]
fn a_killed_process_loses_nothing_that_it_acknowledged() {
    let (folder, copy) = (Folder::new("killed"), Folder::new("killed-copy"));
    let alive = fill(&folder.file());
    for entry in fs::read_dir(&folder.0).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.0.join(path.file_name().unwrap())).unwrap();
    }
    check(&copy.file());
    drop(alive);
}

#[test]
fn receipts_outlive_a_restart_and_are_never_given_twice() {
    let folder = Folder::new("receipts");
    let world = fill(&folder.file());
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    drop(world);
    let world = World::at(Some(&folder.file()), START_MS);
    assert!(world.queues.delete("q", &receipt).unwrap());
    assert!(!world.queues.delete("q", &receipt).unwrap());
    assert_eq!(world.depth("q"), (0, 1, 1));
}

#[test]
fn a_deleted_queue_leaves_no_message_in_the_file() {
    let folder = Folder::new("deleted");
    let world = fill(&folder.file());
    world.queues.delete_queue("q").unwrap();
    let connection = Connection::open(folder.file()).unwrap();
    let messages: i64 = connection.query_row("SELECT COUNT(*) FROM messages", [], |row| row.get(0)).unwrap();
    assert_eq!(messages, 0);
}

#[test]
fn a_file_of_another_version_is_refused() {
    let folder = Folder::new("version");
    drop(fill(&folder.file()));
    let connection = Connection::open(folder.file()).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let opened = Queues::open(Some(&folder.file()), Arc::new(|| 0), Arc::new(|| 0));
    assert!(matches!(opened, Err(Error::Storage(_))));
}
