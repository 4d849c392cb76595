//! A panic ends the app. The trap that ends it is told to the reader by the script that started the page (`start.js` of
//! the page's build), because nothing of the app can be trusted any more. Here only: what happened, on the console of a
//! development build (no data of a person is in a panic's message by rule: messages are constants).

/// Says on the console what a panic was, in development builds; in the release build a panic has no words.
pub fn install() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}
