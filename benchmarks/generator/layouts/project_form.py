"""项目支出绩效自评表: the standard form of one project."""

from __future__ import annotations

from collections.abc import Iterator

from generator import pieces
from generator.blocks import Block, Paragraph, Pen, Title
from generator.truth import Truth

TYPE = "项目支出绩效自评报告"
FORMATS = ("txt", "md", "cells", "html", "docx", "pdf", "xlsx", "flat")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """The form of the first project, with who answers for it below."""
    yield Title("项目支出绩效自评表", (pieces.report(truth, TYPE),))
    yield Title(f"（{truth.year}年度）")
    yield from pieces.project_form(truth, pen, truth.projects[0])
    head = truth.people[0].name
    yield Paragraph(f"项目负责人：{head}", ({"kind": "person", "name": head, "role": "项目负责人"},))
