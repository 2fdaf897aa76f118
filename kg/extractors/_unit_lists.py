"""Sentences that name units: lists (内设A、B和C3个科室), composition (由局机关和2个下属单位组成),
declarations (X中心为X局下属事业单位)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg import organisations
from kg.grammar.lexicon import either, folded, words
from kg.text import Span, View
from kg.values import numeral
from ontology.loader import spellings

OWN, UNDER, INSIDE = "本级", "下属单位", "内设机构"
OPENS_LINES = re.compile(r"单位|机构|科室|股室|处室")  # in a line that a colon ends
_NEAR = 30  # characters after a list in which it is said what it lists
_COUNT = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})[个家所]"
_SEVERAL = r"(?:[2-9]|1\d|[2-9]\d|[二三四五六七八九十两]{1,3})[个家所]"
_OF_US = r"[局委厅院办会社]属(?:事业|预算|二级)?(?:单位)?"  # 局属X、Y中心
# Words between what opens a list and its first name: 下属单位4个，分别为A、B.
_FILLER = re.compile(
    rf"(?:{_COUNT}|\([^()]{{0,10}}\)|(?<![,;、]){_OF_US}|分别|包括|包含|即|如下|名单|职能|机构|科室|股室|处室|部门|共|有|设|为|是|含|:|,)*"
)
_PLURAL = re.compile(rf"{_SEVERAL}$")
_COUNTED = re.compile(r"(\d{1,3}|[一二三四五六七八九十两]{1,3})[个家所](?=$|[,。;、])")
_SEPARATOR = re.compile(r"\([^()]{0,30}\)|[、,;和及与]|以及")
_TAIL = re.compile(rf"(?:{_COUNT}|等|共(?=[计有\d]|{_COUNT})).*$")  # 公共图书馆 is a name
# 为全额拨款事业单位，隶属县教育局，下设教务处: whom it belongs to and a list of its own are no items of a list.
_NO_NAME = re.compile(r"隶属|下设|内设|下辖|另设|设有|主管|归口|受")
_COMPOSED = re.compile(r"组成|构成|包括|包含|本级单位")
# 全额补助事业单位5个，自收自支事业单位1个 counts kinds of units.
_A_KIND = re.compile(
    r"(?:自收自支|全额(?:拨款|补助|供给)?|差额(?:拨款|补助|供给)?|定额补助|公益[一二]类|参公|行政|企业)(?:管理)?(?:事业)?单位$"
)
_RENAMED = re.compile(r"更名为(?P<name>[^,;。并]{2,30}?)(?=并|,|$)")
DECLARES = re.compile(r"[下所直]属")  # what every declaration says
_IS_UNDER = re.compile(
    r"(?:调整为|作为|为|是|系)(?P<over>[^,;。为]{0,24}?)(?:下属|所属|直属)(?:的)?[^,;。的]{0,6}(?:单位|机构)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """One unit: `span` proves it, `said` is what else the same words say of it (parent, rank,
    nature, funding)."""

    name: str
    relation: str
    span: Span
    said: Mapping[str, str] = field(default_factory=dict)


def relation(name: str, department: str | None) -> str:
    """The relation that a bare name in a list of units shows."""
    plain = folded(name)
    if re.search(r"本级|本部|机关\)?$", plain) or organisations.own(plain, department) == len(plain):
        return OWN
    office = plain.endswith("办公室") and not organisations.level(plain)  # 下设办公室、财务室
    return INSIDE if office or organisations.kind(plain) == INSIDE else UNDER


@cache
def _opener() -> re.Pattern[str]:
    relations = either({*words("unit-relations", UNDER), *words("unit-relations", INSIDE)})
    return re.compile(
        rf"(?<=[。;,])具体(?:为|是|包括|有|如下):?(?=.{{0,40}}(?:本级|本部|机关、))|(?:内设|下设|下辖|另设|设有|设立|设|下属|所属|直属|有)*(?:{_COUNT})?(?:{relations})|内设|下设|下辖|设有|下属(?=[省市县区镇乡]|[一-鿿]{{2,8}}?[省市县区旗][一-鿿])|(?<=[及和与、])所属的?(?=[一-鿿]{{2,8}}[省市县区旗乡镇局])|(?:(?<=[,;。:、])|^){_OF_US}|(?:(?<=[局委厅关办院会站所,;:])|^)设"
    )


def listed(text: View, start: int, end: int, department: str | None) -> Iterator[Named]:
    """The units of every list in the sentence at `start`..`end`."""
    at = start
    match: re.Match[str] | None = None
    while (opener := _goes_on(text.text, at, match)) or (opener := _opener().search(text.text, at, end)):
        begin = opener.end()
        match = match if match and opener.re is _AND else opener
        names = _names(text.text, begin, end)
        after = text.text[names[-1][1] : end][:_NEAR] if names else ""
        nature = _shared_nature(text, names[-1][1]) if names else None
        for first, whole in names:
            if _A_KIND.search(text.text[first:whole]):
                continue
            last, told = aside(text.text[first:whole])
            span, last = text.span(first, first + last), first + last
            before = match.group()
            how = _relation_said(before, after) or relation(text.text[first:last], department)
            said = {"parent": _parent(text.text, match.start())} if how == INSIDE else {}
            if how == UNDER and ("事业单位" in before or re.match(rf"{_COUNT}[^,]{{0,6}}事业单位", after)):
                said = {"nature": "事业单位"}
            said = {key: value for key, value in said.items() if value}
            if nature:
                said["nature"] = text.source.plain(nature)
            proof = Span(
                text.span(first if opener.re is _AND else match.start(), whole).start,
                nature.end if nature else text.span(first, whole).end,
            )
            said |= told
            yield Named(text.source.plain(span), how, proof, said)
        at = _past_count(text.text, names[-1][1]) if names else begin
        match = match if names else None


_FAR = 300  # characters that a list may take
_AND = re.compile("[和及与、]")


def _goes_on(text: str, at: int, opened: re.Match[str] | None) -> re.Match[str] | None:
    """The word that joins a further list to the one just closed: 下设A、B2个全额单位|和|C1个差额单位."""
    closed = opened and re.search(rf"{_COUNT}[^,;:、]{{0,10}}(?:单位|机构|科室|股室)$", text[max(0, at - 24) : at])
    joint = _AND.match(text, at) if closed else None
    return joint if joint and _names(text, joint.end(), min(joint.end() + _FAR, len(text))) else None


def aside(name: str) -> tuple[int, dict[str, str]]:
    """Where a folded name ends before a remark in brackets that tells its standing, and what that says:
    X站（公益一类事业单位，股级） → its rank and nature. Other brackets are the name's own."""
    match = re.search(r"\((?P<said>[^()]{2,30})\)$", name)
    if not match:
        return len(name), {}
    pieces = [part for piece in re.split("[,、;]", match["said"]) for part in _parted(piece)]
    told = {field: piece for piece in pieces for field in _STANDING if piece in _says(field)}
    return (match.start(), told) if told else (len(name), {})


