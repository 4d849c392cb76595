//! Drafts on this device, unreadable to whoever takes it: AES-GCM with 256 bits and a random vector for each text
//! (<https://www.w3.org/TR/WebCryptoAPI/#aes-gcm>), bound to the draft's own name. The key cannot be taken out of the
//! browser, and goes, with every draft, when somebody else works at the device.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, TransactionMode};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey, SubtleCrypto};

const NAME: &str = "alongside";
const DRAFTS: &str = "drafts";
const OWN: &str = "own";
const KEY: &str = "key";
const OWNER: &str = "owner";
const VECTOR_BYTES: u32 = 12;
const KEY_BITS: u16 = 256;

/// What this device keeps for one person. What has begun here ends, also when nobody waits for it any more: half of a
/// change is never kept, and the browser never calls back to what is gone.
#[derive(Clone)]
pub struct Vault(Rc<Kept>);

struct Kept {
    database: Rc<Database>,
    key: CryptoKey,
}

impl Vault {
    /// Opens what is kept for `owner`; what was kept for anybody else is gone then. `None` where a browser keeps
    /// nothing, or has no cryptography (a page without TLS).
    pub async fn open(owner: &str) -> Option<Self> {
        let owner = owner.to_owned();
        to_the_end(async move { Kept::open(&owner).await })
            .await?
            .map(|it| Self(Rc::new(it)))
    }

    /// Keeps a text. Returns whether it is kept.
    pub async fn save(&self, name: &str, text: &str) -> bool {
        let (kept, name, text) = (Rc::clone(&self.0), name.to_owned(), text.to_owned());
        let saved = to_the_end(async move { kept.save(&name, &text).await });
        saved.await.flatten().is_some()
    }

    /// The text of this name. `None` where there is none, or it is not what was kept under it.
    pub async fn load(&self, name: &str) -> Option<String> {
        let (kept, name) = (Rc::clone(&self.0), name.to_owned());
        to_the_end(async move { kept.load(&name).await })
            .await
            .flatten()
    }

    pub async fn remove(&self, name: &str) {
        let (kept, name) = (Rc::clone(&self.0), name.to_owned());
        to_the_end(async move { kept.remove(&name).await.is_ok() }).await;
    }

    /// The names of everything that is kept.
    pub async fn names(&self) -> Vec<String> {
        let kept = Rc::clone(&self.0);
        let keys = to_the_end(async move { kept.names().await }).await;
        let keys = keys.and_then(Result::ok).unwrap_or_default();
        keys.into_iter().filter_map(|it| it.as_string()).collect()
    }
}

/// Work that ends, whether or not anybody waits for it. `None` where it could not.
async fn to_the_end<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        let _ = tell.send(work.await);
    });
    told.await.ok()
}

impl Kept {
    async fn open(owner: &str) -> Option<Self> {
        let database = database().await.ok()?;
        let kept = get(&database, OWN, OWNER).await;
        let is_own = kept.and_then(|it| it.as_string()).as_deref() == Some(owner);
        if let (true, Some(key)) = (is_own, get(&database, OWN, KEY).await) {
            let key = key.dyn_into::<CryptoKey>().ok()?;
            return Some(Self { database, key });
        }
        let new = new_key().await?;
        let key = begin(&database, owner, new.into()).await.ok()?;
        let key = key.dyn_into::<CryptoKey>().ok()?;
        Some(Self { database, key })
    }

    async fn save(&self, name: &str, text: &str) -> Option<()> {
        let sealed = self.seal(name, text).await?;
        put(&self.database, DRAFTS, name, &sealed).await
    }

    async fn load(&self, name: &str) -> Option<String> {
        let sealed = get(&self.database, DRAFTS, name).await?;
        let vector: Uint8Array = part(&sealed, "vector")?.dyn_into().ok()?;
        let text: Object = part(&sealed, "text")?.dyn_into().ok()?;
        let bytes = subtle()?
            .decrypt_with_object_and_buffer_source(&how(name, &vector), &self.key, &text)
            .ok()?;
        let bytes = JsFuture::from(bytes).await.ok()?;
        String::from_utf8(Uint8Array::new(&bytes).to_vec()).ok()
    }

