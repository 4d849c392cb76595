//! Small things kept on this device: who the reader is, when a person was last looked at, what a source can do.
//! No facts from the record. A device without storage keeps nothing, and everything else works.

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

pub fn load(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

pub fn save(key: &str, value: &str) {
    if let Some(storage) = local() {
        // A full or forbidden storage loses a convenience, not a fact.
        let _ = storage.set_item(key, value);
    }
}

pub fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}
