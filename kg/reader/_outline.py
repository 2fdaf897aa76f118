"""Lines and tables into parts and sections: which line heads what.

The numbers decide, not the markup: OCR gives headings any number of #, and officials write
（2） where （二） is meant and 5、 where 五、 is meant. So every number looks for the one that it
continues, list items too, and only then for its usual rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg import numbering
from kg.document import Paragraph, Part, Section, Table
from kg.numbering import RANK, STYLES, Number
from kg.reader import _contents, _furniture, _parts
from kg.reader._contents import Chapter
from kg.reader._lines import Line
from kg.reader._looks import Look, look
from kg.reader._tables import unit
from kg.text import Source, Span

_CAPTION = re.compile(
    r"[（(【]?(?:金额|计量|货币)?单位[:：][^，。]{1,8}[）)】]?|(?:公开|财决|预算)?\d{1,2}表"
    r"|(?:附?表\s?[\d一二三四五六七八九十]{0,3}(?:[-－.]\d{1,2})?[:：、.\s]?)?[^，。；：:]{2,50}表(?:[（(][^（）()]{1,30}[)）])*"
)
DEEPEST = 9  # levels; what is nested deeper is no outline any more
_TWINS = {"han": "arabic", "arabic": "han", "han-paren": "arabic-paren", "arabic-paren": "han-paren"}


def parts(source: Source, items: Sequence[Line | Table]) -> tuple[Part, ...]:
    """The reports inside a file, in order. At least one part where there is any item."""
    made = []
    own, contents = _contents.without(source.text, _furniture.without(source.text, items))
    for piece in _parts.split(source, own, contents):
        span = piece.span
        sections = outline(source, piece.items, contents)
        made.append(Part(span, sections, piece.label, piece.title.span if piece.title else None))
    return tuple(made)


@dataclass(slots=True)
class _Node:
    """A section in the making."""

    start: int
    heading: Span | None = None
    number: str = ""
    title: str = ""
    level: int = 0
    blocks: list[Paragraph | Table] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.blocks and not self.children


@dataclass(slots=True)
class _Open:
    """A number that others may continue. `style` is the rank it stands for, `written` how it is
    written; a list item has no node. `depth` is what markup says, `chapter` the entry of the list of
    contents that numbers a heading without a number."""

    style: str
    written: str
    value: int
    node: _Node | None
    depth: int = 0
    chapter: Chapter | None = None


def outline(source: Source, items: Iterable[Line | Table], contents: Sequence[Chapter] = ()) -> tuple[Section, ...]:
    """Sections, outermost first; text before the first heading is a section without one. `contents` number
    the chapters that have no numbers where they stand."""
    outermost = _Node(0)
    stack: list[_Open] = []
    listed = list(items)
    for index, item in enumerate(listed):
        if isinstance(item, Table):
            node = _under(stack, outermost)
            node.blocks.append(_captioned(source, node, item))
            continue
        _place(source, stack, outermost, item, listed[index + 1 : index + 3], contents)
    made = [_freeze(node) for node in outermost.children]
    if outermost.blocks:
        span = Span(outermost.blocks[0].span.start, outermost.blocks[-1].span.end)
        made.insert(0, Section(span, blocks=tuple(outermost.blocks)))
    return tuple(made)


def _captioned(source: Source, node: _Node, table: Table) -> Table:
    """`table` with the lines right above it that belong to it: its name and its unit."""
    lines: list[Span] = []
    while node.blocks and isinstance(node.blocks[-1], Paragraph) and len(lines) < 3:
        span = node.blocks[-1].span
        if not _CAPTION.fullmatch(source.plain(span)):
            break
        lines.insert(0, span)
        node.blocks.pop()
    caption = Span(lines[0].start, lines[-1].end) if lines else None
    above = source.quote(caption) if caption else ""
    if not above and node.blocks and isinstance(node.blocks[-1], Paragraph) and len(node.blocks[-1].span) <= 60:
        above = source.quote(node.blocks[-1].span)  # 部门：某局  金额单位：万元
    if not above and not node.blocks:
        above = node.title
    return replace(table, caption=caption, unit=table.unit or unit(above))


def _place(
    source: Source,
    stack: list[_Open],
    outermost: _Node,
    line: Line,
    ahead: Sequence[Line | Table],
    contents: Sequence[Chapter],
) -> None:
    """Puts one line where it belongs: a heading, a list item or plain text."""
    number = numbering.read(source.text, line.span.start)
    seen = look(source.text, line, number)
    if number is None:
        if seen.title is None:
            _under(stack, outermost).blocks.append(Paragraph(line.span))
        else:
            chapter = _contents.chapter(contents, source.quote(seen.title), strong=line.strong)
            entry = _listed(stack, line, chapter) if chapter else _unnumbered(stack, line)
            _open(source, stack, outermost, line, seen, None, entry)
        return
    if seen.title is not None and _is_item(source.text, stack, line, number, seen, ahead):
        seen = Look(None, None)
    entry = _numbered(stack, number, heading=seen.title is not None)
    if seen.title is None:
        _under(stack, outermost).blocks.append(Paragraph(line.span))
        stack.append(entry)
    else:
        entry.depth = line.depth
        _open(source, stack, outermost, line, seen, number, entry)


def _is_item(
    text: str, stack: list[_Open], line: Line, number: Number, seen: Look, ahead: Sequence[Line | Table]
) -> bool:
    """A short line with a number is an item where its neighbours are: it goes on a list of items, or
    the next numbers follow at once and nothing stands under it."""
    if line.depth or line.strong or number.style == "part":
        return False
    before = next((e for e in reversed(stack) if number.style in (e.style, e.written)), None)
    listed = before is not None and before.value + 1 == number.value and before.node is None
    if seen.rest is not None:
        return listed
    if number.rank >= RANK["arabic"] and _stands_alone(text, number, ahead):
        return True
    going = _followers(text, number, ahead)
    if seen.sentence:
        return listed or going > 0
    return going == 2 or (listed and (_stands_alone(text, number, ahead) or number.rank >= RANK["arabic"]))


def _stands_alone(text: str, number: Number, ahead: Sequence[Line | Table]) -> bool:
    """Whether nothing stands under a numbered line: a number of its own rank or further out goes on
    after it. One that begins at 1 opens a list under it, however it is written."""
    if not ahead:
        return True
    other = numbering.read(text, ahead[0].span.start) if isinstance(ahead[0], Line) else None
    return other is not None and other.value > 1 and other.rank <= number.rank


def _followers(text: str, number: Number, ahead: Sequence[Line | Table]) -> int:
    """How many of the next two lines carry the next numbers of the same list."""
    for place, item in enumerate(ahead[:2]):
        other = numbering.read(text, item.span.start) if isinstance(item, Line) else None
        if other is None or (other.style, other.value) != (number.style, number.value + place + 1):
            return place
    return min(len(ahead), 2)


def _under(stack: list[_Open], outermost: _Node) -> _Node:
    return next((entry.node for entry in reversed(stack) if entry.node), outermost)


def _open(
    source: Source,
    stack: list[_Open],
    outermost: _Node,
    line: Line,
    seen: Look,
    number: Number | None,
    entry: _Open,
) -> None:
    parent = _under(stack, outermost)
    if seen.title is None:
        raise ValueError("a heading has a title")
    start = number.start if number else seen.title.start
    written = source.plain(Span(number.start, number.end)).strip() if number and number.end > number.start else ""
    heading = Span(start, seen.title.end)
    node = _Node(line.span.start, heading, written, source.plain(seen.title), parent.level + 1)
    if seen.rest:
        node.blocks.append(Paragraph(seen.rest))
    parent.children.append(node)
    entry.node = node
    stack.append(entry)


def _numbered(stack: list[_Open], number: Number, *, heading: bool) -> _Open:
    """Closes what `number` closes and says what rank it stands for."""
    style, value = number.style, number.value
    place = _predecessor(stack, style, value, heading=heading)
    if place is not None:
        kept = stack[place]
        del stack[place:]
        return _Open(kept.style, style, value, None)
    twin = next((e for e in reversed(stack) if style in (e.style, e.written)), None)
    # 2、分项目标 directly followed by （一）, items from （一） in text under a heading, or 一、 in a chapter that
    # only the contents number: a list inside it.
    nested = value == 1 and twin is not None and (_just_opened(stack) or twin.chapter or (twin.node and not heading))
    if nested and style not in ("part", "chapter") and len(stack) < DEEPEST:
        return _Open(_below(stack[-1].style), style, value, None)
    if twin is not None:
        kept_style = twin.style
        del stack[stack.index(twin) :]
        return _Open(kept_style, style, value, None)
    if style == "arabic-paren" and value == 1 and heading and _just_opened(stack):
        return _Open(_below(stack[-1].style), style, value, None)  # (1) right below 一、 stands for （一）, over 1、
    while stack and RANK[stack[-1].style] >= RANK[style]:
        stack.pop()
    return _Open(style, style, value, None)


def _predecessor(stack: list[_Open], style: str, value: int, *, heading: bool) -> int | None:
    """The place in the stack of the number before this one: written alike, or its twin for headings."""
    if value == 1:
        return None
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].value + 1 == value and style in (stack[index].style, stack[index].written):
            return index
    if not heading:
        return None
    for index in range(len(stack) - 1, -1, -1):
        entry = stack[index]
        if entry.node and entry.value + 1 == value and _TWINS.get(style) in (entry.style, entry.written):
            return index
    return None


def _just_opened(stack: list[_Open]) -> bool:
    return bool(stack and stack[-1].node and stack[-1].node.empty)


def _below(style: str) -> str:
    return STYLES[min(STYLES.index(style) + 1, len(STYLES) - 1)]


def _listed(stack: list[_Open], line: Line, chapter: Chapter) -> _Open:
    """Closes what `chapter` does not stand under by the list of contents, and says what rank it stands for."""
    while stack and (
        RANK[stack[-1].style] >= RANK[chapter.style]
        or (stack[-1].chapter is not None and stack[-1].chapter not in chapter.above)
    ):
        stack.pop()
    return _Open(chapter.style, "", chapter.value, None, line.depth, chapter)


def _unnumbered(stack: list[_Open], line: Line) -> _Open:
    """The place of a heading without a number: under a heading that nothing stands under yet,
    else beside the last one. In accounts such lines have lost their number to Word's lists."""
    while stack and stack[-1].node is None:
        stack.pop()
    if not stack:
        return _Open("han", "", 1, None, line.depth)
    last = stack[-1]
    if last.written and _just_opened(stack) and len(stack) < DEEPEST:
        style = "han" if last.style == "part" else _below(last.style)
        return _Open(style, "", 1, None, line.depth)
    if line.depth and last.depth:
        if line.depth > last.depth and len(stack) < DEEPEST:
            return _Open(_below(last.style), "", 1, None, line.depth)
        while len(stack) > 1 and line.depth < stack[-1].depth and stack[-2].depth:
            stack.pop()
        last = stack[-1]
    stack.pop()
    return _Open(last.style, "", last.value + 1, None, line.depth)


def _freeze(node: _Node) -> Section:
    sections = tuple(_freeze(child) for child in node.children)
    inside = [*(block.span.end for block in node.blocks), *(section.span.end for section in sections)]
    end = max([node.heading.end if node.heading else node.start, *inside])
    return Section(
        Span(node.start, end), node.heading, node.number, node.title, node.level, tuple(node.blocks), sections
    )
