"""Several project evaluations in one document, one attachment each."""

from __future__ import annotations

from collections.abc import Iterator

from generator import pieces
from generator.blocks import Block, Paragraph, Pen, Title
from generator.truth import Truth

TYPE = "项目支出绩效自评报告"
FORMATS = ("txt", "md", "html", "docx", "pdf")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """A summary, then each project's form under its own title."""
    yield from pieces.title(truth, pen, f"{truth.year}年度项目支出绩效自评报告", TYPE)
    yield pen.heading(1, 1, "项目概况")
    yield from pieces.projects(truth, pen)
    yield pen.heading(1, 2, "存在的问题")
    yield from pieces.problems(truth, pen)
    yield pen.heading(1, 3, "改进措施")
    yield from pieces.remedies(truth, pen)
    for at, project in enumerate(truth.projects, 1):
        yield Paragraph(f"附件{at}")
        yield Title("项目支出绩效自评表")
        yield Title(f"（{truth.year}年度）")
        yield from pieces.project_form(truth, pen, project)
