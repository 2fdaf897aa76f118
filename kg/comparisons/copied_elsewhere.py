"""与另一个部门的报告文字相同。
The same words stand in the report of another department.

除数字和单位名称以外一字不差的段落（三十字以上），库中三个以内的部门写过；更多部门都写的是模板用语，不算。问题、措施列为
提示；其他段落两个以上的具体数字也相同的是警告，很可能抄来没有改。
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.checks import Verdict
from kg.comparisons._copies import OWN_WORDS, changes, copied, same_numbers
from kg.neighbours import Neighbours

TYPE = "contradiction"
SEVERITY = "info"


def compare(neighbours: Neighbours) -> Iterator[Verdict]:
    for report in neighbours.now:
        for passage in report.passages:
            for twin in neighbours.twins:
                earlier = (twin.year, twin.evidence.report) < (report.year, report.name)
                if twin.wording != passage.wording or not earlier:
                    continue
                numbers_too = same_numbers(passage.evidence, twin.evidence)
                if not numbers_too and passage.kind not in OWN_WORDS:
                    continue
                changed = changes(passage.evidence, twin.evidence)
                zh = f"只改了数字：{changed}" if changed else "数字也没有改"
                en = f"only the numbers changed: {changed}" if changed else "with its numbers"
                yield copied(
                    "copied_elsewhere",
                    "warning" if numbers_too and passage.kind not in OWN_WORDS else SEVERITY,
                    passage.evidence,
                    twin.evidence,
                    f"这段话与{twin.department}{twin.year}年的报告相同，{zh}",
                    f"The same words stand in a report of another department ({twin.year}), {en}",
                    changed,
                )
