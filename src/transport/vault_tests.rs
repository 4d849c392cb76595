use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

async fn open(owner: &str) -> Option<Vault> {
    Vault::open(owner, |_, _| true).await
}

#[wasm_bindgen_test]
async fn a_draft_comes_back_to_its_writer_and_under_its_own_name_only() {
    let vault = open("asha").await.unwrap();
    let text = "Trigger: Żółć \u{1F525}\nmore";
    assert!(vault.save("asha/jane/crisis", text).await);
    assert!(vault.save("asha/bert/crisis", "other").await);
    assert_eq!(vault.load("asha/jane/crisis").await.as_deref(), Some(text));
    // What is kept is not readable, and opens under no other name.
    let sealed = get(&vault.now().database, DRAFTS, "asha/jane/crisis")
        .await
        .unwrap();
    let bytes = Uint8Array::new(&part(&sealed, "text").unwrap()).to_vec();
    assert!(!String::from_utf8_lossy(&bytes).contains("Trigger"));
    vault.now().put("asha/bert/crisis", &sealed).await.unwrap();
    assert_eq!(vault.load("asha/bert/crisis").await, None);
    assert!(!vault.now().key.extractable());
    // The same person again; then somebody else.
    let again = open("asha").await.unwrap();
    assert_eq!(again.names().await.unwrap().len(), 2);
    assert_eq!(again.load("asha/jane/crisis").await.as_deref(), Some(text));
    again.remove("asha/bert/crisis").await;
    assert_eq!(again.names().await.unwrap(), ["asha/jane/crisis"]);
    let other = open("khan").await.unwrap();
    assert!(other.names().await.unwrap().is_empty());
    assert_eq!(other.load("asha/jane/crisis").await, None);
    let back = open("asha").await.unwrap();
    assert!(back.names().await.unwrap().is_empty(), "it is gone");
}

#[wasm_bindgen_test]
async fn a_window_of_somebody_else_takes_nothing_away_and_does_not_say_that_it_keeps_what_it_does_not()
 {
    let mine = Vault::open("tom", |_, _| true).await.unwrap();
    assert!(mine.save("tom/jane/crisis", "first").await);
    let stale = Vault::open("tom", |_, _| false).await.unwrap();
    // Somebody else begins.
    let other = open("khan").await.unwrap();
    assert!(other.save("khan/jane/crisis", "theirs").await);
    assert!(!stale.save("tom/jane/crisis", "second").await);
    assert_eq!(stale.names().await, None);
    assert!(Vault::open("tom", |_, _| false).await.is_none());
    let theirs = other.load("khan/jane/crisis").await;
    assert_eq!(theirs.as_deref(), Some("theirs"));
    // And the first again: what was open for them goes on.
    let again = open("tom").await.unwrap();
    assert!(stale.save("tom/jane/crisis", "third").await);
    let kept = again.load("tom/jane/crisis").await;
    assert_eq!(kept.as_deref(), Some("third"));
    assert_eq!(stale.names().await.map(|it| it.len()), Some(1));
    again.remove("tom/jane/crisis").await;
    let _ = open("khan").await;
}

#[wasm_bindgen_test]
async fn of_many_who_begin_at_once_all_have_one_key() {
    let _ = open("khan").await;
    let all = futures::future::join_all((0..12).map(|_| open("asha"))).await;
    for (at, vault) in all.iter().flatten().enumerate() {
        assert!(vault.save(&format!("asha/{at}"), "kept").await);
    }
    let again = open("asha").await.unwrap();
    for at in 0..all.len() {
        let kept = again.load(&format!("asha/{at}")).await;
        assert_eq!(kept.as_deref(), Some("kept"), "{at}");
    }
    let _ = open("khan").await;
}

#[wasm_bindgen_test]
async fn what_nobody_waits_for_any_more_ends_too() {
    use futures::FutureExt;
    let vault = open("asha").await.unwrap();
    for at in 0..20 {
        let name = format!("left/{at}");
        // Begun, and left after the first step.
        assert!(vault.save(&name, "kept").now_or_never().is_none());
        assert!(open("asha").now_or_never().is_none());
    }
    assert!(vault.save("after", "kept").await);
    for at in 0..20 {
        let name = format!("left/{at}");
        assert_eq!(vault.load(&name).await.as_deref(), Some("kept"), "{at}");
        vault.remove(&name).await;
    }
    vault.remove("after").await;
}
