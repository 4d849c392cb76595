import init from "./app.js";

const RELOAD = "Please reload it. If that does not help, your browser may be too old or may not allow WebAssembly: tell your IT service desk.";
const STOPPED = "This page has stopped because of a fault in it. What you see may be out of date. Nothing in the record was changed.";

/** An element with these attributes and words or elements inside. */
function make(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

// A fault of the program (a panic, no memory, no stack) is a trap; after one, nothing of the app can be trusted.
function stopped(error) {
  if (!(error instanceof WebAssembly.RuntimeError) || document.getElementById("stopped")) return;
  const link = make("a", { class: "nhsuk-button", href: location.pathname, rel: "external" }, "Load the page again");
  document.body.prepend(make("div", { id: "stopped", class: "app-stopped", role: "alert" }, make("p", {}, STOPPED), link));
}
addEventListener("error", (event) => stopped(event.error));
addEventListener("unhandledrejection", (event) => stopped(event.reason));

init({ module_or_path: new URL("app_bg.wasm", import.meta.url) }).catch((error) => {
  console.error(error);
  document.getElementById("shell")?.remove();
  document.body.append(make("main", { role: "alert" }, make("h1", {}, "The page could not start"), make("p", {}, RELOAD)));
});