def _parted(piece: str) -> tuple[str, ...]:
    """正科级公益一类事业单位 → its rank and the rest."""
    rank = max((word for word in _says("rank") if piece.startswith(word)), key=len, default="")
    return (rank, piece[len(rank) :]) if rank else (piece,)


_STANDING = {"rank": "ranks", "nature": "natures", "funding": "funding"}


@cache
def _says(field: str) -> frozenset[str]:
    return frozenset(folded(word) for word in spellings(_STANDING[field]))


def _shared_nature(text: View, end: int) -> Span | None:
    """What is said of all units of a list that ends at `end`: ，均为公益一类事业单位."""
    found = _all_are().match(text.text, end) or _counted_as().match(text.text, end)
    return text.group(found, "nature") if found else None


@cache
def _counted_as() -> re.Pattern[str]:
    """3个全额拨款事业单位 behind a list."""
    natures = either(word for word in map(folded, spellings("natures")) if len(word) > 4)
    return re.compile(rf"等?{_COUNT}(?P<nature>{natures})(?=$|[,。;、和及与])")


@cache
def _all_are() -> re.Pattern[str]:
    natures = either(folded(word) for word in spellings("natures"))
    return re.compile(rf"[^,]{{0,8}},?(?:均|都|全部)(?:属于|为|是|属)(?P<nature>{natures})")


def _past_count(text: str, at: int) -> int:
    """Past the words that close a list: 办公室、财务股|2个股室，下设…"""
    relations = either({*words("unit-relations", UNDER), *words("unit-relations", INSIDE)})
    closing = re.compile(rf"等?{_COUNT}[^,;:]{{0,8}}?(?:{relations})").match(text, at)
    return closing.end() if closing else at


