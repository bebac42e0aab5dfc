//! Starts the `outbox-sweeper` function on Lambda.

use platform::App;
use web::{batch, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    lambda::log();
    let (app, _) = App::start().await?;
    batch::serve_schedule(|machine| outbox_sweeper::sweep(&app, machine)).await
}
