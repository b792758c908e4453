#!/usr/bin/env python3
"""Count, in finished packs, the words that a reader would miss.

    tests/measure/words.py PACK WORKSPACE ... [--print standard,18pt,24pt,40pt]

PACK is the program, each WORKSPACE a folder with council.toml. Every pack of every workspace is
built at every size in a folder of its own, in spite of errors, and the finished PDFs are read with poppler and qpdf,
not with anything of this project. Prints one line a pack and size:

    off        words that reach over an edge of their page or stand beyond it
    foot       words in the strip of the page number that are not on most pages there
    over       pairs of words printed over one another
    alike      pages that say the same as the page before them
    kept       share of the standard edition's words that are in this one
"""

import argparse
import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
STRIP = 57  # the lowest 20 mm, in points; more where the page number is as large as the words
LARGEST = 60  # points: letters that lie over a draft
AROUND = 3000  # how far beyond the edges words are looked for


def pages(pdf):
    """The words of each page with their places, those beyond its edges too."""
    sizes = []
    told = subprocess.run(
        ["pdfinfo", "-l", "100000", pdf], capture_output=True, text=True, check=True
    ).stdout
    turned = re.findall(r"^Page\s+\d+ rot:\s+(\d+)", told, re.M)
    measured = re.findall(r"^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)", told, re.M)
    for (width, height), turn in zip(measured, turned):
        size = (float(width), float(height))
        sizes.append(size if turn in ("0", "180") else size[::-1])
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder, "plain.pdf")
        subprocess.run(
            ["qpdf", "--qdf", "--object-streams=disable", "--no-original-object-ids", pdf, plain],
            check=False,
        )
        data = plain.read_bytes()

        def wider(match):
            box = [float(number) for number in match[2].split()]
            if box[0] or box[1]:
                return match[0]
            wide = f"[ {-AROUND} {-AROUND} {box[2] + AROUND:.2f} {box[3] + AROUND:.2f} ]"
            return match[1] + wide.encode()

        data = re.sub(rb"(/(?:Media|Crop)Box )\[([-\d.\s]+)\]", wider, data)
        plain.write_bytes(data)
        told = subprocess.run(
            ["pdftotext", "-bbox", plain, "-"], capture_output=True, text=True, check=True
        ).stdout
    for (width, height), page in zip(sizes, told.split("<page ")[1:]):
        moved = float(re.search(r'width="([\d.]+)"', page)[1]) > width + AROUND
        by = AROUND if moved else 0
        words = [
            (float(x0) - by, float(y0) - by, float(x1) - by, float(y1) - by, text)
            for x0, y0, x1, y1, text in WORD.findall(page)
        ]
        yield width, height, words


def measure(pdf, size):
    points = float(size[:-2]) if size.endswith("pt") else 0
    strip = max(STRIP, 20 + points * 1.7)
    all_pages = list(pages(pdf))
    at_foot = collections.Counter(
        text
        for _, height, words in all_pages
        for text in {w[4] for w in words if w[3] > height - strip}
    )
    usual = {text for text, count in at_foot.items() if count > len(all_pages) * 0.2}
    off = foot = over = alike = 0
    before = None
    bag = collections.Counter()
    worst = collections.Counter()
    for number, (width, height, words) in enumerate(all_pages, 1):
        body = []
        for x0, y0, x1, y1, text in words:
            middle = (y0 + y1) / 2
            if x0 < -1.5 or x1 > width + 1.5 or y0 < -4 or middle > height:
                off += 1
                worst[number] += 1
            elif middle > height - strip and text not in usual and not text.isdigit():
                foot += 1
                worst[number] += 1
            if middle <= height - strip and y1 - y0 < LARGEST:
                body.append((x0, y0, x1, y1, text))
            bag[text.lower()] += 1
        body.sort(key=lambda word: word[1])
        for index, one in enumerate(body):
            for other in body[index + 1 :]:
                high = min(one[3] - one[1], other[3] - other[1])
                if other[1] > one[3]:
                    break
                down = min(one[3], other[3]) - max(one[1], other[1])
                across = min(one[2], other[2]) - max(one[0], other[0])
                if down > high * 0.6 and across > high * 0.4:
                    over += 1
                    worst[number] += 1
        said = " ".join(word[4] for word in body)
        if said == before and len(body) > 15:
            alike += 1
            worst[number] += 1
        before = said
    return len(all_pages), off, foot, over, alike, bag, worst.most_common(5)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pack")
    parser.add_argument("workspaces", nargs="+")
    parser.add_argument("--print", default="standard,18pt,24pt,40pt", dest="sizes")
    parser.add_argument("--keep", help="a folder for the PDFs")
    args = parser.parse_args()
    print(f"{'pack':40} {'print':9} {'pages':>6} {'off':>5} {'foot':>5} {'over':>5} {'alike':>6} kept")
    bad = 0
    for workspace in args.workspaces:
        for meeting in sorted(pathlib.Path(workspace, "packs").iterdir()):
            if not meeting.is_dir():
                continue
            standard = None
            for size in args.sizes.split(","):
                with tempfile.TemporaryDirectory() as folder:
                    out = pathlib.Path(args.keep, meeting.name, size) if args.keep else pathlib.Path(folder)
                    shutil.rmtree(out, ignore_errors=True)
                    out.mkdir(parents=True)
                    built = subprocess.run(
                        [args.pack, "build", meeting, "--print", size, "--format", "pdf", "--no-cache", "--allow-errors", "--out", out],
                        capture_output=True,
                        text=True,
                    )
                    made = sorted(out.rglob("*.pdf"))
                    if not made:
                        bad += 1
                        print(f"{meeting.name:40} {size:9} not built:", (built.stderr or built.stdout).strip()[-600:])
                        continue
                    count, off, foot, over, alike, bag, worst = measure(made[0], size)
                if standard is None:
                    standard = bag
                kept = sum(min(n, bag[word]) for word, n in standard.items()) / max(1, standard.total())
                bad += off + foot + over + alike
                print(
                    f"{meeting.name:40} {size:9} {count:6} {off:5} {foot:5} {over:5} {alike:6} {kept:.1%}",
                    f" worst pages: {worst}" if worst else "",
                    flush=True,
                )
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