def _names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names of a list that begins after `start`. A kind with its count is no name (6个基层所和D,
    派出所12个), D after it is."""
    filler = _FILLER.match(text, start, end)
    found: list[tuple[int, int]] = []
    for first, last in _split(text, filler.end() if filler else start, end):
        if _NO_NAME.match(text, first, last):
            break
        if not organisations.is_organisation(text[first:last]):
            # 下属事业单位X县Y中心不单列预算: the name goes only as far as it is one.
            full = [name for name in organisations.starting_at(text, first) if organisations.region(name)]
            found += [(first, first + len(full[-1]))] if full and not found and first + len(full[-1]) <= last else []
            break
        found.append((first, last))
    if filler and _PLURAL.search(filler.group()):
        found = found[1:]
    counted = _COUNTED.match(text, found[-1][1]) if found else None
    return found[:-1] if counted and numeral.read(counted.group(1)) != len(found) else found


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces between separators, up to a count or 等. 和 separates only where a name ends before
    it: 文化和旅游股 is one."""
    at = start
    while at < end:
        marks = (m for m in _SEPARATOR.finditer(text, at, end) if not m.group().startswith("("))
        stops = (m for m in marks if m.group() in "、,;" or _is_name(text[at : m.start()]))
        separator = next(stops, None)
        stop = separator.start() if separator else end
        if text[at - 1 : at] in (",", ";", "、") and re.match(_OF_US, text[at:stop]):
            return  # 内设4个股室，局属X站: another list
        tail = _TAIL.search(text, at, stop)
        if tail and tail.start() > at:
            yield at, tail.start()
            return
        if not re.match(_COUNT, text[at:stop]) or at == start:  # A、B及10个乡镇卫生院
            yield at, stop
        at = separator.end() if separator else end


def _is_name(piece: str) -> bool:
    piece = _TAIL.sub("", piece)
    return len(piece) > 2 and organisations.is_organisation(piece)


def _relation_said(before: str, after: str) -> str | None:
    """What the words around a list say of it: 下属单位为A, 内设A, 下设A、B两个科室."""
    under, inside = (either(words("unit-relations", relation)) for relation in (UNDER, INSIDE))
    counted = re.search(rf"^[^,]*?{_COUNT}(?:(?P<under>{under})|{inside})", after)
    if re.search(rf"{under}|属|辖", before) or (counted and counted["under"]):
        return UNDER
    return INSIDE if counted or re.search(rf"{inside}|内设", before) else None


def _parent(text: str, start: int) -> str:
    """局机关内设…: the offices are the headquarters', as the report says."""
    match = re.search(r"(?:^|[,;。:]|其中)((?:局|委|厅|办|院)?机关)(?:共|现)?$", text[max(0, start - 8) : start])
    return match.group(1) if match else ""


@cache
def _own() -> re.Pattern[str]:
    own = either(word for word in words("unit-relations", OWN) if word != "机关")
    return re.compile(
        rf"(?:由|包括:?|包含:?|含|[一1]个|[、,:和及])(?=(?P<name>[一-鿿]{{0,30}}?(?:\((?:{own})\)|{own}))(?:[决预]算)?(?:单位|以及|[及和与、,。]|组成|$))"
    )


def composed(text: View, start: int, end: int, department: str | None) -> Iterator[Named]:
    """The department proper as one of its own units: 由局机关和…组成, 包括局本级和…, 1个X局本级单位."""
    if not _COMPOSED.search(text.text, start, end):
        return
    for match in _own().finditer(text.text, start, end):
        if len(match["name"]) <= 4 or organisations.own(match["name"], department):
            span = text.group(match, "name")
            yield Named(text.source.plain(span), OWN, Span(text.group(match).start, span.end))


def declared(text: View, start: int, end: int, department: str | None) -> Iterator[Named]:
    """X中心为X局下属事业单位; where the clause renames it, by its new name."""
    first = max(text.text.rfind(",", start, end) + 1, start)
    match = _IS_UNDER.search(text.text, first, end)
    if not match or (match["over"] and not organisations.own(match["over"], department)):
        return
    names = [n for n in organisations.starting_at(text.text, first) if first + len(n) <= match.start()]
    at, name = first, names[-1] if names else ""
    if renamed := _RENAMED.search(text.text, first, match.start()):
        at, name = renamed.start("name"), renamed["name"]
    if organisations.is_organisation(name):
        said = {"nature": "事业单位"} if "事业单位" in match.group() else {}
        yield Named(text.source.plain(text.span(at, at + len(name))), UNDER, text.span(first, end), said)
