// The page of pack preview: asks for the state of the pack whenever it has changed, keeps the place
// that one reads, and leads from findings to their place and from paragraphs to their lines.
"use strict";
(function () {
  var page = document.getElementById("page");
  var chosen = ["audience", "print", "form"].map(function (id) { return document.getElementById(id); });
  var shown = null;
  var before = null;
  var asked = 0;
  // The item that was chosen last: a PDF opens at its page, since no page can tell where one reads in it.
  var chosenItem = null, turns = 0;

  function isPdf() { return document.getElementById("form").value === "pdf"; }
  function view() { return chosen.map(function (one) { return one.value; }).join("/"); }
  function put(id, text) { document.getElementById(id).textContent = text; }
  function made(name, kind, text) {
    var element = document.createElement(name);
    if (kind) element.className = kind;
    if (text) element.textContent = text;
    return element;
  }
  function inside() {
    try { return page.contentDocument; } catch (refused) { return null; }
  }
  function blocks() {
    var there = inside();
    return there ? Array.from(there.querySelectorAll("[data-src]")) : [];
  }
  function mark(element, colour) {
    element.style.outline = "3px solid " + colour;
    element.style.outlineOffset = "4px";
    setTimeout(function () { element.style.outline = ""; }, 4000);
  }
  function tell(path, line) {
    var place = line ? path + ":" + line : path;
    put("place", place);
    if (navigator.clipboard) navigator.clipboard.writeText(place).catch(function () {});
  }
  function go(path, line) {
    tell(path, line);
    var best = null, nearest = -1;
    blocks().forEach(function (block) {
      var src = block.dataset.src;
      var at = src.lastIndexOf(":");
      var known = Number(src.slice(at + 1));
      if (src.slice(0, at) === path && known <= line && known > nearest) { best = block; nearest = known; }
    });
    if (best) { best.scrollIntoView({ block: "center" }); mark(best, "#c60"); }
  }
  function items(state) {
    var list = document.getElementById("items");
    list.replaceChildren();
    state.items.forEach(function (item) {
      var button = made("button", item.missing ? "missing" : "");
      button.append(item.number + " " + (item.title || "Not for publication") + " ");
      button.append(made("span", "state", item.state + (item.exempt ? ", exempt" : "")));
      button.addEventListener("click", function () {
        chosenItem = item.key;
        if (isPdf()) {
          // A PDF that is on its way still opens there as well.
          if (item.page) page.src = source(state);
          return;
        }
        var there = inside();
        var place = there && there.getElementById(item.key);
        if (place) place.scrollIntoView();
      });
      var line = made("li"); line.append(button); list.append(line);
    });
  }
  function findings(state) {
    put("found", state.findings.length === 0 ? "No findings" : "Findings: " + state.findings.length);
    var list = document.getElementById("findings");
    list.replaceChildren();
    state.findings.forEach(function (finding) {
      var button = made("button", finding.severity);
      var said = made("span", "message");
      said.append(made("span", "severity", finding.severity + ": "), finding.message);
      button.append(said);
      if (finding.help) button.append(made("span", "help", finding.help));
      var where = made("span", "source", finding.file ? finding.file + (finding.line ? ":" + finding.line : "") : "");
      button.append(where);
      if (finding.text) button.append(made("span", "source-line", finding.text));
      button.addEventListener("click", function () {
        if (!finding.file) return;
        go(finding.file, finding.line || 0);
        if (finding.text) put("place", finding.file + ":" + finding.line + "  " + finding.text);
      });
      var line = made("li"); line.append(button); list.append(line);
    });
  }
  function source(state) {
    var address = "view/" + view() + "/";
    if (!isPdf()) return address + "index.html?v=" + state.shown;
    var item = state.items.find(function (one) { return one.key === chosenItem && one.page; });
    turns += 1;
    return address + "pack.pdf?v=" + state.shown + "&turn=" + turns + (item ? "#page=" + item.page : "");
  }
  function load(state) {
    var now = view() + "/" + state.shown;
    if (now === shown) return;
    var same = shown !== null && shown.slice(0, shown.lastIndexOf("/")) === view();
    var there = inside();
    var top = same && there && there.scrollingElement ? there.scrollingElement.scrollTop : 0;
    before = same ? new Set(blocks().map(function (block) { return block.textContent; })) : null;
    shown = now;
    page.onload = function () {
      var fresh = inside();
      if (!fresh || !fresh.scrollingElement) return;
      fresh.documentElement.style.scrollBehavior = "auto";
      fresh.scrollingElement.scrollTop = top;
      if (before) blocks().forEach(function (block) {
        if (!before.has(block.textContent) && !block.querySelector("[data-src]")) mark(block, "#083");
      });
      fresh.addEventListener("click", function (event) {
        var block = event.target.closest("[data-src]");
        if (!block) return;
        var at = block.dataset.src.lastIndexOf(":");
        tell(block.dataset.src.slice(0, at), block.dataset.src.slice(at + 1));
      });
    };
    page.src = source(state);
  }
  function tellWrong(text) {
    var error = document.getElementById("error");
    error.hidden = !text;
    if (error.textContent !== text) error.textContent = text;
  }
  function tellStopped() {
    tellWrong("pack preview has stopped, and nothing here follows what is saved any more. Start it again, and open the address that it prints.");
  }
  function refresh() {
    var mine = ++asked;
    fetch("state/" + view()).then(function (answer) { return answer.json(); }).then(function (state) {
      if (mine !== asked) return;
      put("title", state.body ? state.body + ", " + state.date : "This pack cannot be read yet");
      var left = state.daysLeft;
      put("deadline", !state.publishBy ? "" : "Publish by " + state.publishBy +
        (left === 0 ? ": today is the last day" : left > 0 ? ": " + left + " working days left" : ": the deadline has passed"));
      tellWrong(state.error ? state.error + (state.shown ? "\nWhat is shown is the last version that could be built." : "") : "");
      items(state);
      findings(state);
      // What was built for somebody else, or in another print, is not what is chosen now.
      page.hidden = !state.shown;
      if (state.shown) load(state);
      else shown = null;
      document.documentElement.dataset.version = state.version;
    }).catch(function () { if (mine === asked) tellStopped(); });
  }
  chosen.forEach(function (one) { one.addEventListener("change", refresh); });
  var events = new EventSource("events");
  // The browser tries again by itself: a computer that slept hears of the last change when it wakes.
  events.onmessage = refresh;
  events.onerror = tellStopped;
})();
