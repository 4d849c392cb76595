//! Boots the app in the browser.

// Reading JSON is mostly asking for memory: the standard library's allocator takes a third of that time.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(target_arch = "wasm32")]
fn main() {
    alongside::app::start();
}

/// The page runs in a browser; natively there is nothing to start (see `cargo xtask demo`).
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("This program is a web page: run `cargo xtask demo`.");
}