    async fn remove(&self, name: &str) -> Result<(), idb::Error> {
        let transaction = self
            .database
            .transaction(&[DRAFTS], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(DRAFTS)?;
        store.delete(JsValue::from(name))?.await?;
        transaction.commit()?.await.map(|_| ())
    }

    async fn names(&self) -> Result<Vec<JsValue>, idb::Error> {
        let transaction = self
            .database
            .transaction(&[DRAFTS], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(DRAFTS)?;
        store.get_all_keys(None, None)?.await
    }

    async fn seal(&self, name: &str, text: &str) -> Option<JsValue> {
        let mut random = [0; VECTOR_BYTES as usize];
        let crypto = web_sys::window()?.crypto().ok()?;
        crypto.get_random_values_with_u8_array(&mut random).ok()?;
        let vector = Uint8Array::from(random.as_slice());
        let bytes = Uint8Array::from(text.as_bytes());
        let sealed = subtle()?
            .encrypt_with_object_and_buffer_source(&how(name, &vector), &self.key, &bytes)
            .ok()?;
        let sealed = JsFuture::from(sealed).await.ok()?;
        let both = Object::new();
        Reflect::set(&both, &"vector".into(), &vector).ok()?;
        Reflect::set(&both, &"text".into(), &sealed).ok()?;
        Some(both.into())
    }
}

/// A name that nothing else has: a random UUID (<https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4>).
pub fn fresh_name() -> String {
    let mut random = [0; 16];
    if let Some(crypto) = web_sys::window().and_then(|it| it.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut random);
    }
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut random;
    *version = 0x40 | (*version & 0x0f);
    *variant = 0x80 | (*variant & 0x3f);
    let mut hex = data_encoding::HEXLOWER.encode(&random);
    for at in [20, 16, 12, 8] {
        hex.insert(at, '-');
    }
    hex
}

/// A text under another name does not open: a draft never becomes another person's.
fn how(name: &str, vector: &Uint8Array) -> AesGcmParams {
    let how = AesGcmParams::new("AES-GCM", vector);
    how.set_additional_data(&Uint8Array::from(name.as_bytes()));
    how
}

fn part(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into())
        .ok()
        .filter(|it| !it.is_undefined())
}

/// Only where the page came over TLS (or from this machine).
fn subtle() -> Option<SubtleCrypto> {
    let crypto = web_sys::window()?.crypto().ok()?;
    part(&crypto, "subtle")?.dyn_into().ok()
}

async fn new_key() -> Option<CryptoKey> {
    let kind = AesKeyGenParams::new("AES-GCM", KEY_BITS);
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key = subtle()?
        .generate_key_with_object(&kind, false, &uses)
        .ok()?;
    JsFuture::from(key).await.ok()?.dyn_into().ok()
}

