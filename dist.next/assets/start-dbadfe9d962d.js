import init from "./app-dbadfe9d962d.js";

init({ module_or_path: new URL("app_bg-03bc02007e9f.wasm", import.meta.url) }).catch((error) => {
  // A Rust panic has its own notice; this is for a page that never started.
  console.error(error);
  document.getElementById("shell")?.remove();
  const notice = document.createElement("main");
  notice.setAttribute("role", "alert");
  const heading = document.createElement("h1");
  heading.textContent = "The page could not start";
  const words = document.createElement("p");
  words.textContent =
    "Please reload it. If that does not help, your browser may be too old or may not allow WebAssembly: tell your IT service desk.";
  notice.append(heading, words);
  document.body.append(notice);
});
