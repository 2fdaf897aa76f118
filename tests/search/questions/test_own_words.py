"""The example reports asked in everyday words, short names and English. What is right was read in the reports
before the system was asked."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import pytest

from search.answer import Answer
from search.collection import Collection

SCALES = (1, 10**4, Decimal("0.0001"))  # money is told in yuan or 万元
Rows = tuple[tuple[str, ...], ...]

EXACT: tuple[tuple[str, Rows], ...] = (
    ("松洲商务局出国花了多少钱？", (("12.80",),)),
    ("望川交通局的公车花了多少万？", (("79.30",),)),
    ("临河市卫健委一共有几个人在岗？", (("396",),)),
    ("松洲市人社局编制有多少？", (("238",),)),
    ("How much did the Wangchuan public security bureau have in total assets at the end of 2024?", (("21306.40",),)),
    ("白泽民政局发工资等人员方面的开支是多少万元", (("1842.90",),)),
    ("What grade did the Songzhou commerce bureau give itself for 2024?", (("优",),)),
    ("青岭区水利局2024年末欠了多少债？", (("196.20",),)),
    ("总资产在2亿元以上的部门有哪几家", (("临河市卫生健康委员会",), ("云溪县教育局",), ("望川县公安局",))),
    (
        "Which departments have between 50 and 80 employees?",
        (("青岭区水利局", "2023"), ("青岭区水利局", "2024"), ("松洲市商务局",), ("白泽县民政局",)),
    ),
    ("自评分数超过99的部门", (("临河市卫生健康委员会",), ("丰澜区市场监督管理局",))),
    (
        "三公经费不到10万元的部门有哪些？",
        (("青岭区水利局", "2023"), ("青岭区水利局", "2024"), ("云溪县档案馆",), ("白泽县民政局",)),
    ),
    ("人员经费低于1000万元的部门有哪些", (("云溪县档案馆",), ("松洲市商务局",))),
    (
        "不是2024年的报告有哪几份",
        (
            ("青岭区水利局", "2023"),
            ("临河市卫生健康委员会",),
            ("望川县交通运输局",),
            ("松洲市人力资源和社会保障局",),
            ("松洲市文化和旅游局",),
        ),
    ),
    ("哪个部门人数最多", (("望川县公安局", "412"),)),
    ("三公经费花得最少的是哪个部门", (("云溪县档案馆", "1.20"),)),
    ("欠债最多的部门", (("临河市卫生健康委员会", "1264.30"),)),
    (
        "Top two departments by project expenditure",
        (("望川县交通运输局", "14668.20"), ("松洲市人力资源和社会保障局", "14573.80")),
    ),
    ("2024年度哪个部门得分垫底？", (("青岭区水利局", "97.1"),)),
    (
        "云溪教育局和白泽民政局比，哪家人员经费高？",
        (("云溪县教育局", "9405.35"), ("白泽县民政局", "1842.90")),
    ),
    ("望川县交通运输局的公用经费占基本支出多少？", (("12.73",),)),
    ("青岭区水利局两年的得分差多少？", (("96.4", "97.1", "0.7"),)),
    ("What percentage of Fenglan market supervision bureau's spending went to projects?", (("21.98",),)),
    ("望川县交通运输局2022年的支出总计大约是多少？", (("19699.15",),)),
    ("How much less did the Yunxi archives spend on the three public expenses than the year before?", (("-0.30",),)),
    ("临河市卫健委2022年的三公经费是多少", (("40.75",),)),
    (
        "云溪县教育局管着哪几个二级单位？",
        (("云溪县教师发展中心",), ("云溪县学生资助管理中心",), ("云溪县第一中学",)),
    ),
    (
        "松洲市人社局2025年有哪些项目？",
        (("公益性岗位补贴",), ("补贴性职业技能培训",), ("公共实训基地运行维护",), ("劳动保障监察专项",)),
    ),
    ("云溪县档案馆打算怎么改进？", (("与市档案馆联合培养修复人员",), ("把展览进校园列入",))),
    (
        "What shortcomings does the Songzhou commerce bureau admit?",
        (("参展计划",), ("外商投诉涉及部门多",), ("消费券核销数据",)),
    ),
    ("望川县公安局内设几个机构", (("6",),)),
    ("白泽县民政局为什么没完成主动发现机制覆盖？", (("5个新设社区未配齐人员",),)),
    ("沙岭县高标准农田建设项目的负责人是谁", (("景怀山",),)),
    ("松洲文旅局那份报告是哪天填的，谁填的？", (("江听雨", "2024-04-26"),)),
    ("丰澜区市场监管局企业开办要多久？", (("0.5",),)),
    ("青岭区水利局2023年发了多少条预警短信", (("1.2",),)),
    ("2024年度各单位平均得分是多少？", (("97.89",),)),
)
AMONG: tuple[tuple[str, Rows], ...] = (
    ("临河市卫健委哪些指标没达标？", (("重点人群家庭医生签约率",), ("居民健康素养水平",), ("基层卫技人员增长率",))),
    ("Which indicators of the Linhe health commission lost points?", (("居民健康素养水平",), ("基层卫技人员增长率",))),
    ("总资产超过2亿的部门中，谁的职责提到电信诈骗？", (("望川县公安局",),)),
    ("哪些部门的问题里提到兼职会计", (("临河市卫生健康委员会",), ("云溪县教育局",))),
    ("Who handles complaints about late wages?", (("松洲市人力资源和社会保障局",),)),
    ("哪个部门管殡葬？", (("白泽县民政局",),)),
    ("临河市卫健委报告里的自评得分前后一致吗？", (("不一致",),)),
)
UNKNOWN = (
    "云溪县教育局2022年花了多少钱？",
    "玉泉区林业局2024年的总支出",
    "云溪县档案馆的政府采购金额是多少",
    "How much did the Baize civil affairs bureau spend on overseas trips?",
    "松洲市文化和旅游局有多少在职人员？",
    "云溪县档案馆占全县支出的比例是多少？",
)


@pytest.mark.parametrize(("question", "right"), EXACT)
def test_an_everyday_question_has_the_rows_that_the_reports_give(
    collection: Collection, question: str, right: Rows
) -> None:
    answer = collection.ask(question)
    assert _holds(answer, right), (answer.text, answer.rows[:3])
    assert len(answer.rows) == len(right), answer.rows
    assert answer.evidence


@pytest.mark.parametrize(("question", "right"), AMONG)
def test_what_is_asked_by_meaning_is_among_what_is_found(collection: Collection, question: str, right: Rows) -> None:
    assert _holds(collection.ask(question), right)


@pytest.mark.parametrize("question", UNKNOWN)
def test_what_no_report_says_is_not_known(collection: Collection, question: str) -> None:
    answer = collection.ask(question)
    assert not answer.answerable, answer.text
    assert answer.rows == ()


def _holds(answer: Answer, right: Rows) -> bool:
    return answer.answerable and all(
        any(all(any(_same(value, cell) for cell in row) for value in wanted) for row in answer.rows) for wanted in right
    )


def _same(value: str, cell: Any) -> bool:
    try:
        return any(Decimal(str(cell)) == Decimal(value) * scale for scale in SCALES)
    except InvalidOperation:
        return value in str(cell)
