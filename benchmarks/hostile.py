"""How long every regular expression of the project takes on lines that were made to stop it.

    python benchmarks/hostile.py [PACKAGE ...]

Each pattern is run in the ways in which its module runs it (match, search, finditer …) over lines that
repeat one thing: digits, blanks, brackets, units, names. Times at 8 and 32 thousand characters tell
how it grows; printed is what a line of 1 MB then takes, where that is more than 50 ms, and the exponent:
1 is linear. On a machine of another speed the time is another, the exponent is not: ends with status 1
where a slow one grows faster than the line. What is only run on a piece of a line is measured on that
(PIECES).
"""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from kg.grammar import functional
from kg.reader import _sheet_values
from kg.rules import direction, multiples
from search.grammar import names

LINE = 10**6  # bytes
MOST = 0.05  # seconds
SIZES = (8_000, 32_000)  # characters
ENOUGH = 0.3  # seconds for the smaller size: no need to see more
_MARKS = "1 十 一 a 的 年 月 % - — = / * # | 、 ， , 。 ： : ； ( ) （ ） 《 “ [ < ≥ ·"
_WORDS = (
    "12, 0.5 2024年 万元 1万元 一、 （一） 1. 第一部分 其中 较上年 增加 完成率 预算 支出 收入 局 县水务局 项目 指标 "
    "数量指标 绩效 分 得分 人 编制 实有 单位 问题 和 XX 附件1 是 为"
)
REPEATED = (" ", "\u3000", "\t", "\n", *_MARKS.split(), *_WORDS.split())
_STEEP = 1.5  # exponent; 1 is linear, 2 quadratic
_NOISE = 5e-5  # seconds that say nothing
PIECES = {  # characters of the longest piece of a line that a pattern is ever given, by the code that gives it
    "search.grammar.names._asking_words": names.READ_BACK,
    "search.grammar.names._LEVEL": 60,  # the name of a region
    "kg.grammar.functional._NAME": functional._BACK,
    "kg.reader._sheet_values._DIGITS": _sheet_values._LONGEST,
    "kg.reader._sheet_values._QUOTED": _sheet_values._LONGEST,
    "kg.rules.multiples._CHANGE": 2 * multiples.NEAR + 30,
    "kg.rules.multiples._FROM_TO": 2 * multiples.NEAR + 30,
    "kg.rules.direction._AMOUNT": direction.NEAR + 60,
    "kg.rules.direction._BEFORE": direction.AROUND,
    "kg.rules.direction._CHANGE": direction.AROUND,
}
WAYS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")


@dataclass(frozen=True, slots=True)
class Finding:
    where: str
    way: str
    line: str
    seconds: float
    exponent: float


def modules(packages: list[str]) -> Iterator[ModuleType]:
    for name in packages:
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
            yield importlib.import_module(found.name)


def patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that a module holds, and those that its functions without arguments make."""
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            yield name, value
        made = inspect.unwrap(value) if callable(value) else None
        if not inspect.isfunction(made) or made.__module__ != module.__name__ or inspect.signature(made).parameters:
            continue
        if str(made.__annotations__.get("return", "")).startswith("re.Pattern"):
            yield name, value()


def ways(module: ModuleType, name: str) -> set[str]:
    """The methods of the pattern that its module calls."""
    source = inspect.getsource(module)
    return set(re.findall(rf"\b{name}(?:\(\))?\.({'|'.join(WAYS)})\(", source)) or {"search"}


def work(pattern: re.Pattern[str], way: str) -> Callable[[str], Any]:
    if way == "finditer":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    if way == "sub":
        return lambda text: pattern.sub("", text)
    method: Callable[[str], Any] = getattr(pattern, way)
    return method


def seconds(run: Callable[[str], Any], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start


def judged(run: Callable[[str], Any], unit: str, piece: int = LINE) -> tuple[float, float]:
    """Seconds for a line of 1 MB, or the `piece` of it, that repeats `unit`, and how they grow with the line."""
    most = min(LINE * len(unit) // len(unit.encode()), piece)  # characters
    small, large = (unit * (size // len(unit)) for size in SIZES)
    first = seconds(run, small)
    if first > ENOUGH:
        return first * (most / SIZES[0]) ** 2, 2.0
    then = seconds(run, large)
    if then * (most / SIZES[1]) ** 2 > MOST:  # the least of three tells most: other work only adds
        first = min(first, seconds(run, small), seconds(run, small))
        then = min(then, seconds(run, large), seconds(run, large))
    growth = math.log(then / first, SIZES[1] / SIZES[0]) if first > _NOISE and then > first else 1.0
    return then * (most / SIZES[1]) ** max(growth, 1.0), growth


def worst(module: ModuleType) -> Iterator[Finding]:
    for name, pattern in patterns(module):
        for way in sorted(ways(module, name)):
            run = work(pattern, way)
            where = f"{module.__name__}.{name}"
            taken, growth, unit = max((*judged(run, unit, PIECES.get(where, LINE)), unit) for unit in REPEATED)
            yield Finding(where, way, unit, taken, growth)


def main() -> int:
    found = [finding for module in modules(sys.argv[1:] or ["kg", "search", "api"]) for finding in worst(module)]
    slow = sorted((f for f in found if f.seconds > MOST), key=lambda f: -f.seconds)
    for f in slow:
        print(f"{f.seconds:10.2f} s  ^{f.exponent:.1f}  {f.where} .{f.way} on {f.line!r}")
    print(f"{len(found)} patterns, {len(slow)} take more than {MOST * 1000:.0f} ms on a line of 1 MB")
    return any(finding.exponent > _STEEP for finding in slow)


if __name__ == "__main__":
    sys.exit(main())
