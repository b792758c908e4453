"""What became of the words of other people's PDFs in large print and on the web page.

Words are counted as often as they stand on the page, without their hyphens, ligatures and capitals,
by poppler's reading of the paper and of the finished pack. Left out are what stands at the same
place on many pages of a paper (running heads, page numbers, heads of tables that go on) and
letters as large as a watermark. What was joined or divided on the way is the same word.
"""

import collections
import html
import html.parser
import re
import subprocess
import unicodedata

EDGE = 0.12  # of the page's height: running heads and feet
LARGEST = 60  # points: a watermark
NEAR = 12  # pages from its own where a word is looked for

BOX = r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"'


def read(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace").stdout


def words(text):
    text = re.sub(r"-\n", "-", text.replace("\u00ad", "").replace("\u200b", ""))
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def boxes(pdf):
    """The words of each page with their boxes."""
    for page in read("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]:
        found = re.findall(f"<word {BOX}>(.*?)</word>", page)
        yield [(*map(float, box), html.unescape(text)) for *box, text in found]


def lines(pdf):
    """The lines of each page: left, top, bottom, words."""
    for page in read("pdftotext", "-bbox-layout", pdf, "-").split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', page)[1])
        found = []
        for line in page.split("<line ")[1:]:
            left, top, _, bottom = map(float, re.match(BOX, line).groups())
            said = " ".join(html.unescape(word) for word in re.findall(r'">(.*?)</word>', line))
            if bottom - top < LARGEST:
                found.append((left, top, bottom, said))
        yield height, found


def own(pdf):
    """The text of a paper without what its pages repeat."""
    pages = list(lines(pdf))

    def edge(height, line):
        _, top, bottom, said = line
        if bottom < height * EDGE or top > height * (1 - EDGE):
            return re.sub(r"\d+", "#", said.lower()), round(top / 8)
        return None

    often = collections.Counter(
        place for height, found in pages for place in {edge(height, line) for line in found}
    )
    kept, before = [], set()
    for height, found in pages:
        for line in found:
            place = edge(height, line)
            number = place and re.fullmatch(r"\W*(page )?#( of #)?\W*", place[0])
            repeated = place and often[place] > 1 and often[place] * 5 >= len(pages) * 2
            if not number and not repeated and (round(line[0] / 4), line[3]) not in before:
                kept.append(line[3])
        before |= {(round(line[0] / 4), line[3]) for line in found if len(line[3]) > 1}
    return "\n".join(kept)


def lost(paper, made):
    """The words of a paper that are not in what was made of it."""
    missing = collections.Counter(paper) - collections.Counter(made)
    further = collections.Counter(made) - collections.Counter(paper)

    def forgive(some, others, order):
        for count in (3, 2):
            for at in range(len(order) - count + 1):
                run = order[at : at + count]
                bag = collections.Counter(run)
                if others["".join(run)] > 0 and all(some[word] >= n for word, n in bag.items()):
                    some.subtract(bag)
                    others["".join(run)] -= 1

    forgive(missing, further, paper)
    forgive(further, missing, made)
    return +missing


class Page(html.parser.HTMLParser):
    """The text of a web page, with the numbers of its lists and a mark where a page begins, and
    its footnotes, which stand after their report, where they are called, as on paper."""

    INLINE = {"strong", "em", "span", "wbr", "b", "i", "a", "sup", "sub", "code", "abbr"}

    def __init__(self, text):
        super().__init__()
        self.text, self.skipped, self.lists = [], 0, []
        self.notes = dict(re.findall(r'<li id="([^"]+-note-\d+)">(.*?)</li>', text, re.S))
        self.feed(text)
        self.text = "".join(self.text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        kinds = (attributes.get("class") or "").split()
        if self.skipped:
            self.skipped += tag == "div"
        elif "footnotes" in kinds:
            self.skipped = 1
        elif attributes.get("role") == "doc-pagebreak" or "folio" in kinds:
            if "id" in attributes:
                self.text.append(f"\x01{attributes['id'].removeprefix('page-')} ")
            self.skipped = tag == "div"
        else:
            if tag not in self.INLINE:
                self.text.append(" ")
            if tag in ("ol", "ul"):
                self.lists.append(int(attributes.get("start") or 1) if tag == "ol" else None)
            if tag == "li" and self.lists and self.lists[-1] is not None:
                self.lists[-1] = int(attributes.get("value") or self.lists[-1])
                self.text.append(f"{self.lists[-1]} ")
                self.lists[-1] += 1
            if attributes.get("alt"):
                self.text.append(f" {attributes['alt']} ")
            if attributes.get("role") == "doc-noteref":
                note = self.notes.get(attributes["href"].removeprefix("#"), "")
                self.text.append(html.unescape(re.sub("<[^>]*>", "", f" {note} ")))

    def handle_endtag(self, tag):
        if self.skipped:
            self.skipped -= tag == "div"
        else:
            if tag not in self.INLINE:
                self.text.append(" ")
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()

    def handle_data(self, data):
        if not self.skipped:
            self.text.append(data)


def without_furniture(page):
    """A page of large print without its head and its number."""
    kept = [line for line in page.split("\n") if line.strip()]
    if kept and kept[0].startswith("Standard page"):
        kept = kept[1:]
    return "\n".join(line for line in kept if not re.fullmatch(r"Page \d+", line.strip()))


def under(text, mark):
    """The words under the mark of each standard page; none for a page that a leaf stands for."""
    found, leaves = collections.defaultdict(list), set()
    for piece in text.split(mark)[1:]:
        number = re.match(r"(\d+)(?:\s+to\s+(\d+))?", piece)
        if number and number[2]:
            leaves |= set(range(int(number[1]), int(number[2]) + 1))
        elif number:
            leaves.discard(int(number[1]))
            found[int(number[1])] += words(piece[number.end() :])
    return found, leaves


def without_feet(pages):
    """The words of standard pages without their numbers and what most of them repeat."""
    numbers = re.compile(r"\W*(page |tudalen )?\d+( (of|o) \d+)?\W*", re.I)
    pages = list(pages)
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    often = collections.Counter(kind for page in lines for kind in set(map(alike, page)))
    for page in lines:
        own = (x for x in page if often[alike(x)] * 4 < len(pages) and not numbers.fullmatch(x))
        yield words("\n".join(own))


def alike(line):
    """A line as it is the same on pages that repeat it, whatever number it has there."""
    return re.sub(r"\d+", "#", line)


def astray(standard, text, mark, leaves=frozenset()):
    """The share of the words of standard pages, by their numbers, that stand under another page's
    mark; the pages that a leaf stands for, or that are known to be `leaves`, are left out."""
    found, own_leaves = under(text, mark)
    leaves = own_leaves | leaves
    on = dict(zip(standard, map(collections.Counter, without_feet(standard.values()))))
    marked = {at: collections.Counter(found.get(at, ())) for at in on}
    spare = {at: marked[at] - on[at] for at in on}
    all_words = away = 0
    for at in set(on) - leaves:
        all_words += on[at].total()
        for word, count in (on[at] - marked[at]).items():
            near = range(at - NEAR, at + NEAR + 1)
            elsewhere = sum(spare[other][word] for other in near if other in on and other != at)
            away += min(count, elsewhere)
    return away / max(1, all_words)


FIGURE = re.compile(r"[-–(£]*\d[\d,.]*[)%]*")


class Tables(html.parser.HTMLParser):
    """The rows of a web page's tables: each cell's label and words."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.cell = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.cell = [dict(attributes).get("data-label") or "", ""]
            self.rows[-1].append(self.cell)

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if self.cell:
            self.cell[1] += data


def misplaced(pdf, text):
    """Figures of tables whose heading the paper has above them, but beside it, with another over them; and how
    many figures there are to be sure of."""
    places = collections.defaultdict(list)
    for page in boxes(pdf):
        page.sort(key=lambda word: (word[1] + word[3]) / 2)
        for line in rows(page):
            figures = [word for word in line if FIGURE.fullmatch(word[4])]
            places[tuple(word[4] for word in figures)].append((page, figures))
    wrong, sure = [], 0
    for row in Tables(text).rows:
        told = [(label, said.strip()) for label, said in row if FIGURE.fullmatch(said.strip())]
        found = places[tuple(said for _, said in told)]
        if len(told) < 2 or len(found) != 1:
            continue
        page, figures = found[0]
        names = [{part for part in label.split() if len(part) > 2} for label, _ in told]
        for (label, said), figure, own in zip(told, figures, names):
            others = set().union(*names) - own

            def over(heading, slack):
                """The words of a heading above, and whether one of them stands over the figure."""
                above = [word for word in page if word[3] < figure[1] and word[4] in heading]
                left, right = figure[0] - slack, figure[2] + slack
                return above, any(word[0] < right and word[2] > left for word in above)

            above, is_over = over(own, 12)
            if above:
                sure += 1
                if not is_over and over(others, 0)[1]:
                    wrong.append((label, said))
    return wrong, sure


def rows(page):
    """The words of a page by their lines, from left to right."""
    found = []
    for word in page:
        middle = (word[1] + word[3]) / 2
        if found and middle - (found[-1][0][1] + found[-1][0][3]) / 2 < 2.5:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line) for line in found]
