// Looks words up in the index beside it. Every file of the index calls a function of packSearch, so
// that the page works from a folder as well as from a server.
"use strict";
var packSearch = (function () {
  var place = document.getElementById("search");
  var said = place.dataset;
  var root = said.root;
  var language = Number(said.language);
  var meetings = [], names = [], files = {};
  // The papers of all meetings in order, and for each year the paper that each of its pages is of.
  var papers = [], paperOf = {};
  var shards = new Map(), texts = new Map(), waiting = new Map();
  var asked = 0, found = [], words = [], shown = 0;
  var AT_ONCE = 10, CHUNK = Number(said.chunk);
  // What a word is worth on a page: there once, a few times, often, or in the title of the paper.
  var WORTH = [1, 1.4, 1.8, 4];
  // And of what a word is worth, what another form of it is, and a word that begins with it.
  var ALIKE = 0.9, BEGUN = 0.75;

  var DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", VALUE = [];
  Array.from(DIGITS).forEach(function (digit, value) { VALUE[digit.charCodeAt(0)] = value; });

  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }
  function wordsOf(text) {
    var all = plain(text).replace(/[\u2019'](?=s\b)/gu, " ").split(/[^\p{L}\p{N}]+/u);
    return Array.from(new Set(all.filter(function (word) { return word.length > 1; })));
  }
  function shardOf(word) {
    return Array.from(word).slice(0, 2).map(function (c) { return /[a-z0-9]/.test(c) ? c : "_"; }).join("");
  }
  // What is left of an English word without its ending: closure, closing and closed are one.
  function stem(word) {
    var one = word.length > 3 ? word.replace(/(?:(?<=s|x|z|ch|sh)es|(?<!s)s)$/, "") : word;
    var short = one.replace(/(?:ation|ment|ing|ure|ie|ied|er|ed)$/, "");
    if (short.length < 4) short = one;
    return short.length > 3 ? short.replace(/[ey]$/, "") : short;
  }
  // How well a word of the papers answers one that is looked for. Whatever does begins as that does
  // without its ending, so that of most words nothing else is looked at.
  function answers(known, word, stemmed) {
    if (known === word) return 1;
    if (!known.startsWith(stemmed)) return 0;
    if (word.length > 3 && stem(known) === stemmed) return ALIKE;
    return word.length > 2 && known.startsWith(word) ? BEGUN : 0;
  }
  function load(path) {
    if (!waiting.has(path)) {
      waiting.set(path, new Promise(function (done) {
        var script = document.createElement("script");
        script.src = root + path;
        script.onload = script.onerror = done;
        document.head.append(script);
      }));
    }
    return waiting.get(path);
  }
  function years(year) { return year ? [year] : Object.keys(files); }
  function filesOf(word, year) {
    var shard = shardOf(word);
    return files[year] && files[year].includes(shard) ? [year + "/" + shard] : [];
  }
  function fetched(words, year) {
    var needed = years(year).flatMap(function (one) {
      return words.flatMap(function (word) { return filesOf(word, one); });
    });
    return Promise.all(needed.map(function (file) { return load("search/" + file + ".js"); }));
  }
  // For each page of a year, what it is worth for a word. The steps from page to page are written in
  // digits of base 32, the lowest first; of a step that goes on, each digit but the last is 32 higher.
  function worth(word, year) {
    var pages = new Float32Array(paperOf[year].length);
    var shard = shards.get(year + "/" + shardOf(word)) || {};
    var stemmed = stem(word);
    for (var known in shard) {
      var how = answers(known, word, stemmed);
      if (how === 0) continue;
      var steps = shard[known], at = 0, step = 0, shift = 0;
      for (var index = 0; index < steps.length; index += 1) {
        var digit = VALUE[steps.charCodeAt(index)];
        step |= (digit & 31) << shift;
        shift += 5;
        if (digit > 31) continue;
        at += step >> 2;
        var value = how * WORTH[step & 3];
        if (pages[at] < value) pages[at] = value;
        step = shift = 0;
      }
    }
    return pages;
  }
  // The papers with these words, the best first, each with its best page.
  function look(body, year) {
    var every = years(year).filter(function (one) { return paperOf[one]; });
    var all = 0;
    var worths = every.map(function (one) {
      all += paperOf[one].length;
      return words.map(function (word) { return worth(word, one); });
    });
    // A word that stands on few pages says more than one that stands on many.
    var rare = words.map(function (_, at) {
      var pages = 0;
      worths.forEach(function (one) {
        for (var page = 0; page < one[at].length; page += 1) if (one[at][page] > 0) pages += 1;
      });
      return pages === 0 ? 0 : Math.log(1 + all / pages);
    });
    var known = new Map();
    every.forEach(function (one, index) {
      var there = worths[index], hit = null, last = -1;
      for (var page = 0; page < paperOf[one].length; page += 1) {
        var at = paperOf[one][page], score = 0;
        for (var word = 0; word < there.length; word += 1) score += rare[word] * there[word][page];
        if (score === 0 || at === undefined || body && papers[at].meeting.body !== body) continue;
        // The pages of a paper follow each other.
        if (at !== last) known.set(at, hit = { paper: papers[at], best: 0, page: page, each: new Float32Array(words.length) });
        last = at;
        for (word = 0; word < there.length; word += 1) if (hit.each[word] < there[word][page]) hit.each[word] = there[word][page];
        if (score > hit.best) { hit.best = score; hit.page = page; }
      }
    });
    var wanted = rare.reduce(function (sum, one) { return sum + one; }, 0);
    var hits = Array.from(known.values());
    var whole = hits.filter(function (hit) { return hit.each.every(function (value) { return value > 0; }); });
    var isWhole = whole.length > 0;
    if (!isWhole) {
      whole = hits.filter(function (hit) {
        var has = 0;
        hit.each.forEach(function (value, at) { if (value > 0) has += rare[at]; });
        return has * 2 >= wanted;
      });
    }
    var newest = meetings.length > 0 ? Date.parse(meetings[meetings.length - 1].date) : 0;
    whole.forEach(function (hit) {
      var score = hit.best;
      hit.each.forEach(function (value, at) { score += rare[at] * value; });
      var age = (newest - Date.parse(hit.paper.meeting.date)) / 31557600000;
      hit.score = score / (1 + 0.1 * Math.max(0, age));
    });
    whole.sort(function (one, other) { return other.score - one.score || other.paper.at - one.paper.at; });
    return { whole: isWhole, hits: whole };
  }
  // Members and bodies whose names have all of the words; an initial stands for a name that has it.
  function named() {
    return names.filter(function (one) {
      var known = plain(one[0]).split(/[^\p{L}\p{N}]+/u), whole = 0;
      return words.every(function (word) {
        var has = known.some(function (name) { return name === word || (word.length > 2 && name.startsWith(word)); });
        if (has) whole += 1;
        return has || known.includes(word[0]);
      }) && whole > 0;
    });
  }
  function made(name, kind, text) {
    var element = document.createElement(name);
    if (kind) element.className = kind;
    if (text) element.textContent = text;
    return element;
  }
  function chunkOf(hit) {
    var meeting = hit.paper.meeting;
    return "meetings/" + encodeURIComponent(meeting.id) + "/pages/" + Math.floor((hit.page - meeting.first) / CHUNK) + ".js";
  }
  function address(meeting, file) {
    return root + "meetings/" + encodeURIComponent(meeting.id) + "/" + encodeURIComponent(file);
  }
  // Where most of the words stand together, with the words marked.
  function around(text) {
    var LONG = 240, low = plain(text), places = [];
    var stems = words.map(function (word) { return word.length > 3 ? stem(word) : word; });
    var each = /[\p{L}\p{N}]+/gu, one;
    while ((one = each.exec(low)) !== null) {
      var at = words.findIndex(function (word, index) { return answers(one[0], word, stems[index]) > 0; });
      if (at >= 0) places.push([one.index, one.index + one[0].length, at]);
    }
    var from = 0, most = 0;
    places.forEach(function (first, index) {
      var there = new Set();
      for (var next = index; next < places.length && places[next][1] < first[0] + LONG - 80; next += 1) there.add(places[next][2]);
      if (there.size > most) { most = there.size; from = first[0]; }
    });
    from = from > 80 ? text.indexOf(" ", from - 80) + 1 : 0;
    var end = from + LONG < text.length ? text.lastIndexOf(" ", from + LONG) : text.length;
    var shown = made("p", "found", from > 0 ? "… " : "");
    places.forEach(function (word) {
      if (word[0] < from || word[1] > end) return;
      shown.append(text.slice(from, word[0]), made("mark", "", text.slice(word[0], word[1])));
      from = word[1];
    });
    shown.append(text.slice(from, end) + (end < text.length ? " …" : ""));
    return shown;
  }
  function line(hit) {
    var meeting = hit.paper.meeting;
    var chunk = texts.get(chunkOf(hit));
    var here = chunk && chunk.pages[(hit.page - meeting.first) % CHUNK];
    if (!here) return null;
    var part = chunk.documents[here[1]];
    var item = made("li");
    var link = made("a", "meeting-link", part ? part[1] : meeting.body);
    link.href = address(meeting, meeting.page) + (part ? "#" + part[0] : "");
    var where = made("span", "meeting-when", meeting.body + ", " + meeting.said[language] + ", ");
    var pdf = made("a", "", said.page.replace("{page}", here[0]) + " (PDF)");
    pdf.href = address(meeting, meeting.pdf) + "#page=" + (hit.page - meeting.first + 1);
    where.append(pdf);
    item.append(link, where, around(here[2]));
    return item;
  }
  async function more() {
    var mine = asked;
    var next = found.slice(shown, shown + AT_ONCE);
    await Promise.all(next.map(function (hit) { return load(chunkOf(hit)); }));
    if (mine !== asked) return null;
    var lines = next.map(line).filter(Boolean);
    document.getElementById("results").append.apply(document.getElementById("results"), lines);
    shown += next.length;
    document.getElementById("more").hidden = shown >= found.length;
    return lines[0];
  }
  async function search() {
    var mine = ++asked;
    var form = document.getElementById("ask");
    var told = document.getElementById("told");
    var query = form.elements.q.value.trim(), body = form.elements.body.value, year = form.elements.year.value;
    words = wordsOf(query);
    remember(query, body, year);
    await fetched(words, year);
    if (mine !== asked) return;
    var list = document.getElementById("results");
    list.replaceChildren();
    found = []; shown = 0;
    document.getElementById("more").hidden = true;
    if (words.length === 0) { told.textContent = ""; return; }
    var looked = look(body, year);
    found = looked.hits;
    named().slice(0, 5).forEach(function (one) {
      var item = made("li");
      var link = made("a", "meeting-link", one[0]);
      link.href = said.up + one[1];
      item.append(link);
      list.append(item);
    });
    await more();
    if (mine !== asked) return;
    told.textContent = found.length === 0 ? said.nothing
      : !looked.whole ? said.some
      : found.length === 1 ? said.one : said.many.replace("{count}", String(found.length));
  }
  // The address says what was looked for, so that it can be kept, sent and gone back to.
  function remember(query, body, year) {
    var asked = new URLSearchParams();
    [["q", query], ["body", body], ["year", year]].forEach(function (one) { if (one[1]) asked.set(one[0], one[1]); });
    // A page from a folder may not change its address.
    try { history.replaceState(null, "", asked.size > 0 ? "?" + asked : location.pathname); } catch (refused) { return; }
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
    meetings.forEach(function (one) {
      var year = one.date.slice(0, 4);
      bodies.add(one.body);
      years.add(year);
      paperOf[year] = paperOf[year] || [];
      one.parts.forEach(function (start, index) {
        var end = index + 1 < one.parts.length ? one.parts[index + 1] : one.pages;
        papers.push({ meeting: one, at: papers.length });
        for (var page = start; page < end; page += 1) paperOf[year][one.first + page] = papers.length - 1;
      });
    });
    Array.from(bodies).sort().forEach(function (name) { option(form.elements.body, name); });
    Array.from(years).sort().reverse().forEach(function (year) { option(form.elements.year, year); });
    form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
    // Which files a word is in is known by its second letter: they are here when the words are sent.
    form.elements.q.addEventListener("input", function () { fetched(wordsOf(form.elements.q.value), form.elements.year.value); });
    form.elements.body.addEventListener("change", search);
    form.elements.year.addEventListener("change", search);
    document.getElementById("more").addEventListener("click", function () {
      more().then(function (first) { if (first) first.querySelector("a").focus(); });
    });
    var given = new URLSearchParams(location.search);
    ["q", "body", "year"].forEach(function (name) { if (given.get(name)) form.elements[name].value = given.get(name); });
    if (given.get("q")) search();
  }
  load("search/meetings.js").then(begin);
  return {
    meetings: function (all) { meetings = all.meetings; names = all.names; files = all.files; },
    words: function (name, shard) { shards.set(name, shard); },
    pages: function (pages) {
      // The file says by its own address of which meeting it is.
      texts.set(document.currentScript.src.split("/").slice(-4).join("/"), pages);
    }
  };
})();
