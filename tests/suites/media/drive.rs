//! Copies at Google: made at once when that is quick, else owed, and made once whoever dies.

use local::stack::Options;
use serde_json::{Value, json};
use tests::World;
use tests::files::jpeg;

async fn faults(world: &World, body: Value) {
    world.local_post("drive/faults", body).await;
}

/// How an upload stands, by completing it again.
async fn status(world: &World, form: &Value) -> Value {
    world.complete("dr_smith", form).await.ok()["upload_status"].clone()
}

#[tokio::test]
async fn a_refused_copy_is_no_refused_upload_and_is_tried_again() {
    let world = World::start().await;
    for reason in [
        json!({ "at": "put", "status": 503, "reason": "backendError" }),
        json!({ "at": "begin", "status": 403, "reason": "userRateLimitExceeded" }),
        json!({ "at": "ids", "status": 500 }),
        json!({ "at": "token", "status": 400 }),
        json!({ "at": "put", "status": 500, "after_accept": true }),
    ] {
        let before = world.copies().await.len();
        faults(&world, json!({ "next": [reason.clone()] })).await;
        let answer = world.upload("dr_smith", "a.jpg", jpeg(1000)).await;
        // A token at hand is not asked for again, and then nothing goes wrong.
        if reason["at"] != "token" {
            let answer = answer.ok();
            assert_eq!(answer["success"], true, "{reason}");
            let expected = json!({ "s3_success": true, "google_success": false, "overall_success": false });
            assert_eq!(answer["upload_status"], expected, "{reason}");
            assert!(answer.get("google_file_id").is_none(), "{reason}");
        }
        world.advance("5m").await;
        assert_eq!(world.copies().await.len(), before + 1, "{reason}");
    }
}

#[tokio::test]
async fn a_service_account_without_room_is_said_and_counted() {
    let world = World::start().await;
    faults(&world, json!({ "no_quota": true })).await;
    let answer = world.upload("dr_smith", "a.jpg", jpeg(1000)).await.ok();
    assert_eq!(answer["upload_status"]["google_success"], false);
    assert_eq!(world.count("MirrorRefused").await, 1);
    faults(&world, json!({ "no_quota": false })).await;
    world.advance("5m").await;
    assert_eq!(world.copies().await.len(), 1, "once somebody made room");
}

/// The job dies between every two of its steps: there is one copy in the end.
#[tokio::test]
async fn a_dying_job_makes_one_copy() {
    for point in ["mirror-named", "mirror-begun", "mirror-made"] {
        let world = World::start().await;
        let form = world.form("dr_smith", "application/pdf", 5 << 20).await;
        assert_eq!(world.put_by_form(&form, tests::files::pdf(5 << 20)).await, 204);
        world.local_post("crash", json!({ "point": point })).await;
        world.complete("dr_smith", &form).await.ok();
        world.drain().await;
        assert_eq!(status(&world, &form).await["google_success"], false, "{point}");
        world.advance("15m").await;
        assert_eq!(status(&world, &form).await["overall_success"], true, "{point}");
        assert_eq!(world.copies().await.len(), 1, "{point}");
    }
}

/// The request itself dies while it copies: the file is kept, and the job makes the copy.
#[tokio::test]
async fn a_dying_request_leaves_its_copy_to_the_job() {
    for point in ["mirror-named", "mirror-begun", "mirror-made"] {
        let world = World::start().await;
        world.local_post("crash", json!({ "point": point })).await;
        let once = async || {
            let request = world.upload_request("dr_smith", ("a.jpg", jpeg(1000))).header("idempotency-key", "k");
            request.send().await.map(|answer| answer.status().as_u16()).unwrap_or(0)
        };
        assert_ne!(once().await, 200, "{point}");
        assert_eq!(once().await, 200, "the file is there: {point}");
        world.advance("15m").await;
        assert_eq!(world.copies().await.len(), 1, "{point}");
    }
}

#[tokio::test]
async fn a_copy_that_was_begun_is_made_once_after_a_restart() {
    for point in ["mirror-named", "mirror-begun", "mirror-made"] {
        let directory = tempfile::tempdir().unwrap();
        let options =
            || Options { data_dir: Some(directory.path().to_owned()), rate_limit: Some(0), ..Options::default() };
        let world = World::with(options()).await;
        world.local_post("crash", json!({ "point": point })).await;
        let form = world.form("dr_smith", "application/pdf", 5 << 20).await;
        world.put_by_form(&form, tests::files::pdf(5 << 20)).await;
        world.complete("dr_smith", &form).await.ok();
        world.drain().await;
        world.stop().await;

        let world = World::with(options()).await;
        world.advance("15m").await;
        assert_eq!(status(&world, &form).await["overall_success"], true, "{point}");
        assert_eq!(world.copies().await.len(), 1, "Google knew the id already: {point}");
        world.stop().await;
    }
}
