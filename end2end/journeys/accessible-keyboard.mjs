// Without a mouse, and without sight: focus that can be seen, in order, moved and given back; what is announced.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, person, settled, sizes, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";

after(close);

const fault = { status: 500, contentType: "application/fhir+json", body: '{"resourceType":"OperationOutcome"}' };

/** What has the focus, in a word or two. */
const focused = (page) => page.evaluate(() => {
  const it = document.activeElement;
  return `${it.id ? `#${it.id}` : it.tagName.toLowerCase()} ${it.textContent.trim().slice(0, 40)}`;
});

/** Whether the focus shows: something around it differs from how it is without. Says what it looked at if not. */
const shows = (page) => page.evaluate(() => {
  const it = document.activeElement;
  const around = [it, it.parentElement, it.parentElement?.parentElement].filter(Boolean);
  const look = () => around.map((one) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor } = getComputedStyle(one);
    return `${outlineStyle === "none" ? "" : outlineWidth + outlineColor} ${boxShadow} ${backgroundColor}`;
  }).join("\n");
  const outlined = around.some((one) => getComputedStyle(one).outlineStyle !== "none");
  const seen = look();
  it.blur();
  const unseen = look();
  it.focus();
  return outlined && seen !== unseen ? "" : `${it.outerHTML.slice(0, 120)}\n${seen}`;
});

/** Presses Tab until the focus is on something that fits; every stop on the way is visible and later in the page. */
async function tabTo(page, selector, most = 60) {
  await page.evaluate(() => { globalThis.lastStop = null; });
  for (let tries = 0; tries < most; tries += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate((wanted) => {
      const it = document.activeElement;
      const last = globalThis.lastStop;
      globalThis.lastStop = it;
      const inOrder = !last?.isConnected || Boolean(last.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING);
      return { inOrder, there: it.matches(wanted), body: it === document.body };
    }, selector);
    assert.ok(!stop.body, `the focus left the page before ${selector}`);
    assert.ok(stop.inOrder, `the focus jumped back, to ${await focused(page)}`);
    assert.equal(await shows(page), "", "the focus cannot be seen");
    if (stop.there) return;
  }
  assert.fail(`${selector} was not reached in ${most} steps, but ${await focused(page)}`);
}

/** The focus is on the page's heading, soon. */
async function atHeading(page, id) {
  await page.waitForFunction((wanted) => document.activeElement?.id === wanted, id).catch(async () => {
    assert.fail(`the focus is not on #${id} but on ${await focused(page)}`);
  });
}

test("keyboard alone: who I am, a person, a section, back, the finder, Escape", async () => {
  const { page, context, quiet } = await visitor();
  await page.goto(url);
  await page.locator(".app-people__person").first().waitFor();
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /Skip to main content/);
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /^#maincontent/);
  await tabTo(page, ".app-people__person");
  await page.keyboard.press("Enter");
  await atHeading(page, "page-heading");
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);

  await tabTo(page, "#list");
  await tabTo(page, ".app-chip");
  await tabTo(page, ".app-work__link");
  await page.keyboard.press("j");
  assert.equal(await shows(page), "", "the chosen person shows");
  const name = await page.evaluate(() => document.activeElement.textContent.trim());
  await page.keyboard.press("Enter");
  await page.locator(".app-banner__name").waitFor();
  await atHeading(page, "section-heading");
  await settled(page);

  // Into the record: the rail comes before the section that it chooses.
  await page.evaluate(() => document.querySelector(".app-rail__link").focus());
  await tabTo(page, '.app-rail__link[href$="/medicines"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/medicines$/);
  await atHeading(page, "section-heading");
  await settled(page);
  await page.goBack();
  await page.waitForURL(/patient\/[^/]+$/);
  await atHeading(page, "section-heading");
  await page.goBack();
  await page.locator(".app-work__link").first().waitFor();
  await atHeading(page, "page-heading");
  await settled(page);

  await tabTo(page, ".app-work__link");
  const before = await focused(page);
  await page.keyboard.press("/");
  assert.match(await focused(page), /^#finder/);
  assert.equal(await shows(page), "", "the finder shows that it has the focus");
  await page.keyboard.type(name.slice(0, 5));
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("option").count() > 0 && await page.getByRole("option").first().isVisible(), false, "the first Escape closes what was found");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), before, "the second gives the focus back");
  quiet();
  await context.close();
});

