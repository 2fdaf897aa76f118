"""Scanned pages: words recognised in their picture by Tesseract, where it is installed, and tables from the
lines drawn on it.

A wrong figure is worse than none: what the engine is not sure of becomes □, a number as a whole.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from kg.reader._pdf_page import Glyph, Page, Rule

UNSURE = "□"
_SCALE = 4.0  # pixels to the point: 288 dpi
_DARK = 128  # of 255
_LONG = 30.0  # points; a longer stroke is a ruling line
_PATIENCE = 180  # seconds for one page
_LARGEST = 4.1e6  # square points of a page that is read: A1, the largest sheet that offices scan
_SURE = 85  # per cent, of a word with a digit: points and commas are mistaken for each other below
_LIKELY = 50  # of any other word
_ENGINE, _LANGUAGE = "tesseract", "chi_sim"
_WHOLE, _BLOCK = "3", "6"  # how the engine looks at a page: for blocks anywhere, or as one block of lines
_A_LINE, _A_WORD = "4", "5"  # levels of what it tells
_NEAR = 0.6  # of a line's height between words of one phrase
_LEAST = 0.5  # points of a character
_FIGURE = re.compile(r"\d[\d.,]*")
_SOUND = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[.,]?")
_ASCENT = 0.9  # of a line's height above its baseline

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


class Word(NamedTuple):
    """A word on line `line`, its edges in points; `sure` is from 0 to 100."""

    text: str
    sure: float
    line: tuple[int, ...]
    left: float
    right: float
    top: float
    bottom: float


@cache
def missing() -> str:
    """What must be installed before scanned pages are read; empty where all is there."""
    if shutil.which(_ENGINE) is None:
        return "tesseract-ocr, tesseract-ocr-chi-sim"
    known = subprocess.run([_ENGINE, "--list-langs"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    return "" if _LANGUAGE in known.split() else "tesseract-ocr-chi-sim"


def recognised(document: pdfium.PdfDocument, page: Page) -> Page:
    """`page` with the words and the ruling lines of its picture; as it is where no sheet of paper is so large."""
    if page.width * page.height > _LARGEST:
        return page
    sheet = document[page.number - 1]
    pixels: Pixels = np.array(sheet.render(scale=_SCALE).to_pil().convert("L"))
    sheet.close()
    across, down = _strokes(pixels), _strokes(pixels.T)
    for y, start, end in across:
        pixels[max(y - 1, 0) : y + 2, start:end] = 255  # the engine takes lines for letters
    for x, start, end in down:
        pixels[start:end, max(x - 1, 0) : x + 2] = 255
    words = _words(pixels, _BLOCK if across and down else _WHOLE)
    glyphs = [glyph for _, line in groupby(words, key=lambda word: word.line) for glyph in _glyphs(doubted(list(line)))]
    return replace(page, glyphs=glyphs, across=_rules(across), down=_rules(down))


def _strokes(pixels: Pixels) -> list[tuple[int, int, int]]:
    """Straight dark strokes along the rows: the row, and from where to where."""
    edges = np.diff(np.pad(pixels < _DARK, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    long = ends - starts >= _LONG * _SCALE
    return list(zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True))


def _rules(strokes: Sequence[tuple[int, int, int]]) -> list[Rule]:
    return [Rule(at / _SCALE, start / _SCALE, end / _SCALE) for at, start, end in strokes]


def _words(pixels: Pixels, look: str) -> list[Word]:
    """What the engine reads, line by line; nothing where it fails or takes too long."""
    picture = io.BytesIO()
    Image.fromarray(pixels).save(picture, "PPM")
    command = [_ENGINE, "stdin", "stdout", "-l", _LANGUAGE, "--psm", look, "tsv"]
    one = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads wait for each other most of the time
    try:
        done = subprocess.run(  # noqa: S603  (a fixed command; the file is only its input)
            command, input=picture.getvalue(), capture_output=True, env=one, timeout=_PATIENCE, check=True
        )
    except subprocess.SubprocessError:
        return []
    words, top, bottom = [], 0.0, 0.0
    for row in csv.DictReader(
        done.stdout.decode("utf-8", "replace").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    ):
        left, width, high, height = (int(row[side]) / _SCALE for side in ("left", "width", "top", "height"))
        if row["level"] == _A_LINE:  # its words stand on one baseline, whatever their boxes
            top, bottom = high, high + height
        elif row["level"] == _A_WORD and (text := (row["text"] or "").strip()):
            line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            words.append(Word(text, float(row["conf"]), line, left, left + width, top, bottom))
    return words


def doubted(line: Sequence[Word]) -> list[Word]:
    """The words of a line with those in doubt as □. A figure is in doubt where it is not written as
    figures are, where it is parted, and where what stands before it is in doubt (□□12万元: more or less?)."""
    made: list[Word] = []
    for word in line:
        after = made[-1] if made and word.left - made[-1].right < _NEAR * (word.bottom - word.top) else None
        figures = _FIGURE.findall(word.text)
        unsure = word.sure < (_SURE if figures else _LIKELY) or not all(map(_SOUND.fullmatch, figures))
        if figures and after and (after.text[-1] == UNSURE or after.text[-1].isdigit()):
            unsure = True
            if after.text[-1].isdigit():
                made[-1] = _hidden(after)
        made.append(_hidden(word) if unsure else word)
    return made


def _hidden(word: Word) -> Word:
    return word._replace(text=UNSURE * len(word.text))


def _glyphs(line: Sequence[Word]) -> Iterator[Glyph]:
    """The characters of each word, as wide as each other, in the order in which the engine has read them:
    boxes of words overlap."""
    reached, before = 0.0, " "
    for word in line:
        height = word.bottom - word.top
        joins = word.left - reached < _NEAR * height and not (before + word.text[0]).isascii()
        left = reached if joins or word.left < reached else word.left
        width = max((word.right - left) / len(word.text), _LEAST)
        for at, char in enumerate(word.text):
            yield Glyph(char, left + at * width, left + (at + 1) * width, word.top + _ASCENT * height, _ASCENT * height)
        reached, before = left + len(word.text) * width, word.text[-1]
