// A proxy in front of the page that makes record APIs fail and lie. It listens on a free port; the page's files pass
// straight through, so the page and its `/fhir/ID/` are one origin at the proxy's address, as they are in front of
// the real one. For every request to a source a rule says which fault answers it, or none: see faults.mjs.
import http from "node:http";
import { once } from "node:events";

import { createProxyServer } from "http-proxy-3";

import { url as behind } from "./record-apis.mjs";

const address = new URL(behind);

/** The whole body of a request or an answer. */
async function whole(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** Asks the real record API, as the browser asked or with another path or body. */
async function askReally(req, { path = req.url, body }, signal) {
  const headers = { ...req.headers, "accept-encoding": "identity" };
  delete headers["content-length"];
  if (body) headers["content-length"] = Buffer.byteLength(body);
  const asked = http.request({ host: address.hostname, port: address.port, method: req.method, path, headers, signal });
  asked.end(body || undefined);
  const [answer] = await once(asked, "response", { signal });
  return { status: answer.statusCode, type: answer.headers["content-type"], text: await whole(answer) };
}

/** The searches that a request asks: those of a batch, or the one in its address. */
function questions(req, source, body) {
  if (req.method !== "POST") return [req.url.slice(`/fhir/${source}/`.length)];
  try {
    return JSON.parse(body).entry.map((it) => it.request.url);
  } catch {
    return [];
  }
}

/**
 * Starts a proxy. `rule({ source, method, path, questions })` gives a fault or nothing; `fail` sets it, either as such
 * a function or as `{ rm2: fault }`; `heal` takes all faults away. `failed` counts the requests that a fault answered.
 */
export async function faultProxy() {
  const straight = createProxyServer({ target: behind, ws: true, xfwd: false });
  straight.on("error", (_, __, res) => res?.destroy?.());
  let rule = () => undefined;
  const it = { failed: 0, asked: 0 };

  async function answer(req, res, source) {
    it.asked += 1;
    const body = await whole(req);
    const asked = questions(req, source, body);
    const fault = rule({ source, method: req.method, path: req.url, questions: asked });
    const gone = new AbortController();
    res.on("close", () => gone.abort());
    const ask = (change = {}) => askReally(req, { body, ...change }, gone.signal);
    const send = (status, headers, text) => res.writeHead(status, headers).end(text);
    if (fault) {
      it.failed += 1;
      return fault.answer({ req, res, source, body, questions: asked, ask, send, signal: gone.signal, origin: it.url });
    }
    const { status, type, text } = await ask();
    return send(status, { "content-type": type ?? "application/fhir+json" }, text);
  }

  const server = http.createServer((req, res) => {
    const source = /^\/fhir\/([^/?]+)/.exec(req.url)?.[1];
    if (!source) return straight.web(req, res);
    // Whoever asked may have left, or the fault is that there is no answer: neither is an error of the proxy.
    return answer(req, res, source).catch((error) => {
      if (error.name !== "AbortError" && !res.destroyed) it.broken = error;
      res.destroy();
    });
  });
  server.on("upgrade", (req, socket, head) => straight.ws(req, socket, head));
  server.listen(0, "localhost");
  await once(server, "listening");

  it.url = `http://localhost:${server.address().port}`;
  it.fail = (faults) => {
    it.failed = 0;
    rule = typeof faults === "function" ? faults : ({ source }) => faults[source];
  };
  it.heal = () => it.fail(() => undefined);
  it.sockets = () => new Promise((done) => server.getConnections((_, count) => done(count)));
  it.close = () => {
    server.closeAllConnections();
    server.close();
    straight.close();
  };
  return it;
}
