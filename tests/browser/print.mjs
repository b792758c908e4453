// Prints a page as the browser prints: node print.mjs PAGE.html FILE.pdf
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [page, file] = process.argv.slice(2);
const browser = await launch();
try {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(120_000);
  await tab.goto(pathToFileURL(page).href);
  await tab.pdf({ path: file, format: "A4", tagged: true, outline: true, timeout: 120_000 });
} finally {
  await browser.close();
}
