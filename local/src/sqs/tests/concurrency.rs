//! Many receivers at once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::super::{QueueSettings, Queues};
use super::World;

const MESSAGES: usize = 500;

/// Body to how often a delete said that it deleted this message.
type Deletes = Arc<Mutex<BTreeMap<String, usize>>>;

/// Receives until there is nothing; leaves every fifth message at its first receive, as a crashed worker would.
async fn work(queues: Queues, deletes: Deletes) {
    loop {
        let received = queues.receive("q", 3).unwrap();
        if received.is_empty() {
            return;
        }
        for message in received {
            tokio::task::yield_now().await;
            let crashes = message.receive_count == 1 && message.body.parse::<usize>().unwrap().is_multiple_of(5);
            if !crashes && queues.delete("q", &message.receipt_handle).unwrap() {
                *deletes.lock().unwrap().entry(message.body).or_default() += 1;
            }
        }
    }
}

async fn work_with_eight(queues: &Queues, deletes: &Deletes) {
    let workers: Vec<_> = (0..8).map(|_| tokio::spawn(work(queues.clone(), Arc::clone(deletes)))).collect();
    for worker in workers {
        worker.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn eight_receivers_lose_no_message_and_delete_none_twice() {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    for number in 0..MESSAGES {
        world.queues.send("q", &number.to_string(), None).unwrap();
    }
    let deletes = Deletes::default();
    work_with_eight(&world.queues, &deletes).await;
    assert_eq!(world.depth("q"), (0, 100, 0));
    world.advance(30_000);
    work_with_eight(&world.queues, &deletes).await;

    assert_eq!(world.depth("q"), (0, 0, 0));
    let deletes = deletes.lock().unwrap();
    assert_eq!(deletes.len(), MESSAGES);
    assert!(deletes.values().all(|times| *times == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn of_many_deletes_with_one_receipt_one_deletes() {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world.queues.send("q", "hello", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    let deletes = (0..8).map(|_| {
        let (queues, receipt) = (world.queues.clone(), receipt.clone());
        tokio::spawn(async move { queues.delete("q", &receipt).unwrap() })
    });
    let mut deleted = 0;
    for delete in deletes.collect::<Vec<_>>() {
        deleted += usize::from(delete.await.unwrap());
    }
    assert_eq!(deleted, 1);
}
