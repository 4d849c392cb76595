// What somebody who writes a plan feels: how long an editor takes to open, and a key press to be on the screen. Nothing is
// saved, and the draft goes with the visitor's device.
import { cases } from "../page.mjs";
import { url } from "../record-apis.mjs";
import { complete, visitor } from "./stopwatch.mjs";

const WORDS = "More breathless than usual, ankles up";

/** In the page: from each key to the frame that shows it, and the frames meanwhile. */
function keys() {
  const seen = (globalThis.typed = { waits: [], frames: [] });
  addEventListener("keydown", (event) => requestAnimationFrame(() => setTimeout(() => seen.waits.push(performance.now() - event.timeStamp))), true);
  let before = performance.now();
  const look = (now) => {
    seen.frames.push(now - before);
    before = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The crisis plan of the longest plan there is, at the quarter of the processor where `slow`. */
export async function typing(storage, slow) {
  const at = await visitor({ storage: storage.warm });
  await at.page.goto(`${url}/patient/${cases.jane.patient}/plan`);
  await complete(at.page, "#crisis");
  await at.page.mouse.move(200, 300);
  await at.page.mouse.move(210, 310);
  await at.page.waitForTimeout(4000);
  if (slow) await at.wire.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const opened = await at.page.evaluate(async () => {
    const button = [...document.querySelectorAll("#crisis button")].find((it) => /^Edit/.test(it.textContent.trim()));
    const from = performance.now();
    button.click();
    while (!document.querySelector("#crisis .app-write textarea")) await new Promise(requestAnimationFrame);
    await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
    return performance.now() - from;
  });
  await at.page.locator("#crisis .app-write textarea").first().focus();
  await at.page.evaluate(keys);
  for (const key of WORDS) {
    await at.page.keyboard.press(key);
    await at.page.waitForTimeout(60);
  }
  const { waits, frames } = await at.page.evaluate(() => globalThis.typed);
  await at.context.close();
  if (waits.length < WORDS.length / 2) throw new Error("Keys were not seen");
  waits.sort((a, b) => a - b);
  return {
    editor_open_ms: opened,
    editor_key_to_screen_ms: waits[Math.floor(waits.length / 2)],
    editor_frames_over_50_ms: frames.filter((it) => it > 50).length,
  };
}
