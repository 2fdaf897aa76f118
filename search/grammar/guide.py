"""The page that tells users what can be asked, made of the question forms themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from kg import dropin
from search import questions

_HEAD = Path(__file__).with_suffix(".md")


def page() -> str:
    """The page in Markdown."""
    return "\n".join(
        [
            _HEAD.read_text("utf-8"),
            *(line for name, form in dropin.every(questions).items() for line in _section(name, form)),
        ]
    )


def _section(name: str, form: ModuleType) -> Iterator[str]:
    chinese, _, english = (form.__doc__ or "").strip().partition("\n\n")
    yield f"## {name}\n"
    yield chinese.strip()
    yield f"{english.strip()}\n"
    yield from (f"- {example}" for example in form.EXAMPLES)
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
