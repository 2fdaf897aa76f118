"""A made-up province: departments, years and figures drawn at random, and the graph made of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from pypinyin import lazy_pinyin
from rdflib import Dataset
from rdflib.query import Result

from kg.derived import derive
from kg.facts import Amount, Department, Duty, Evidence, Fact, Problem, Project, Rate, Report, Score, Staffing, Unit
from kg.graph import Record, add
from kg.stores import memory
from kg.text import Source
from search.answer import Answer, answer
from search.index import Hit
from search.query import run

_SYLLABLES = "岚泽澜溪崖岭浦汀渡湾禾枫榆柏翠霞雁鹭鹤麓"
_BUREAUS = {
    "教育局": "education bureau",
    "水利局": "water bureau",
    "交通运输局": "transport bureau",
    "卫生健康局": "health bureau",
    "农业农村局": "agriculture bureau",
    "公安局": "public security bureau",
    "民政局": "civil affairs bureau",
    "司法局": "justice bureau",
    "审计局": "audit bureau",
    "林业局": "forestry bureau",
}
MEASURES = {  # the amounts of every report, as money of the year
    "支出总计": "totalExpenditure",
    "收入总计": "totalIncome",
    "基本支出": "basicExpenditure",
    "项目支出": "projectExpenditure",
    "人员经费": "personnelExpenditure",
    "公用经费": "publicExpenditure",
    "总资产": "totalAssets",
    "固定资产": "fixedAssets",
    "负债": "liabilities",
    "机关运行经费": "",
    "“三公”经费": "",
    "公务接待费": "",
}


@dataclass(frozen=True)
class Office:
    """One department and year with what its report says; money in 万元."""

    name: str
    region: str
    bureau: str
    year: int
    money: dict[str, Decimal]
    stated: Decimal
    score: Decimal
    grade: str
    staff: int
    units: tuple[str, ...]
    projects: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def short(self) -> str:
        """山区 without its level: how people call the place."""
        return self.region[:-1]

    @property
    def english(self) -> str:
        """What people who ask in English call it: the Lanze education bureau."""
        return f"the {''.join(lazy_pinyin(self.short)).capitalize()} {_BUREAUS[self.bureau]}"

    @property
    def computed(self) -> Decimal:
        return (self.money["预算执行数"] / self.money["年初预算"] * 100).quantize(Decimal("0.01"))


class Province:
    """All of them, and what can be asked: a collection without passages."""

    def __init__(self, offices: list[Office], dataset: Dataset) -> None:
        self.offices, self.dataset = offices, dataset

    def search(self, words: str, *args: Any, **options: Any) -> list[Hit]:
        return []

    def query(self, sparql: str) -> Result:
        return run(sparql, self.dataset, lambda: self)

    def ask(self, question: str) -> Answer:
        return answer(question, self)


def province(seed: int, size: int = 12) -> Province:
    """The same offices for the same seed: no two of one region, so that a region alone names one."""
    draw = random.Random(seed)
    places = draw.sample([a + b for a in _SYLLABLES for b in _SYLLABLES if a != b], size)
    offices = [_office(draw, place) for place in places]
    dataset = memory.open_store()
    for office in offices:
        add(dataset, _record(office))
    return Province(offices, dataset)


def _office(draw: random.Random, place: str) -> Office:
    region = place + draw.choice("县区市")
    bureau = draw.choice(tuple(_BUREAUS))

    def money() -> Decimal:
        return Decimal(draw.randrange(100, 9_000_000)) / 100

    amounts = {measure: money() for measure in MEASURES}
    amounts["年初预算"] = money()
    amounts["预算执行数"] = (amounts["年初预算"] * draw.randrange(40, 130) / 100).quantize(Decimal("0.01"))
    return Office(
        name=region + bureau,
        region=region,
        bureau=bureau,
        year=draw.randrange(2019, 2027),
        money=amounts,
        stated=Decimal(draw.randrange(6000, 12000)) / 100,
        score=Decimal(draw.randrange(7000, 10000)) / 100,
        grade=draw.choice(["优秀", "良好", "中等"]),
        staff=draw.randrange(5, 900),
        units=tuple(
            f"{region}{name}"
            for name in draw.sample(["服务中心", "监测站", "培训学校", "保障所"], draw.randrange(0, 4))
        ),
        projects=tuple(draw.sample(["堤防加固", "校舍维修", "应急演练", "路灯改造", "人才引进"], draw.randrange(1, 5))),
        problems=tuple(draw.sample(["预算编制不够细", "绩效指标不够量化", "资金支付进度偏慢"], draw.randrange(1, 4))),
    )


class _Scribe:
    """Writes sentences down and gives each as evidence."""

    def __init__(self, name: str) -> None:
        self.name, self.text = name, ""

    def line(self, sentence: str) -> Evidence:
        start = len(self.text)
        self.text += sentence + "\n"
        return Evidence(self.name, start, start + len(sentence), sentence)


def _record(office: Office) -> Record:
    scribe = _Scribe(f"{office.name}{office.year}.txt")
    facts = tuple(_facts(office, scribe))
    source = Source(scribe.name, scribe.text, sha256(scribe.text.encode()).hexdigest())
    return Record(source, facts, tuple(derive(facts)))


def _facts(office: Office, scribe: _Scribe) -> Iterator[Fact]:
    name, year = office.name, office.year
    title = f"{name}{year}年度部门整体支出绩效自评报告"
    yield Report(
        evidence=scribe.line(title),
        title=title,
        department=name,
        region=office.region,
        fiscal_year=year,
        report_type="部门整体支出绩效自评报告",
    )
    yield Department(evidence=scribe.line(f"{name}是行政机关"), name=name, region=office.region, nature="行政机关")
    for measure, value in office.money.items():
        yield Amount(
            evidence=scribe.line(f"{year}年{measure}{value}万元"),
            subject=name,
            measure=measure,
            value=value,
            value_yuan=value * 10**4,
            unit="万元",
            year=year,
        )
    yield Rate(
        evidence=scribe.line(f"预算执行率{office.stated}%"),
        subject=name,
        measure="预算执行率",
        value=office.stated,
        year=year,
    )
    yield Score(
        evidence=scribe.line(f"自评得分{office.score}分，等级{office.grade}"),
        subject=name,
        dimension="综合",
        value=office.score,
        grade=office.grade,
    )
    yield Staffing(
        evidence=scribe.line(f"年末实有{office.staff}人"),
        subject=name,
        measure="实有",
        category="总计",
        value=Decimal(office.staff),
        unit="人",
        as_of=year,
    )
    for unit in office.units:
        yield Unit(
            evidence=scribe.line(f"下属单位{unit}"), name=unit, parent=name, relation="下属单位", nature="事业单位"
        )
    for project in office.projects:
        yield Project(evidence=scribe.line(f"{project}项目"), name=project, department=name, year=year)
    for problem in office.problems:
        yield Problem(evidence=scribe.line(problem), text=problem, subject=name)
    yield Duty(
        evidence=scribe.line(f"负责{office.region}有关管理工作"),
        subject=name,
        text=f"负责{office.region}有关管理工作",
        ordinal=1,
    )


@pytest.fixture(scope="session", params=[3, 11, 42])
def made_up(request: pytest.FixtureRequest) -> Province:
    return province(request.param)


@pytest.fixture(scope="session", autouse=True)
def loud() -> Iterator[None]:
    """A form that fails is an error here, not a line in a log."""

    def fail(message: str) -> None:
        raise AssertionError(message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.answer.log.exception", fail)
        yield