test("keyboard alone: what opens takes the focus or leaves it, and gives it back", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  await page.locator(".app-work__link").first().focus();
  const before = await focused(page);
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  assert.ok(await page.evaluate(() => document.querySelector("dialog[open]").contains(document.activeElement)), "the dialog has the focus");
  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog[open]").contains(document.activeElement));
    assert.ok(where, `the focus left the dialog, to ${await focused(page)}`);
  }
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), before, "the keys give the focus back");
  for (const at of [0, 1]) {
    const button = page.locator(".app-top__button").nth(at);
    await button.focus();
    await page.keyboard.press("Enter");
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    assert.ok(await button.evaluate((it) => it === document.activeElement), "a popover gives the focus back");
  }
  assert.equal(await page.locator("[tabindex]:not([tabindex='-1']):not([tabindex='0'])").count(), 0, "nothing is first in the order by number");
  await person(page, cases.jane.patient, "results");
  await page.locator(".app-result__test").first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".app-trend").waitFor();
  assert.ok(await page.evaluate(() => document.querySelector(".app-trend").contains(document.activeElement)), `a trend takes the focus, not ${await focused(page)}`);
  quiet();
  await context.close();
});

/** From now on, everything that live regions of the page say, as a screen reader hears it. */
async function listen(page) {
  await page.addInitScript(() => {
    globalThis.said = [];
    const live = '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"]';
    const note = (region) => {
      const words = region.textContent.replace(/\s+/g, " ").trim();
      if (words && globalThis.said.at(-1) !== words) globalThis.said.push(words);
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
        const region = element?.closest(live);
        if (region) note(region);
        // An alert is heard when it appears; a status only when it changes.
        for (const it of addedNodes) if (it.matches?.('[role="alert"]')) note(it); else it.querySelectorAll?.('[role="alert"]').forEach(note);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  // Each of these, in any order, since the last time; only then is everything forgotten: two that come in the same
  // moment are both heard.
  return async (...wanted) => {
    for (const one of wanted) {
      await page.waitForFunction((source) => globalThis.said.some((it) => new RegExp(source, "i").test(it)), one.source, { timeout: 15_000 }).catch(async () => {
        assert.fail(`${one} was not announced, but ${JSON.stringify(await page.evaluate(() => globalThis.said))}`);
      });
    }
    await page.evaluate(() => { globalThis.said = []; });
  };
}

test("announced: where I am, how many, that the record has come, and that a part has not", async () => {
  const { page, context } = await visitor();
  const heard = await listen(page);
  await enter(page);
  await heard(/\d+ (of \d+ )?people/);
  await page.getByRole("button", { name: /^In hospital \d/ }).click();
  await page.locator(".app-work__link", { hasText: "SMITH, Jane" }).click();
  await heard(/^SMITH, Jane .*, Overview$/, /^Record of SMITH, Jane .* loaded$/);
  await page.keyboard.press("/");
  await page.keyboard.type("smith 1945");
  await heard(/\d+ (person|people)/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("zzyzx");
  await heard(/nobody/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("9990123455");
  await heard(/check digit/);

  await page.route(/\/fhir\/rw3(\/|$|\?)/, (route) => route.fulfill(fault));
  await page.goto(`${url}/patient/${cases.jane.patient}`);
  await heard(/^Record of SMITH, Jane .* loaded in part\. Missing: .+/);
  await page.unrouteAll();
  await page.locator(".app-top__button").first().click();
  await page.getByRole("button", { name: /Try again/ }).first().click();
  await heard(/^Record of SMITH, Jane .* loaded$/);
  await page.route(/\/fhir\/shared(\/|$|\?)/, (route) => route.fulfill(fault));
  await page.goto(url);
  await heard(/could not be loaded/);
  await context.close();
});

test("a phone's keyboard reaches everything too", async () => {
  const { page, context, quiet } = await visitor({ size: sizes.phone });
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  await tabTo(page, ".app-work__link");
  await page.keyboard.press("Enter");
  await atHeading(page, "section-heading");
  quiet();
  await context.close();
});
