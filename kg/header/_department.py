"""The department that a report is about, by its fullest name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg import numbering, organisations
from kg.document import Part, Table, cell_words, walk
from kg.grammar.lexicon import either, words
from kg.header._lines import Lines
from kg.text import Source, Span, View, view
from kg.values import date

Named = tuple[str, Span]


def signed_on(text: str) -> date.Date | None:
    """The first date in `text` that is more than a year."""
    return next((found for found in date.find(text) if found.month), None)


_SEAL = r"(?:\((?:公章|盖章|签章|章|名称|全称)\)|[:：])*"
_CODED = re.compile(r"[\[(]?\d{3,12}(?![\d年])[\])]?[-_—]?")
_CODE = f"(?:{_CODED.pattern})?"
# What follows a name that the report speaks about as its own subject.
_ABOUT = re.compile(
    r"是|为|属于|属|系|规格|机构规格|内设|下设|包含|主要职[责能]|主要承担|部门(?!的)|机关运行|本级|\(本级\)|核定|行使|\d{4}年|由.{2,20}组成"
)
_TITLED = re.compile(r"部门|单位|\d{4}|[一二]〇|整体|关于|年|绩效|预算|决算|项目|本级|机关|预决算|\(|$")
_STARTS = re.compile(
    rf"(?>[。;:,()《》“”、]|关于|年度?|年[末底初]|纳入|对照|对|由|是|为|在|从|与|及|和|了|按照|根据|贯彻|落实|截至|成立)"
    rf"(?=[{organisations.HAN}])"
)
_READ = 20_000  # characters of one paragraph in which names are looked for
_ABOVE = 3  # lines at the head, of which one may be the name alone
_SIGNATURE = 12  # lines from the end
_OFTEN = 2  # times a name must be said to be believed where nothing else speaks for it


def find(source: Source, part: Part, lines: Lines, texts: Sequence[View], *, alone: bool) -> Named | None:
    """The department's name at its fullest, with the place where it first stands: from a label of
    the head, the title, the signature, or, in a report that stands alone, what the text keeps
    speaking about. `texts` begins with the title."""
    said = _said(texts)
    base = (
        _labelled(source, part, lines, "部门名称")
        or _placed(texts[0], said)
        or _titled(texts[0])
        or _headline(lines)
        or _labelled(source, part, lines, "主管部门")
        or _signed(lines)
        or (_spoken(said) or _introduced(texts) if alone else None)
        or _labelled(source, part, lines, "实施单位")
    )
    return _fullest(base, said) if base else None


@cache
def _label(concept: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A label of the head on a line, and in a cell."""
    labels = either(words("header-labels", concept))
    on_a_line = (
        rf"(?<![{organisations.HAN}])(?:{labels})(?:(?:\([^()]{{1,6}}\))?:|\((?:公章|盖章|签章)\)){_SEAL}{_CODE}"
    )
    return re.compile(on_a_line), re.compile(rf"(?:{labels}){_SEAL}")


def _labelled(source: Source, part: Part, lines: Lines, concept: str) -> Named | None:
    """部门名称：(公章) X局 on a line, or the label in one cell and the name in the next."""
    pattern, cell_label = _label(concept)
    for line in lines.labelled:
        for match in pattern.finditer(line.text):
            if found := _longest(line, match.end()):
                return found
    for label, line in pairwise(lines.first):  # a form with one cell a line
        if cell_label.fullmatch(label.text) and _is_department(line.text):
            return line.text, line.span(0, len(line))
    for path in walk(part.sections):
        for block in path[-1].blocks:
            if isinstance(block, Table):
                for found in _beside(source, block, cell_label):
                    return found
    return None


def _beside(source: Source, table: Table, label: re.Pattern[str]) -> Iterator[Named]:
    if not any(map(label.fullmatch, cell_words(source, table))):
        return
    for row in table.rows:
        texts = (view(source, span) for span in dict.fromkeys(cell.span for cell in row))
        cells = [text for text in texts if text.text]
        for left, right in zip(cells, cells[1:], strict=False):
            if label.fullmatch(left.text):
                code = re.match(_CODE, right.text)
                found = _longest(right, code.end() if code else 0)
                if found:
                    yield found


def _longest(text: View, start: int) -> Named | None:
    """The longest name that begins at `start`; 部门 after a name (X局部门) is no part of it."""
    names = [n for n in organisations.starting_at(text.text, start) if not _cut(text.text, start + len(n))]
    names = [n for n in names if organisations.kind(n) != organisations.OFFICE]
    return (names[-1], text.span(start, start + len(names[-1]))) if names else None


def _cut(text: str, end: int) -> bool:
    return text[end - 1 : end + 1] == "部门" or text[end - 1 : end + 1] == "部分"


def _titled(title: View) -> Named | None:
    """The name in a title: at its head, after a code or a year, up to where the title says what it is. A whole
    paragraph is no title."""
    for start in _starts(title.text) if "。" not in title.text else ():
        fits = [
            n
            for n in organisations.starting_at(title.text, start)
            if not _cut(title.text, start + len(n)) and _TITLED.match(title.text, start + len(n))
        ]
        fits = [n for n in fits if organisations.kind(n) != organisations.OFFICE]
        if fits:
            return fits[-1], title.span(start, start + len(fits[-1]))
    return None