thread_local! {
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// One connection for as long as the page lives, or the browser has not closed it. The library keeps what a connection
/// calls back to for ever, so there should not be many.
async fn database() -> Result<Rc<Database>, idb::Error> {
    let open = OPEN.with_borrow(Clone::clone);
    let is_closed = |it: &Rc<Database>| it.transaction(&[OWN], TransactionMode::ReadOnly).is_err();
    if let Some(open) = open.filter(|it| !is_closed(it)) {
        return Ok(open);
    }
    let new = Rc::new(open_database().await?);
    OPEN.set(Some(Rc::clone(&new)));
    Ok(new)
}

async fn open_database() -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(NAME, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            for store in [DRAFTS, OWN] {
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    request.await
}

async fn get(database: &Database, store: &str, name: &str) -> Option<JsValue> {
    let transaction = database
        .transaction(&[store], TransactionMode::ReadOnly)
        .ok()?;
    let store = transaction.object_store(store).ok()?;
    store.get(JsValue::from(name)).ok()?.await.ok()?
}

async fn put(database: &Database, store: &str, name: &str, value: &JsValue) -> Option<()> {
    let transaction = database
        .transaction(&[store], TransactionMode::ReadWrite)
        .ok()?;
    let place = transaction.object_store(store).ok()?;
    place.put(value, Some(&name.into())).ok()?.await.ok()?;
    transaction.commit().ok()?.await.ok()?;
    Some(())
}

/// Begins for `owner`, without what was kept for anybody else. Of several who begin at once (windows, parts of a page) the
/// first one's key is everybody's: it is looked for and kept in one transaction.
async fn begin(database: &Database, owner: &str, new: JsValue) -> Result<JsValue, idb::Error> {
    let transaction = database.transaction(&[DRAFTS, OWN], TransactionMode::ReadWrite)?;
    let own = transaction.object_store(OWN)?;
    let kept = own.get(JsValue::from(OWNER))?.await?;
    let key = own.get(JsValue::from(KEY))?.await?;
    let is_own = kept.and_then(|it| it.as_string()).as_deref() == Some(owner);
    let key = if let Some(key) = key.filter(|_| is_own) {
        key
    } else {
        transaction.object_store(DRAFTS)?.clear()?.await?;
        own.put(&owner.into(), Some(&OWNER.into()))?.await?;
        own.put(&new, Some(&KEY.into()))?.await?;
        new
    };
    transaction.commit()?.await?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    async fn a_draft_comes_back_to_its_writer_and_under_its_own_name_only() {
        let vault = Vault::open("asha").await.unwrap();
        let text = "Trigger: Żółć \u{1F525}\nmore";
        assert!(vault.save("asha/jane/crisis", text).await);
        assert!(vault.save("asha/bert/crisis", "other").await);
        assert_eq!(vault.load("asha/jane/crisis").await.as_deref(), Some(text));
        // What is kept is not readable, and opens under no other name.
        let sealed = get(&vault.0.database, DRAFTS, "asha/jane/crisis")
            .await
            .unwrap();
        let bytes = Uint8Array::new(&part(&sealed, "text").unwrap()).to_vec();
        assert!(!String::from_utf8_lossy(&bytes).contains("Trigger"));
        put(&vault.0.database, DRAFTS, "asha/bert/crisis", &sealed)
            .await
            .unwrap();
        assert_eq!(vault.load("asha/bert/crisis").await, None);
        assert!(!vault.0.key.extractable());
        // The same person again; then somebody else.
        let again = Vault::open("asha").await.unwrap();
        assert_eq!(again.names().await.len(), 2);
        assert_eq!(again.load("asha/jane/crisis").await.as_deref(), Some(text));
        again.remove("asha/bert/crisis").await;
        assert_eq!(again.names().await, ["asha/jane/crisis"]);
        let other = Vault::open("khan").await.unwrap();
        assert!(other.names().await.is_empty());
        assert_eq!(other.load("asha/jane/crisis").await, None);
        let back = Vault::open("asha").await.unwrap();
        assert!(back.names().await.is_empty(), "it is gone");
    }

    #[wasm_bindgen_test]
    async fn of_many_who_begin_at_once_all_have_one_key() {
        let _ = Vault::open("khan").await;
        let all = futures::future::join_all((0..12).map(|_| Vault::open("asha"))).await;
        for (at, vault) in all.iter().flatten().enumerate() {
            assert!(vault.save(&format!("asha/{at}"), "kept").await);
        }
        let again = Vault::open("asha").await.unwrap();
        for at in 0..all.len() {
            let kept = again.load(&format!("asha/{at}")).await;
            assert_eq!(kept.as_deref(), Some("kept"), "{at}");
        }
        let _ = Vault::open("khan").await;
    }

    #[wasm_bindgen_test]
    async fn what_nobody_waits_for_any_more_ends_too() {
        use futures::FutureExt;
        let vault = Vault::open("asha").await.unwrap();
        for at in 0..20 {
            let name = format!("left/{at}");
            // Begun, and left after the first step.
            assert!(vault.save(&name, "kept").now_or_never().is_none());
            assert!(Vault::open("asha").now_or_never().is_none());
        }
        assert!(vault.save("after", "kept").await);
        for at in 0..20 {
            let name = format!("left/{at}");
            assert_eq!(vault.load(&name).await.as_deref(), Some("kept"), "{at}");
            vault.remove(&name).await;
        }
        vault.remove("after").await;
    }
}
