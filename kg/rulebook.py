"""The rules as people read them: what each says, how grave it is, and on what basis. Writes docs/rules.md."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import kg.comparisons
import kg.rules
from kg import dropin

HEAD = """# 规则 · Rules

一条规则是一个文件：`kg/rules/` 里的看一份报告，`kg/comparisons/` 里的比几份报告。规则对看过的每一处都给出结果：**一致**（holds）、**舍入范围内一致**（within_rounding）、**不一致**（contradicts，就是一项发现）、**无法核对**（not_computable，并说明为什么）。四种都留着。没有把握就写“无法核对”：误报比漏报更伤人。每个发现都带着两边的原文和一行可以用手验算的算式；容许的误差只来自报告自己写出的位数，没有固定的容差。

*A rule is one file. For each thing it looked at it ends in one of four outcomes: it holds, it holds within the digits that were written, it contradicts (a finding), or it is not computable, and why. All four are kept. Not sure means not computable. Every finding shows both places and a sum that one can redo by hand; tolerance follows the digits that the report itself wrote.*

`error` 是算得出来的矛盾，`warning` 是需要说明的地方，`info` 只供参考（舍位、没有单位、追加过预算）。一条规则里较轻的情形用较轻的级别。类型的词见 `jixiao facts` 的 `finding`。怎样加一条规则：[extending.md](extending.md)。本页由 `make docs` 写成。
"""  # noqa: E501
TABLE = "| rule | type | severity | 规则 | what it says | 依据 · basis |\n|---|---|---|---|---|---|"
FOLDERS = (("一份报告之内 · Within a report", kg.rules), ("几份报告之间 · Across reports", kg.comparisons))


@dataclass(frozen=True, slots=True)
class Rule:
    """`zh` and `en` are the sentence that users read, `basis` the arithmetic or the law behind it."""

    name: str
    type: str
    severity: str
    zh: str
    en: str
    basis: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule by name, within a report and across reports."""
    modules = {name: module for _, folder in FOLDERS for name, module in dropin.every(folder).items()}
    return {name: _rule(name, module.TYPE, module.SEVERITY, module.__doc__ or "") for name, module in modules.items()}


def _rule(name: str, type: str, severity: str, doc: str) -> Rule:
    zh, en, *rest = doc.splitlines()
    return Rule(name, type, severity, zh, en, "".join(line.strip() for line in rest))


def page() -> str:
    """The page docs/rules.md."""
    shown = [HEAD]
    for title, folder in FOLDERS:
        rows = [rules()[name] for name in dropin.names(folder)]
        lines = (f"| `{r.name}` | {r.type} | {r.severity} | {r.zh} | {r.en} | {r.basis} |" for r in rows)
        shown.append("\n".join((f"## {title}\n", TABLE, *lines, "")))
    return "\n".join(shown)


def main(path: str) -> None:
    Path(path).write_text(page(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
