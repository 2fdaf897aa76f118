"""Made-up reports with known truth: any number, the same for the same seed.

    made = generate(7, "final_accounts", "html")
    made.data, made.name   the file
    made.facts             what it states, as objects of the exchange format without their place
    made.truth             what is true of the department; all that is stated is a field of it

An error is planted by changing the truth, or the text:

    write(alter(draw(7), "account.uses.0.share", Decimal("12.3")), "final_accounts", "txt", seed=7)

A layout or a format is one file, found by its name. In a truth as drawn everything fits, and no rule finds anything.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from generator.blocks import Block, Fact, pen
from generator.drawing import draw
from generator.truth import Truth, alter

__all__ = ["FORMATS", "LAYOUTS", "Generated", "alter", "compose", "draw", "generate", "render", "write"]


def _variants(folder: str) -> Mapping[str, ModuleType]:
    files = sorted((Path(__file__).parent / folder).glob("[!_]*.py"))
    return {file.stem: import_module(f"generator.{folder}.{file.stem}") for file in files}


LAYOUTS = _variants("layouts")
FORMATS = _variants("formats")


@dataclass(frozen=True, slots=True)
class Generated:
    """A report as a file, what it states, and the truth behind it."""

    name: str
    data: bytes
    facts: tuple[Fact, ...]
    truth: Truth
    layout: str
    format: str


def generate(seed: int, layout: str | None = None, format: str | None = None) -> Generated:
    """The report of `seed`, of a layout and format drawn where they are not given."""
    dice = random.Random(f"form {seed}")
    layout = layout or dice.choice(sorted(LAYOUTS))
    return write(draw(seed), layout, format or dice.choice(LAYOUTS[layout].FORMATS), seed)


def write(truth: Truth, layout: str, format: str, seed: int = 0) -> Generated:
    """`truth` as a file. `seed` decides wording, numbering, widths and encoding, never what is stated."""
    blocks = compose(truth, layout, seed)
    return Generated(
        name=f"{truth.office.name}{truth.year}年{layout}-{seed}{FORMATS[format].EXTENSION}",
        data=render(blocks, format, seed),
        facts=tuple(fact for block in blocks for fact in getattr(block, "facts", ())),
        truth=truth,
        layout=layout,
        format=format,
    )


def compose(truth: Truth, layout: str, seed: int = 0) -> tuple[Block, ...]:
    """What stands in the report, before it has a format."""
    return tuple(LAYOUTS[layout].blocks(truth, pen(random.Random(f"{layout} {seed}"))))


def render(blocks: tuple[Block, ...], format: str, seed: int = 0) -> bytes:
    """`blocks` as the bytes of a file."""
    data: bytes = FORMATS[format].render(blocks, random.Random(f"{format} {seed}"))
    return data
