//! The list of an organisation's visits.

use serde_json::{Value, json};

use super::{KIM, Visit};

#[tokio::test]
async fn newest_first_by_status_page_by_page() {
    let mut visit = Visit::start().await;
    let mut ids = vec![visit.id.clone()];
    for _ in 0..2 {
        visit.world.advance("1m").await;
        visit = Visit::on(visit.world).await;
        ids.insert(0, visit.id.clone());
    }
    visit.ends().await.ok();
    let list = async |query: &str| visit.world.get(KIM, &format!("/api/conversations{query}")).await.ok();
    let of = |list: &Value| -> Vec<String> {
        list["data"].as_array().unwrap().iter().map(|visit| visit["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(of(&list("").await), ids);
    assert_eq!(of(&list("?status=completed").await), ids[..1]);
    assert_eq!(of(&list("?status=active").await), ids[1..]);
    assert_eq!(list("?status=error").await["data"], json!([]));
    let first = list("?limit=2").await;
    assert_eq!((of(&first), &first["meta"]["hasMore"]), (ids[..2].to_vec(), &json!(true)));
    let cursor = first["meta"]["nextCursor"].as_str().unwrap().replace('#', "%23");
    let rest = list(&format!("?limit=2&cursor={cursor}")).await;
    assert_eq!((of(&rest), &rest["meta"]), (ids[2..].to_vec(), &json!({ "limit": 2, "hasMore": false })));
    let others = visit.world.get("clinician_other", "/api/conversations").await.ok();
    assert_eq!(others["data"], json!([]), "another organisation sees nothing");
}
