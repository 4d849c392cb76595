//! `fetch`, with a time limit, cancelled when dropped.

use std::time::Duration;

use futures::future::{Either, select};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit};

use super::timer;
use crate::api::{Method, Request, Response, Transport, TransportError};

const FHIR_JSON: &str = "application/fhir+json";
/// Letters. What is written with fewer arrives although the page is left; a browser lets few such be on their way at once
/// (<https://fetch.spec.whatwg.org/#request-keepalive-flag>).
const SMALL: usize = 2000;

/// The browser's network.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

/// Dropping the future cancels the network request.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Transport for Fetch {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let timeout = request.timeout;
        let answer = std::pin::pin!(exchange(request));
        let limit = std::pin::pin!(timer::sleep(timeout));
        match select(answer, limit).await {
            Either::Left((result, _)) => result.map_err(|_| no_answer()),
            Either::Right(_) => Err(TransportError::TimedOut),
        }
    }

    async fn sleep(&self, time: Duration) {
        if time.is_zero() {
            timer::breathe().await;
        } else {
            timer::sleep(time).await;
        }
    }
}

fn no_answer() -> TransportError {
    let online = web_sys::window().is_none_or(|it| it.navigator().on_line());
    if online {
        TransportError::Unreachable
    } else {
        TransportError::Offline
    }
}

async fn exchange(request: Request) -> Result<Response, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let abort = AbortOnDrop(AbortController::new()?);
    let init = RequestInit::new();
    init.set_signal(Some(&abort.0.signal()));
    let headers = Headers::new()?;
    headers.set("Accept", FHIR_JSON)?;
    match request.method {
        Method::Get => init.set_method("GET"),
        Method::Post => init.set_method("POST"),
        Method::Put => init.set_method("PUT"),
        Method::Delete => init.set_method("DELETE"),
    }
    if let Some(body) = &request.body {
        headers.set("Content-Type", FHIR_JSON)?;
        if request.method == Method::Put && body.len() < SMALL {
            Reflect::set(&init, &"keepalive".into(), &true.into())?;
        }
        init.set_body(&JsValue::from_str(body));
    }
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    init.set_headers(&headers);
    // Records are never left in the browser's cache.
    init.set_cache(web_sys::RequestCache::NoStore);
    let response = JsFuture::from(ask(&window, &request.url, &init)?).await?;
    let response: web_sys::Response = response.dyn_into()?;
    let header = |name| response.headers().get(name).ok().flatten();
    Ok(Response {
        status: response.status(),
        retry_after: header("Retry-After").and_then(|it| it.trim().parse().ok()),
        location: header("Location"),
        body: text(&response).await?,
    })
}

/// What `Response.text()` says, without a copy of it in the browser's own form: for a megabyte of JSON that is a tenth of
/// the time that reading it takes.
async fn text(response: &web_sys::Response) -> Result<String, JsValue> {
    let bytes = Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec();
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
    Ok(match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// `fetch` as the script that starts the page has it: the first questions may be under way already.
fn ask(window: &web_sys::Window, url: &str, init: &RequestInit) -> Result<Promise, JsValue> {
    match Reflect::get(window, &"alongsideFetch".into())?.dyn_into::<Function>() {
        Ok(fetch) => fetch.call2(window, &url.into(), init)?.dyn_into(),
        Err(_) => Ok(window.fetch_with_str_and_init(url, init)),
    }
}

/// Reads a file of the page's own origin, e.g. `config.json`. `None` when it cannot be had.
pub async fn file(path: &str) -> Option<String> {
    let window = web_sys::window()?;
    let init = RequestInit::new();
    init.set_cache(web_sys::RequestCache::NoCache);
    let response = JsFuture::from(ask(&window, path, &init).ok()?).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    text(&response).await.ok()
}
