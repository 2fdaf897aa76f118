"""Names of organisations, read in folded text: where they end, their region, and when two are one.

An organisation's name is a region, where it has one, and a core that ends with a word of the
scheme organisations: 青山县 + 水务局. Short forms keep the first character and the ending
(卫健委 for 卫生健康委员会) and may keep only the level of the region (县水务局).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ontology import loader

HAN = "\u4e00-\u9fff"
LONGEST = 40  # characters; no name of an office is longer
_LEVELS = (
    "省|自治区|市|自治州|州(?![市县区])|地区|盟|自治县|自治旗|新区|区|县|旗|镇(?=人民政府|政府)|乡(?=人民政府|政府)"
)
_COUNTY = f"(?![全我本该各省市区县每某外邻两])[{HAN}]县(?:区(?![域划]))?"  # 泽县 and 泽县区
_REGION = re.compile(rf"(?:(?:(?![省市区县])[{HAN}]){{2,12}}?(?:{_LEVELS})|{_COUNTY})+(?=.)")
_LEVEL = re.compile(r"(?:省|市|区|县|州|旗|镇|乡)(?=[^级直属内辖场政域民])")
# Words that stand before or between names and are never part of one.
_OUTSIDE = re.compile(
    r"根据|按照|对照|贯彻|落实|依据|关于|纳入|截至|截止|包括|包含|组成|成立|牵头|负责|主管|印发|年度|设有|设立|设置|"
    r"下属|所属|内设|另有|以及|分别|经由|各级|全面|我|该|其|由|为|是|的|将|被|本(?=[部单局委级年])|"
    r"第[一二三四五六七八九十\d]{1,3}[条章节部款]|形成|结合|做好|推进|加强|[X×Ｘx]{2}|"
    r"^(?:对(?!外)|在|了|等(?!级)|因|并|使|让|请|据|按|向(?!阳))"
)

_RUN = re.compile(rf"[{HAN}][{HAN}()]{{1,{LONGEST - 1}}}")
_PLACE = re.compile(rf"(?P<above>.{{2,20}}?[省市县区旗])?(?P<place>[{HAN}]{{1,8}}?(?:[镇乡]|街道))(?:人民政府|办事处)")
_JOINS = ("和", "与", "及")
AUTHORITY, OFFICE = "党政机关", "内设机构"  # concepts of the scheme organisations
_PARTY = re.compile(r"中共|中国共产党")
_SELF = re.compile(
    r"(?:我|本)(?:部门|单位|机关|系统|街道|中心|局|委|办|厅|署|院|校|馆|站|所|会|队|镇|乡|部|处|园)|全(?:部门|单位|局|委|系统|院|校|厅|镇|乡|街道)"
)


@cache
def endings() -> str:
    """All endings of names as one pattern, the fullest first."""
    return "|".join(re.escape(word) for word in loader.spellings("organisations"))


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{endings()})$")


_ITSELF = re.compile(r"(?:\([^()]{1,20}\)|本级|本部|机关)$")
_LETTERS = re.compile(rf"[{HAN}A-Za-z0-9“”\"·()-]+")


@lru_cache(maxsize=4096)  # a report has few names, and says them often
def is_organisation(text: str) -> bool:
    """Whether all of `text` reads as the name of one organisation."""
    name = _ITSELF.sub("", text)
    return (
        2 <= len(name) <= LONGEST
        and name.count("(") == name.count(")")
        and not _OUTSIDE.search(name)
        and bool(_ending().search(name))
        and bool(_LETTERS.fullmatch(name))
    )


@cache
def _last() -> re.Pattern[str]:
    """The characters that a name can end with."""
    return re.compile(f"[{re.escape(''.join({word[-1] for word in loader.spellings('organisations')}))}]")


def starting_at(text: str, start: int = 0) -> tuple[str, ...]:
    """Every name that may begin at `start`: 'X县政府办公室要' gives X县政府 and X县政府办公室. 和 after a
    whole name of an authority ends it."""
    run = _RUN.match(text, start) if _last().search(text, start + 1, start + LONGEST) else None
    return _beginnings(run.group()) if run else ()


@lru_cache(maxsize=4096)
def _beginnings(run: str) -> tuple[str, ...]:
    """The names that `run`, a stretch of Chinese characters, begins with."""
    outside = _OUTSIDE.search(run)
    run = run[: outside.end() - 1] if outside else run
    found: list[str] = []
    for last in _last().finditer(run, 1):
        name = run[: last.end()]
        if is_organisation(name):
            found.append(name)
            if run[last.end() : last.end() + 1] in _JOINS and kind(name) == AUTHORITY:
                break
    return tuple(found)


def own(text: str, department: str | None, start: int = 0) -> int:
    """Where a mention of the department itself that begins at `start` ends: its name, a short form,
    我局, 本部门; `start` where none begins there."""
    if match := _SELF.match(text, start):
        return match.end()
    named = starting_at(text, start) if department else ()
    mine = [name for name in named if department and same(name, department)]
    if not named:  # 青山镇中心小学 is not the township
        mine = [place for place in _places(department) if text.startswith(place, start)]
    return start + max(map(len, mine), default=0)


@lru_cache(maxsize=1024)
def _places(department: str | None) -> tuple[str, ...]:
    """A township or street by which its government goes: 青山镇 and 云溪县青山镇 of 云溪县青山镇人民政府."""
    found = _PLACE.fullmatch(department) if department else None
    return (found["place"], f"{found['above'] or ''}{found['place']}") if found else ()


@lru_cache(maxsize=4096)
def kind(name: str) -> str:
    """The concept of the scheme organisations that the name's ending stands for, or ''."""
    match = _ending().search(name)
    return loader.spellings("organisations")[match.group()] if match else ""


