// Looks words up in the index beside it. Every file of the index calls a function of packSearch, so
// that the page works from a folder as well as from a server.
"use strict";
var packSearch = (function () {
  var place = document.getElementById("search");
  var root = place.dataset.root;
  var said = place.dataset;
  var language = Number(said.language);
  var meetings = [];
  var shards = new Map();
  var texts = new Map();
  var waiting = new Map();
  var asked = 0;
  var SHOWN = 20;

  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }
  function wordsOf(text) {
    return plain(text).split(/[^\p{L}\p{N}]+/u).filter(function (word) { return word.length > 1; });
  }
  function shardOf(word) {
    return Array.from(word).slice(0, 2).map(function (c) { return /[a-z0-9]/.test(c) ? c : "_"; }).join("");
  }
  function load(path) {
    if (!waiting.has(path)) {
      waiting.set(path, new Promise(function (done) {
        var script = document.createElement("script");
        script.src = root + path;
        // A file that is not there means that no page has such a word.
        script.onload = script.onerror = done;
        document.head.append(script);
      }));
    }
    return waiting.get(path);
  }
  // The pages on which a word stands, or one that begins with it.
  function pagesOf(word) {
    var found = new Set();
    var shard = shards.get(shardOf(word)) || {};
    Object.keys(shard).forEach(function (known) {
      if (!known.startsWith(word)) return;
      var at = 0;
      shard[known].forEach(function (step) { at += step; found.add(at); });
    });
    return found;
  }
  function meetingOf(page) {
    return meetings.find(function (one) { return page >= one.first && page < one.first + one.pages; });
  }
  function address(meeting, file) {
    return root + "meetings/" + encodeURIComponent(meeting.id) + "/" + encodeURIComponent(file);
  }
  function around(text, words) {
    var low = plain(text);
    var at = Math.min.apply(null, words.map(function (word) {
      var found = low.indexOf(word);
      return found < 0 ? low.length : found;
    }));
    var from = Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 80)));
    return (from > 0 ? "… " : "") + text.slice(from, from + 240).trim() + (from + 240 < text.length ? " …" : "");
  }
  function show(found, words) {
    var list = document.getElementById("results");
    list.replaceChildren();
    found.slice(0, SHOWN).forEach(function (page) {
      var meeting = meetingOf(page);
      var known = texts.get(meeting.id);
      var here = known.pages[page - meeting.first];
      var part = known.documents[here[1]];
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.className = "meeting-link";
      link.textContent = part ? part[1] : meeting.body;
      link.href = address(meeting, meeting.page) + (part ? "#" + part[0] : "");
      var where = document.createElement("span");
      where.className = "meeting-when";
      where.append(meeting.body + ", " + meeting.said[language] + ", ");
      var pdf = document.createElement("a");
      pdf.href = address(meeting, meeting.pdf) + "#page=" + (page - meeting.first + 1);
      pdf.textContent = said.page.replace("{page}", here[0]) + " (PDF)";
      where.append(pdf);
      var text = document.createElement("p");
      text.className = "found";
      text.textContent = around(here[2], words);
      item.append(link, where, text);
      list.append(item);
    });
  }
  async function search() {
    var mine = ++asked;
    var form = document.getElementById("ask");
    var words = wordsOf(form.elements.q.value);
    var body = form.elements.body.value;
    var year = form.elements.year.value;
    var told = document.getElementById("told");
    if (words.length === 0) { told.textContent = ""; show([], words); return; }
    await Promise.all(words.map(function (word) { return load("search/w/" + shardOf(word) + ".js"); }));
    var sets = words.map(pagesOf).sort(function (one, other) { return one.size - other.size; });
    var found = Array.from(sets[0]).filter(function (page) {
      var meeting = meetingOf(page);
      return sets.every(function (set) { return set.has(page); }) &&
        (!body || meeting.body === body) && (!year || meeting.date.startsWith(year));
    });
    // The newest meeting first, each from its first page on.
    found.sort(function (one, other) {
      var first = meetingOf(one).first, second = meetingOf(other).first;
      return second - first || one - other;
    });
    await Promise.all(found.slice(0, SHOWN).map(function (page) {
      return load("meetings/" + encodeURIComponent(meetingOf(page).id) + "/pages.js");
    }));
    if (mine !== asked) return;
    told.textContent = found.length === 0 ? said.nothing
      : (found.length === 1 ? said.one : said.many.replace("{count}", String(found.length))) +
        (found.length > SHOWN ? " " + said.first.replace("{count}", String(SHOWN)) : "");
    show(found, words);
  }
  function option(select, text) {
    var option = document.createElement("option");
    option.value = option.textContent = text;
    select.append(option);
  }
  function begin() {
    var form = document.getElementById("ask");
    form.hidden = false;
    var bodies = new Set(), years = new Set();
    meetings.forEach(function (one) { bodies.add(one.body); years.add(one.date.slice(0, 4)); });
    Array.from(bodies).sort().forEach(function (name) { option(form.elements.body, name); });
    Array.from(years).sort().reverse().forEach(function (year) { option(form.elements.year, year); });
    form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
    form.elements.body.addEventListener("change", search);
    form.elements.year.addEventListener("change", search);
    var given = new URLSearchParams(location.search).get("q");
    if (given) { form.elements.q.value = given; search(); }
  }
  load("search/meetings.js").then(begin);
  return {
    meetings: function (all) { meetings = all; },
    words: function (shard) { shards.set(shard[0], shard[1]); },
    pages: function (pages) {
      // The file says of which meeting it is by its own address.
      var script = document.currentScript;
      var steps = script.src.split("/");
      texts.set(decodeURIComponent(steps[steps.length - 2]), pages);
    }
  };
})();
