// What axe-core finds on a screen: WCAG 2.0 to 2.2, A and AA, and axe's best practice. Nothing is switched off.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with a line for each element that axe names; `what` says which screen. Returns how many rules had something to look at. */
export async function clean(page, what) {
  // By the debugger's way in, which the page's Content-Security-Policy does not close.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const { violations, passes } = await page.evaluate(async (values) => {
    const found = await globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations", "passes"] });
    const nodes = (it) => it.nodes.map((node) => ({ target: node.target.join(" "), html: node.html.slice(0, 160), why: node.any.concat(node.all, node.none).map((check) => check.message).join("; ") }));
    return { violations: found.violations.map((it) => ({ id: it.id, nodes: nodes(it) })), passes: found.passes.length };
  }, tags);
  const lines = violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target}\n    ${node.html}\n    ${node.why}`));
  assert.equal(lines.length, 0, `${what}:\n${lines.slice(0, 12).join("\n")}${lines.length > 12 ? `\n… ${lines.length} in all` : ""}`);
  assert.ok(passes > 5, `${what}: axe looked at nothing (${passes} rules)`);
  return passes;
}
