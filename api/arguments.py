"""What is written on the command line, as what it means: queries, models, places, files of questions."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from kg.errors import JixiaoError
from kg.text import Span
from search.embedding import DEFAULT

_ASKS = re.compile(r"[\s{<]")  # no query does without all three


def text_or_file(argument: str) -> str:
    """A query given on the command line, the content of the file that the argument names, or with `-` what
    comes in. JixiaoError `no-such-file` for what is neither, `not-text` for a file without words."""
    if argument == "-":
        return sys.stdin.read()
    try:
        if Path(argument).is_file():
            return Path(argument).read_text("utf-8")
    except OSError:  # a long query is no file name
        return argument
    except UnicodeDecodeError as error:
        raise JixiaoError("not-text", "查询文件要是 UTF-8 文本", file=argument) from error
    if argument and not _ASKS.search(argument):
        raise JixiaoError("no-such-file", "没有这个文件，也不是 SPARQL 查询", file=argument)
    return argument


def model(name: str | None) -> str | None:
    """A folder by its full path, so that it is found from anywhere; jixiao-static is the shipped one."""
    if name == Path(DEFAULT).name:
        return DEFAULT
    return str(Path(name).resolve()) if name and Path(name).is_dir() else name or None


def span(place: str) -> Span:
    """The span that is written as 120-160, or as one offset. JixiaoError `bad-place`."""
    start, _, end = place.partition("-")
    if not start.isdecimal() or not (end or "0").isdecimal() or (end and int(end) < int(start)):
        raise JixiaoError("bad-place", "位置写成起止两个数，如 120-160", place=place)
    return Span(int(start), int(end or int(start) + 1))


def pairs(written: Sequence[str]) -> dict[str, str]:
    """Values as they are written on the command line: year=2024. JixiaoError `bad-parameter`."""
    found = {}
    for one in written:
        name, sign, value = one.partition("=")
        if not sign:
            raise JixiaoError("bad-parameter", "参数写成 名称=值，如 year=2024", place=one[:40])
        found[name.strip()] = value
    return found


def lines(path: Path) -> list[dict[str, str]]:
    """The objects of a jsonl file; JixiaoError `bad-line` names the line that is none."""
    objects = []
    for number, written in enumerate(path.read_text("utf-8").splitlines(), 1):
        if written.strip():
            try:
                objects.append(json.loads(written))
            except ValueError as error:
                raise JixiaoError("bad-line", "这一行不是 JSON", file=str(path), place=f"第 {number} 行") from error
    return objects