@lru_cache(maxsize=4096)
def region(name: str) -> str:
    """The region that a name begins with, as written: 青山县水务局 → 青山县; '' where it gives none."""
    party = _PARTY.match(name)
    match = _REGION.match(name, party.end() if party else 0)
    return match.group() if match else ""


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """The name without its region, or without the level that stands for one (县水务局 → 水务局)."""
    party = _PARTY.match(name)
    name = name[party.end() :] if party else name
    place = region(name)
    rest = name[len(place) :]
    office = rest.removeprefix("人民政府")
    if office != rest and len(office) > 2 and not office.startswith("办"):
        return office  # 青山县人民政府信访局 is the 县信访局
    level = None if place else _LEVEL.match(rest)
    return rest[level.end() :] if level and len(rest) > 3 else rest


@lru_cache(maxsize=4096)
def level(name: str) -> str:
    """The last level word of the name's region: 青山县水务局 and 县水务局 → 县."""
    place = region(name)
    return place[-1] if place else name[: len(name) - len(core(name))]


@lru_cache(maxsize=1024)  # names come with every report
def short_form(full_core: str) -> re.Pattern[str]:
    """The core itself and its abbreviations: the first character, then any of the others in their
    order, then the ending or its first character (卫生?健?康?委(员会)?)."""
    bare = full_core.removeprefix("人民") if full_core.startswith("人民政府") else full_core
    match = _ending().search(bare)
    ending = match.group() if match else bare[-1]
    stem = bare[: len(bare) - len(ending)]
    if len(stem) < 2:
        return re.compile(re.escape(full_core))
    middle = "".join(f"{re.escape(char)}?" for char in stem[1:])
    tail = re.escape(ending[0]) + (f"(?:{re.escape(ending[1:])}|(?!{re.escape(ending[1])}))" if len(ending) > 1 else "")
    return re.compile(("(?:人民)?" if bare != full_core else "") + re.escape(stem[0]) + middle + tail)


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is a short form of the core of `full`; both may carry a region or its level."""
    mine, whole = core(short), core(full)
    return len(mine) >= min(3, len(whole)) and bool(short_form(whole).fullmatch(mine))


_PEOPLES = re.compile(rf"(?<![{HAN}])([{HAN}]{{2,4}}?)(?:[{HAN}]{{1,5}}?族)+自治(?=[县州旗])")


def _short(place: str) -> str:
    """A region without the peoples in its name: 临河傣族彝族自治县 → 临河县."""
    return _PEOPLES.sub(r"\1", place)


@lru_cache(maxsize=4096)
def same(one: str, other: str) -> bool:
    """Whether two names mean the same organisation: one core is a form of the other, and the
    regions do not speak against it."""
    if not (abbreviates(one, other) or abbreviates(other, one)):
        return False
    here, there = _short(region(one)), _short(region(other))
    if here and there:
        return here.endswith(there) or there.endswith(here)
    return not (level(one) and level(other)) or level(one) == level(other)
