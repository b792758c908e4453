#!/usr/bin/env python3
"""Holds packs to the files that they were made of, as a reader sees both.

Draws files from a folder of PDFs, attaches them to packs, builds those, renders each page of the
file and the page of the pack with Poppler at 60 dpi, and prints

  lost    where the file's page has ink and the pack's has none (undoing that it was made smaller),
  new     where the pack's page has ink that is neither in the file nor the page number,
  words   words of the file's page that the pack's page lacks,
  drawn   pages with form fields that say nothing of their look, which each viewer draws its own way,
  more    pages of which Poppler shows nothing in the file and something in the pack,
  left out  files that did not come into the pack, with what was said of them.

    tests/compare/run.py [--pack target/debug/pack] [--count 300] [--seed 1] [--pages 3] [FOLDER]

Needs pdftoppm, pdftotext (Poppler) and qpdf. Exits 1 where anything differs.
"""

import argparse
import concurrent.futures
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

DPI = 60
BLOCK = 6  # side of the squares that are compared, in pixels
INK = 24  # mean darkness from which a square has ink, of 255
FAINT = 3  # mean darkness from which a square is not white
HEAD, FOOT = 60, 60  # what the title and the number of a paper take at most on A4, in points
PER_PACK = 25  # files in one pack
LONGEST = 60  # seconds for one call of a tool


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", default="../shared/corpus", type=Path)
    parser.add_argument("--pack", default="target/debug/pack", type=Path)
    parser.add_argument("--count", default=300, type=int)
    parser.add_argument("--seed", default=1, type=int)
    parser.add_argument("--pages", default=3, type=int, help="pages looked at of each file")
    options = parser.parse_args()
    files = sorted(options.folder.rglob("*.pdf"))
    if not files:
        sys.exit(f"there are no PDFs in {options.folder}")
    drawn = random.Random(options.seed).sample(files, min(options.count, len(files)))
    pages = differing = drawn_anew = absent = 0
    for start in range(0, len(drawn), PER_PACK):
        with tempfile.TemporaryDirectory() as folder:
            for name, page, said in compare(
                drawn[start : start + PER_PACK], Path(folder), options
            ):
                if page is None:
                    absent += 1
                    print(f"{name}: left out: {said}")
                    continue
                pages += 1
                if said.startswith("drawn"):
                    drawn_anew += 1
                elif said and not said.startswith("more"):
                    differing += 1
                    print(f"{name}, page {page}: {said}", flush=True)
    print(
        f"{len(drawn)} files, {pages} pages compared: {differing} differ, {drawn_anew} have fields that"
        f" were drawn; {absent} files left out"
    )
    sys.exit(1 if differing else 0)


def compare(files, folder, options):
    """Builds a pack of the files; yields each file's pages with what differs."""
    kept = workspace(files, folder)
    out = folder / "out"
    command = [options.pack.resolve(), "build", "packs/m", "--format", "pdf", "--out", out]
    # Files that stop the build are left out one time after the other, for a draft would be marked.
    for _ in range(5):
        built = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if built.returncode == 0:
            break
        refused = {}
        for error in re.split(r"\n(?=error|warning|note|\S)", built.stdout + built.stderr):
            for name in re.findall(r"paper-\d+\.pdf", error):
                if error.startswith("error"):
                    refused.setdefault(name, error.splitlines()[0])
        if not refused:
            break
        for name, error in refused.items():
            yield kept.pop(name), None, error
        agenda(folder, kept)
    made = list(out.glob("*/*.pdf"))
    if not made:
        yield from ((file, None, built.stderr.strip()[-300:]) for file in kept.values())
        return
    manifest = json.loads((out / "manifest.json").read_text())
    parts = {part["source"]: part for part in manifest["documents"][0]["parts"] if "source" in part}
    jobs = []
    for name, file in kept.items():
        part = parts[f"packs/m/{name}"]
        jobs += [
            (file, page, part["first_page"] + page - 1)
            for page in range(1, min(part["pages"], options.pages) + 1)
        ]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        work = lambda job: (job[0], job[1], differences(job[0], job[1], made[0], job[2]))
        for file, page, said in pool.map(work, jobs):
            name = next(name for name, kept_file in kept.items() if kept_file == file)
            note = f"{name}.*note.form-field-without-appearance"
            anew = said and re.search(note, built.stdout + built.stderr)
            yield file, page, f"drawn ({said})" if anew else said


def workspace(files, folder):
    """A workspace with a pack that attaches the files, which are returned by their names there."""
    (folder / "committees").mkdir()
    pack = folder / "packs" / "m"
    pack.mkdir(parents=True)
    (folder / "council.toml").write_text(
        '[council]\nname = "Fernleigh Council"\njurisdiction = "england"\n'
    )
    (folder / "committees" / "board.toml").write_text('name = "Board"\nkind = "board"\n')
    kept = {}
    for index, file in enumerate(files):
        name = f"paper-{index}.pdf"
        (pack / name).write_bytes(file.read_bytes())
        kept[name] = file
    agenda(folder, kept)
    return kept


