//! Boots the app in the browser.

#[cfg(target_arch = "wasm32")]
fn main() {
    alongside::app::start();
}

/// The page runs in a browser; natively there is nothing to start (see `cargo xtask demo`).
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("This program is a web page: run `cargo xtask demo`.");
}
