//! Drafts on this device, unreadable to whoever takes it: AES-GCM with 256 bits and a random vector for each text
//! (<https://www.w3.org/TR/WebCryptoAPI/#aes-gcm>), bound to the draft's own name. The key cannot be taken out of the
//! browser, and goes, with every draft, when somebody else works at the device.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use idb::{
    Database, DatabaseEvent, Factory, ObjectStore, ObjectStoreParams, Transaction, TransactionMode,
};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey, SubtleCrypto};

const NAME: &str = "alongside";
const DRAFTS: &str = "drafts";
const OWN: &str = "own";
const KEY: &str = "key";
const OWNER: &str = "owner";
const ID: &str = "id";
const VECTOR_BYTES: u32 = 12;
const KEY_BITS: u16 = 256;

/// What this device keeps for one person. What has begun here ends, also when nobody waits for it any more: half of a
/// change is never kept, and the browser never calls back to what is gone.
#[derive(Clone)]
pub struct Vault {
    owner: Rc<str>,
    may_begin: MayBegin,
    kept: Rc<RefCell<Rc<Kept>>>,
}

/// Whether this owner may begin to keep something here, where another (if any) has: what that one kept is gone then.
pub type MayBegin = fn(&str, Option<&str>) -> bool;

struct Kept {
    database: Rc<Database>,
    key: CryptoKey,
    /// Another one with each key.
    id: Option<String>,
}

impl Vault {
    /// Opens what is kept for `owner`. `None` where a browser keeps nothing, has no cryptography (a page without TLS), or
    /// keeps things for somebody else now.
    pub async fn open(owner: &str, may_begin: MayBegin) -> Option<Self> {
        let owner: Rc<str> = owner.into();
        let own = Rc::clone(&owner);
        let kept = to_the_end(async move { Kept::open(&own, may_begin).await }).await??;
        Some(Self {
            owner,
            may_begin,
            kept: Rc::new(RefCell::new(Rc::new(kept))),
        })
    }

    /// Keeps a text. Returns whether it is kept.
    pub async fn save(&self, name: &str, text: &str) -> bool {
        let (it, name, text) = (self.clone(), name.to_owned(), text.to_owned());
        let saved = to_the_end(async move {
            let saved = it.now().save(&name, &text).await;
            if saved.is_none() && it.renew().await {
                return it.now().save(&name, &text).await;
            }
            saved
        });
        saved.await.flatten().is_some()
    }

    /// The text of this name. `None` where there is none, or it is not what was kept under it.
    pub async fn load(&self, name: &str) -> Option<String> {
        let (it, name) = (self.clone(), name.to_owned());
        let loaded = to_the_end(async move {
            let loaded = it.now().load(&name).await;
            if loaded.is_none() && it.renew().await {
                return it.now().load(&name).await;
            }
            loaded
        });
        loaded.await.flatten()
    }

    pub async fn remove(&self, name: &str) {
        let (kept, name) = (self.now(), name.to_owned());
        to_the_end(async move { kept.remove(&name).await.is_ok() }).await;
    }

    /// The names of everything that is kept; `None` where that cannot be told.
    pub async fn names(&self) -> Option<Vec<String>> {
        let it = self.clone();
        let names = to_the_end(async move {
            let names = it.now().names().await;
            if names.is_none() && it.renew().await {
                return it.now().names().await;
            }
            names
        });
        let names = names.await??.into_iter();
        Some(names.filter_map(|it| it.as_string()).collect())
    }

    fn now(&self) -> Rc<Kept> {
        Rc::clone(&self.kept.borrow())
    }

    /// Opens again what is kept: somebody else may have begun meanwhile, and the owner after them, or the browser may have
    /// forgotten it all. Returns whether it is another one now.
    async fn renew(&self) -> bool {
        let Some(new) = Kept::open(&self.owner, self.may_begin).await else {
            return false;
        };
        let old = self.now();
        let is_same = new.id == old.id && Rc::ptr_eq(&new.database, &old.database);
        self.kept.replace(Rc::new(new));
        !is_same
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
    async fn open(owner: &str, may_begin: MayBegin) -> Option<Self> {
        let database = database().await.ok()?;
        let text = |it: Option<JsValue>| it.and_then(|it| it.as_string());
        let kept = text(get(&database, OWN, OWNER).await);
        let id = text(get(&database, OWN, ID).await);
        let is_own = kept.as_deref() == Some(owner);
        if let (true, Some(key)) = (is_own, get(&database, OWN, KEY).await) {
            let key = key.dyn_into::<CryptoKey>().ok()?;
            return Some(Self { database, key, id });
        }
        let new = (new_key().await?.into(), fresh_name());
        let (key, id) = begin(&database, owner, may_begin, new).await.ok()??;
        let key = key.dyn_into::<CryptoKey>().ok()?;
        Some(Self { database, key, id })
    }

    async fn save(&self, name: &str, text: &str) -> Option<()> {
        let sealed = self.seal(name, text).await?;
        self.put(name, &sealed).await
    }

    /// Nothing is kept that nobody could read: where another key is in use now.
    async fn put(&self, name: &str, sealed: &JsValue) -> Option<()> {
        let (transaction, place) = self.drafts(TransactionMode::ReadWrite).await?;
        place.put(sealed, Some(&name.into())).ok()?.await.ok()?;
        transaction.commit().ok()?.await.ok()?;
        Some(())
    }

    /// The drafts, where they are still this owner's.
    async fn drafts(&self, mode: TransactionMode) -> Option<(Transaction, ObjectStore)> {
        let transaction = self.database.transaction(&[DRAFTS, OWN], mode).ok()?;
        let own = transaction.object_store(OWN).ok()?;
        let id = own.get(JsValue::from(ID)).ok()?.await.ok()?;
        let is_own = id.and_then(|it| it.as_string()) == self.id;
        let drafts = transaction.object_store(DRAFTS).ok()?;
        is_own.then_some((transaction, drafts))
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

    async fn names(&self) -> Option<Vec<JsValue>> {
        let (_transaction, store) = self.drafts(TransactionMode::ReadOnly).await?;
        store.get_all_keys(None, None).ok()?.await.ok()
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

/// Begins for `owner`, where they may, without what was kept for anybody else. Of several who begin at once (windows, parts
/// of a page) the first one's key is everybody's: it is looked for and kept in one transaction.
async fn begin(
    database: &Database,
    owner: &str,
    may_begin: MayBegin,
    (new, id): (JsValue, String),
) -> Result<Option<(JsValue, Option<String>)>, idb::Error> {
    let text = |it: Option<JsValue>| it.and_then(|it| it.as_string());
    let transaction = database.transaction(&[DRAFTS, OWN], TransactionMode::ReadWrite)?;
    let own = transaction.object_store(OWN)?;
    let kept = text(own.get(JsValue::from(OWNER))?.await?);
    let key = own.get(JsValue::from(KEY))?.await?;
    let kept_id = text(own.get(JsValue::from(ID))?.await?);
    let is_own = kept.as_deref() == Some(owner);
    let begun = if let Some(key) = key.filter(|_| is_own) {
        (key, kept_id)
    } else if !may_begin(owner, kept.as_deref()) {
        return Ok(None);
    } else {
        transaction.object_store(DRAFTS)?.clear()?.await?;
        own.put(&owner.into(), Some(&OWNER.into()))?.await?;
        own.put(&new, Some(&KEY.into()))?.await?;
        own.put(&(&id).into(), Some(&ID.into()))?.await?;
        (new, Some(id))
    };
    transaction.commit()?.await?;
    Ok(Some(begun))
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