_TOWNSHIPS = ("乡", "镇", "街道")
_PLACE = re.compile(rf"{_CODE}(?:\d{{4}}年度?)?(?P<place>[{organisations.HAN}]{{1,14}}?(?:{either(_TOWNSHIPS)}))")
_GOVERNS = re.compile(r"(?:人民政府|政府|办事处|党工委|党委)$")


def _town(place: str) -> str:
    """The township or subdistrict at the end of `place`: 青山县白石乡 → 白石乡."""
    return re.split("[省市区县州旗盟]", place)[-1]


def _placed(title: View, said: _Said) -> Named | None:
    """The government of a township or a subdistrict whose title names the place alone (白石乡2023年度部门决算),
    by a name that the text gives it."""
    match = _PLACE.match(title.text)
    if not match or not _TITLED.match(title.text, match.end()):
        return None
    place = _town(match["place"])
    names = [name for name in said if _GOVERNS.search(name) and _town(_GOVERNS.sub("", name)) == place]
    best = min(names, key=lambda name: (-said[name][0], len(name)), default=None)
    return (best, said[best][1]) if best else None


def _starts(text: str) -> Iterator[int]:
    """Where a name may begin: at the head, which a code may open (405001-青山县水务局), or after a word."""
    code = _CODED.match(text)
    yield code.end() if code else 0
    yield from (match.end() for match in _STARTS.finditer(text))


def _headline(lines: Lines) -> Named | None:
    """A line of its own above the title."""
    for line in lines.first[:_ABOVE]:
        if _is_department(line.text) and not numbering.strip(line.text):
            return line.text, line.span(0, len(line))
    return None


def _signed(lines: Lines) -> Named | None:
    """A line of its own at the end, alone or before a date."""
    tail = lines.last[-_SIGNATURE:]
    for place, line in reversed(list(enumerate(tail))):
        found = signed_on(line.text)
        last = place == len(tail) - 1 or bool(signed_on(tail[place + 1].text))
        words_only = line.text[: found.start] if found and found.end == len(line) else line.text
        if (
            (last or words_only != line.text)
            and _is_department(words_only)
            and not numbering.strip(words_only)  # the last of a list of units
        ):
            return words_only, line.span(0, len(words_only))
    return None


_Said = dict[str, tuple[int, Span]]


def _is_department(text: str) -> bool:
    return organisations.is_organisation(text) and organisations.kind(text) != organisations.OFFICE


def _said(texts: Sequence[View]) -> _Said:
    """Every name that the texts may be speaking of: how often, weighted, and where first.

    Twice as much speaks for a name when it is the subject of a sentence about itself."""
    count: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for text in texts:
        for start in _starts(text.text[:_READ]):
            for found in organisations.starting_at(text.text, start):
                end = start + len(found)
                if _cut(text.text, end) or organisations.kind(found) == organisations.OFFICE:
                    continue
                count[found] += 2 if start == 0 and _ABOUT.match(text.text, end) else 1
                first.setdefault(found, text.span(start, end))
    return {found: (times, first[found]) for found, times in count.items()}


def _spoken(said: _Said) -> Named | None:
    """The name said most often, one with its region before others, and the longer of two of which
    one begins the other when it is said nearly as often (X县政府办公室 before X县政府)."""
    known = {n: times for n, (times, _) in said.items() if organisations.region(n) and times >= _OFTEN}
    if not known:
        return None
    best = max(known, key=lambda n: known[n])
    for longer in sorted(known, key=len):
        if longer.startswith(best) and known[longer] * 5 >= known[best] * 3:
            best = longer
    return best, said[best][1]


# What only a report says, of its own office, in so few words.
_INTRODUCED = re.compile(
    r"(?:是|为|属|系)[^。;]{0,30}(?:行政|事业|参公|预算)单位|(?:共)?(?:内设|下设)|主要职[责能]|机构规格|核定(?:人员)?编制"
)
_SHORTEST = 5  # characters of a name without its region: 区财政局 could be anybody's


def _introduced(texts: Sequence[View]) -> Named | None:
    """The one name that a paragraph introduces (X街道办事处内设十个办公室), in a text that has no title and says
    no name often; None where two are."""
    found: dict[str, Span] = {}
    for text in texts:
        names = [n for n in organisations.starting_at(text.text) if _INTRODUCED.match(text.text, len(n))]
        for name in names[-1:]:
            if _is_department(name) and (organisations.region(name) or len(name) >= _SHORTEST):
                found.setdefault(name, text.span(0, len(name)))
    return next(iter(found.items())) if len(found) == 1 else None


def _fullest(base: Named, said: _Said) -> Named:
    """The fullest name that the text gives the same department more than once, and where it stands first."""
    fuller = [
        n
        for n, (times, _) in said.items()
        if times >= _OFTEN and organisations.region(n) and organisations.same(n, base[0])
    ]
    best = max((base[0], *fuller), key=len)
    places = [base[1]] if best == base[0] else []
    return best, min([*places, *([said[best][1]] if best in said else [])])
