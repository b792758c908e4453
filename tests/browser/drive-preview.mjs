#!/usr/bin/env node
// drive-preview.mjs ADDRESS FOLDER PROCESS: opens a preview in a real browser and does what a clerk does: saves
// a report and sees it change where she was reading, clicks a paragraph and a finding, breaks the agenda
// and mends it, saves again and again, looks at every edition, print and form, moves the folder away and
// back, loses the connection, and leaves the page open when the program, whose process is given, ends.
// Exit 0: all of it works; 1: something does not; 2: the browser could not run.
// NODE_MODULES_ROOT names the folder that holds node_modules.
import fs from "node:fs";
import path from "node:path";

import { launch } from "./browser.mjs";

const [address, folder, program] = process.argv.slice(2);
const report = path.join(folder, "parks.md");
const agenda = path.join(folder, "pack.toml");
const change = (file, from, to) => {
  const text = fs.readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  fs.writeFileSync(file, text.replace(from, to));
};

let browser;
try {
  browser = await launch();
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 400 });
  await browser.defaultBrowserContext().overridePermissions(new URL(address).origin, ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
  const wrong = [];
  page.on("request", (request) => {
    // The browser's own viewer of PDFs is in the browser.
    const isOwn = /^(data|chrome|chrome-extension):/.test(request.url());
    if (!request.url().startsWith(address) && !isOwn) wrong.push(`asks for ${request.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  await page.goto(address, { waitUntil: "load" });
  const until = (what, holds, ...args) =>
    page.waitForFunction(holds, { timeout: 60_000, polling: 50 }, ...args).catch(() => {
      throw new Error(`never seen: ${what}`);
    });
  const says = (words) => document.getElementById("page").contentDocument?.body?.textContent.includes(words);
  const place = () => page.$eval("#place", (element) => element.textContent);

  await until("the report", says, "The parks are open.");
  await until("the agenda", () => document.querySelectorAll("#items li").length === 2);
  const agendaSays = await page.$eval("#items", (element) => element.textContent);
  if (!/1 Parks in/.test(agendaSays) || !/2 Land in, exempt/.test(agendaSays)) wrong.push(`the agenda says ${agendaSays}`);
  const deadline = await page.$eval("#deadline", (element) => element.textContent);
  if (!/^Publish by .*: \d+ working days left$/.test(deadline)) wrong.push(`the deadline is ${deadline}`);
  const scrolled = (top) => page.evaluate((top) => {
    const there = document.getElementById("page").contentDocument;
    there.documentElement.style.scrollBehavior = "auto";
    if (top) there.scrollingElement.scrollTop = top;
    return there.scrollingElement.scrollTop;
  }, top);
  const place0 = await scrolled(150);
  if (place0 !== 150) wrong.push("the page is too short to keep a place in");

  change(report, "The parks are open.", "The the parks are shut.");
  await until("the change", says, "The the parks are shut.");
  await until("what changed is marked", () => {
    const there = document.getElementById("page").contentDocument;
    const marked = Array.from(there.querySelectorAll("[data-src]")).filter((one) => one.style.outline !== "");
    return marked.length === 1 && marked[0].textContent.includes("are shut");
  });
  if ((await scrolled()) !== place0) wrong.push(`the place moved from ${place0} to ${await scrolled()}`);
  await until("the finding", () => document.getElementById("findings").textContent.includes("packs/meeting/parks.md"));

  await page.evaluate(() => {
    const there = document.getElementById("page").contentDocument;
    const words = Array.from(there.querySelectorAll("[data-src]"));
    words.findLast((one) => one.textContent.includes("are shut")).click();
  });
  await until("the place of a paragraph", () => /packs\/meeting\/parks\.md:\d+/.test(document.getElementById("place").textContent));
  const clicked = (await place()).trim();
  await page.bringToFront();
  // The browser lets a page copy once somebody has touched it.
  const frame = await (await page.$("#page")).contentFrame();
  await (await frame.$("main [data-src]")).click();
  await until("the place on the clipboard", () => navigator.clipboard.readText().then((text) => text === document.getElementById("place").textContent));

  await page.evaluate(() => {
    const findings = Array.from(document.querySelectorAll("#findings button"));
    findings.find((one) => one.textContent.includes("parks.md:")).click();
  });
  await until("the line of a finding", () => document.getElementById("place").textContent.includes("The the parks"));
  const finding = await page.$$eval("#findings li", (lines) => lines.map((line) => line.textContent).find((text) => text.includes("The the parks are shut.")));
  if (!finding) wrong.push("no finding shows its line");
  if (!(await place()).startsWith(clicked)) wrong.push(`the finding is at ${await place()}, the paragraph at ${clicked}`);

  change(agenda, "[meeting]", "[meeting");
  await until("the fault", () => !document.getElementById("error").hidden);
  if (!(await page.evaluate(says, "The the parks are shut."))) wrong.push("the last good page is gone");
  change(agenda, "[meeting", "[meeting]");
  await until("that it is mended", () => document.getElementById("error").hidden);

  for (let save = 1; save <= 50; save += 1) {
    const text = fs.readFileSync(report, "utf8");
    fs.writeFileSync(`${report}.new`, text.replace(/are (shut|\d+)\./, `are ${save}.`));
    fs.renameSync(`${report}.new`, report);
    await new Promise((done) => setTimeout(done, 15));
  }
  await until("the last of many saves", says, "The the parks are 50.");

  await page.select("#audience", "members");
  await until("the members' edition", says, "The price is secret.");
  for (const print of ["large", "giant"]) {
    await page.select("#print", print);
    await until(`the page in ${print} print`, (print) => document.getElementById("page").src.includes(`/members/${print}/web/`), print);
    await until("its words", says, "The price is secret.");
  }
  await page.select("#form", "pdf");
  await until("the PDF", () => document.getElementById("page").src.includes("/members/giant/pdf/pack.pdf"));
  await page.evaluate(() => document.querySelectorAll("#items button")[1].click());
  await until("the PDF at the page of an item", () => /#page=([2-9]|\d\d)/.test(document.getElementById("page").src));
  await page.select("#audience", "public");
  await page.select("#print", "standard");
  await page.select("#form", "web");
  await until("the public's page", says, "are 50.");

  // A line with no end, twice in which a word is doubled.
  const lines = "the the ".repeat(2) + "x".repeat(20_000);
  change(report, "are 50.", `are ${lines}.`);
  await until("its finding", () => document.getElementById("findings").textContent.includes("xxxx"));
  const overflow = await page.evaluate(() => {
    const findings = Array.from(document.querySelectorAll("#findings button"));
    findings.find((one) => one.textContent.includes("xxxx")).click();
    const tallest = Math.max(...findings.filter((one) => one !== document.activeElement).map((one) => one.offsetHeight));
    const nav = document.querySelector("nav");
    return { tallest, wide: nav.scrollWidth > nav.clientWidth, page: document.getElementById("page").offsetHeight };
  });
  if (overflow.wide || overflow.tallest > 600 || overflow.page < 100) wrong.push(`a long finding takes ${JSON.stringify(overflow)}`);
  change(report, lines, "50");
  await until("the short line", () => !document.getElementById("findings").textContent.includes("xxxx"));

  fs.renameSync(folder, `${folder}-elsewhere`);
  await until("that the folder is gone", () => /is not there any more/.test(document.getElementById("error").textContent) && !document.getElementById("error").hidden);
  if (!(await page.evaluate(says, "are 50."))) wrong.push("the page is gone with the folder");
  if ((await page.$$("#items li")).length !== 2) wrong.push("the agenda is gone with the folder");
  // What cannot be built is not shown as what was built for somebody else.
  await page.select("#print", "large");
  await until("that nothing is shown in this print", () => document.getElementById("page").hidden);
  await page.select("#print", "standard");
  await until("the page again", () => !document.getElementById("page").hidden);
  fs.renameSync(`${folder}-elsewhere`, folder);
  await until("that it is back", () => document.getElementById("error").hidden);

  // A computer that slept has missed what was saved, and hears of it when it is awake.
  const hasStopped = () => /has stopped/.test(document.getElementById("error").textContent) && !document.getElementById("error").hidden;
  process.kill(Number(program), "SIGSTOP");
  fs.writeFileSync(report, fs.readFileSync(report, "utf8").replace("are 50.", "are awake."));
  await new Promise((done) => setTimeout(done, 500));
  process.kill(Number(program), "SIGCONT");
  await until("what was saved in between", says, "are awake.");

  process.kill(Number(program), "SIGKILL");
  await until("that the program has ended", hasStopped);
  if (!(await page.evaluate(says, "are awake."))) wrong.push("the page is gone with the program");
  for (const line of wrong) console.log(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} catch (error) {
  console.error(String(error));
  process.exitCode = String(error).includes("never seen") ? 1 : 2;
} finally {
  await browser?.close();
}
