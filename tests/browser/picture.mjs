#!/usr/bin/env node
// picture.mjs ADDRESS FILE WIDTH HEIGHT SCALE [SELECTOR]: what a browser's window of this size shows at an
// address, as a PNG that is SCALE times as large; with SELECTOR, once the page has such an element.
// NODE_MODULES_ROOT names the folder that holds node_modules.
import { launch } from "./browser.mjs";

const [address, file, width, height, scale, selector] = process.argv.slice(2);
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.setViewport({ width: +width, height: +height, deviceScaleFactor: +scale });
  await page.goto(address, { waitUntil: "load" });
  if (selector) await page.waitForSelector(selector, { timeout: 60_000 });
  // Frames inside the page are painted a moment after they have been loaded.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: file });
} finally {
  await browser.close();
}