def agenda(folder, kept):
    """Writes the agenda that attaches these files."""
    text = 'committee = "board"\n[meeting]\ndate = 2027-03-18\n'
    for name in kept:
        text += (
            f'[[item]]\ntitle = "{name[:-4]}"\nkind = "verbal"\n[[item.appendix]]\n'
            f'title = "{name[:-4]}"\nfile = "{name}"\naccept-redaction = "A comparison."\n'
        )
    (folder / "packs" / "m" / "pack.toml").write_text(text)


def differences(source, page, pack, place):
    """What differs between a page of a file and a page of a pack, in words; empty where nothing does."""
    theirs, ours = image(source, page), image(pack, place)
    if theirs is None:
        return ""  # Poppler cannot show it either
    if ours is None:
        return "the pack's page cannot be shown"
    said = []
    lost, new = ink(theirs, ours, fit(pack, place), HEAD if page == 1 else 0)
    if new and min(theirs[2]) == 255:
        return "more (Poppler shows nothing of the file's page)"
    if lost:
        said.append(f"lost: {lost} squares of ink")
    if new:
        said.append(f"new: {new} squares of ink")
    missing = words(source, page) - words(pack, place)
    if missing:
        said.append(f"words: {' '.join(sorted(missing)[:8])}")
    return "; ".join(said)


def run(*command):
    try:
        return subprocess.run(command, capture_output=True, timeout=LONGEST).stdout
    except subprocess.TimeoutExpired:
        return b""


def image(file, page):
    """A page as width, height and grey pixels."""
    number = str(page)
    data = run("pdftoppm", "-cropbox", "-gray", "-r", str(DPI), "-f", number, "-l", number, file)
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    if not head:
        return None
    return int(head[1]), int(head[2]), data[head.end() :]


def words(file, page):
    number = str(page)
    text = run("pdftotext", "-cropbox", "-raw", "-f", number, "-l", number, file, "-")
    return Counter(re.findall(r"\w+", text.decode("utf-8", "replace")))


def fit(pack, place):
    """By how much the page was made smaller, and by how far its top left corner came in, in pixels."""
    plan = json.loads(run("qpdf", "--json=2", "--json-key=pages", pack) or b"{}")
    first = plan["pages"][place - 1]["contents"][0].split()[0]
    content = run("qpdf", f"--show-object={first}", "--filtered-stream-data", pack)
    matrix = re.match(rb"q\s+([-\d. ]+) cm", content)
    if not matrix:
        return 1.0, 0, 0
    scale, _, _, _, right, up = map(float, matrix[1].split())
    told = run("pdfinfo", "-box", "-f", str(place), "-l", str(place), pack).decode()
    box = re.search(r"CropBox:\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)", told)
    left, foot, side, top = map(float, box.groups())
    # How far each side came in, and which of them the page is seen from.
    sides = [
        left * scale + right - left,
        top - top * scale - up,
        side - side * scale - right,
        foot * scale + up - foot,
    ]
    turn = int(re.search(r"rot:\s+(\d+)", told)[1]) // 90 % 4
    across, down = sides[-turn], sides[1 - turn]
    return scale, across * DPI / 72, down * DPI / 72


def darkness(picture, left, top):
    """The mean darkness of a square."""
    width, height, pixels = picture
    right, foot = min(left + BLOCK, width), min(top + BLOCK, height)
    if left < 0 or top < 0 or right <= left or foot <= top:
        return 0
    total = sum(sum(pixels[row * width + left : row * width + right]) for row in range(top, foot))
    return 255 - total / ((right - left) * (foot - top))


def ink(theirs, ours, fit, head):
    """How many squares of the file's page have ink and those of the pack's have none, and the reverse.

    Of a page that is made smaller, the place of a square follows from how: up to a few pixels, which is
    how far squares are looked for. `head` is what the title of a paper takes of its first page.
    """
    width, height, _ = ours
    if abs(theirs[0] - width) > 2 or abs(theirs[1] - height) > 2:
        return theirs[0] * theirs[1] // BLOCK**2, 0
    scale, across, down = fit
    # Along the foot is the number, in the middle; along the head, the title.
    size = DPI / 72 * max(1, min(width, height) / 496)
    lost = new = 0
    for top in range(0, theirs[1], BLOCK):
        for left in range(0, theirs[0], BLOCK):
            if darkness(theirs, left, top) >= INK:
                x, y = int(left * scale + across), int(top * scale + down)
                lost += not near(ours, x, y, FAINT)
    for top in range(0, height, BLOCK):
        if not head * size <= top <= height - FOOT * size:
            continue
        for left in range(0, width, BLOCK):
            if darkness(ours, left, top) >= INK:
                x, y = int((left - across) / scale), int((top - down) / scale)
                # What the edge of the file's page cuts through is not held to it.
                inside = BLOCK <= x < theirs[0] - 2 * BLOCK and BLOCK <= y < theirs[1] - 2 * BLOCK
                new += inside and not near(theirs, x, y, FAINT)
    # A square or two are the rounding of an edge.
    return (lost if lost > 2 else 0), (new if new > 2 else 0)


def near(picture, left, top, least):
    """Whether there is ink at a place or right beside it."""
    step = BLOCK // 2
    return any(
        darkness(picture, left + x, top + y) >= least
        for y in (0, -step, step)
        for x in (0, -step, step)
    )


if __name__ == "__main__":
    main()
