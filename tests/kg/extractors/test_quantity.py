"""Quantities: counts, ranks and other people's money, each named from the words around it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from kg.facts import Fact, Quantity

Facts = Callable[..., list[Fact]]
HEAD = "白石县水利局2023年度部门整体支出绩效自评报告\n\n一、工作完成情况\n\n"
D = Decimal


def quantities(facts: Facts, body: str, head: str = HEAD) -> list[Quantity]:
    return [fact for fact in facts("quantity", head + body) if isinstance(fact, Quantity)]


def said(facts: Facts, body: str) -> list[tuple[str, Decimal, str | None]]:
    return [(q.name, q.value, q.unit) for q in quantities(facts, body)]


SENTENCES = [
    (
        "每千人口医师数达到2.6名，全县新建卫生室3所。",
        [("每千人口医师数", D("2.6"), "名"), ("全县新建卫生室", D(3), "所")],
    ),
    ("签约服务率80%，较上年提高2.5个百分点。", [("签约服务率提高", D("2.5"), "个百分点")]),
    ("平均接警时间缩短至6分15秒，出动警力300人次。", [("出动警力", D(300), "人次")]),
    (
        "巡查河道86处，群众满意度达97.5%，居全市第2位。",
        [("巡查河道", D(86), "处"), ("群众满意度全市排名", D(2), "名")],
    ),
    ("智慧水利项目自评得分93分，全市考核排名第4。", [("全市考核排名", D(4), "名")]),
    ("5个省、市控断面水质达标率98%。", []),
    ("全年新建供水站12个，其中万人以上供水站3个。", [("新建供水站", D(12), "个"), ("万人以上供水站", D(3), "个")]),
    (
        "截至11月底，开工项目21个，投资额4.5亿元，全市排名第3；竣工项目8个，投资额1.2亿元，全市排名第7。",
        [
            ("开工项目", D(21), "个"),
            ("开工项目投资额", D("4.5"), "亿元"),
            ("开工项目全市排名", D(3), "名"),
            ("竣工项目", D(8), "个"),
            ("竣工项目投资额", D("1.2"), "亿元"),
            ("竣工项目全市排名", D(7), "名"),
        ],
    ),
    (
        "目前有5个项目正在办理审批，共有30个项目完成验收。",
        [("正在办理审批项目", D(5), "个"), ("验收项目", D(30), "个")],
    ),
    ("聘请技术专家11人，组织防汛演练6场。", [("聘请技术专家", D(11), "人"), ("防汛演练", D(6), "场")]),
    ("租用1,200平方米仓库，储备编织袋、救生衣等物资62类。", [("租用仓库", D(1200), "平方米"), ("物资", D(62), "类")]),
    ("国内公务接待6批次，42人次。", [("国内公务接待", D(6), "批次"), ("国内公务接待人次", D(42), "人次")]),
    ("处理投诉176件，办结170件。", [("处理投诉", D(176), "件"), ("处理投诉办结", D(170), "件")]),
    ("单价100万元以上设备（不含车辆）2台（套）。", [("单价100万元以上设备", D(2), "台（套）")]),
    ("对全县86处险工险段开展排查。", [("险工险段开展排查", D(86), "处")]),
    (
        "设置指标16个，其中12个产出指标、3个效益指标和1个满意度指标。",
        [("设置指标", D(16), "个"), ("产出指标", D(12), "个"), ("效益指标", D(3), "个"), ("满意度指标", D(1), "个")],
    ),
    ("甲河、乙河治理长度分别为12公里、8公里。", [("甲河长度", D(12), "公里"), ("乙河治理长度", D(8), "公里")]),
    (
        "困难群众580户1,230人，发放低保金60万元。",
        [("困难群众", D(580), "户"), ("困难群众人数", D(1230), "人"), ("发放低保金", D(60), "万元")],
    ),
    (
        "供水保证率、水质达标率分别提高2.3个、1.8个百分点。",
        [("供水保证率提高", D("2.3"), "个百分点"), ("水质达标率提高", D("1.8"), "个百分点")],
    ),
    ("农村低保标准提高到每人每月640元。", [("农村低保标准", D(640), "元")]),
    ("下设6个水务所和1个检测中心。", [("下设水务所", D(6), "个"), ("检测中心", D(1), "个")]),
    ("全县接待游客46万人次，上年为38万人次。", [("全县接待游客", D(46), "万人次"), ("全县接待游客", D(38), "万人次")]),
]


@pytest.mark.parametrize(("body", "expected"), SENTENCES, ids=[body[:18] for body, _ in SENTENCES])
def test_a_sentence_gives_its_quantities(
    facts: Facts, body: str, expected: list[tuple[str, Decimal, str | None]]
) -> None:
    found = [
        (name, value, unit.replace("(", "（").replace(")", "）") if unit else unit)
        for name, value, unit in said(facts, body + "\n")
    ]
    assert found == expected


HEDGES = [
    ("巡查河道超130天。", "超"),
    ("走访企业85余家。", "余"),
    ("培训约300人次。", "约"),
    ("修建水渠20公里以上。", "以上"),
    ("处理时间控制在8天。", "控制在"),
    ("预计落地项目13个。", "预计"),
]


@pytest.mark.parametrize(("body", "comparator"), HEDGES)
def test_a_hedge_is_kept(facts: Facts, body: str, comparator: str) -> None:
    [quantity] = quantities(facts, body + "\n")
    assert quantity.comparator == comparator


NOTHING = [
    "1、根据《水法》第12条和白政〔2019〕8号文件，2023年3月15日印发通知。",
    "为30个村的防洪提供保障。",
    "核定行政编制10名，在职人员9人，设局长1名。",
    "自评得分97分，产出指标50分，得48分。",
    "投资超10亿元的重大项目尚未落地。",
    "实行24小时值班，落实“1+6+3”部署，开通12345热线。",
    "印发《水利工程五年规划（2021—2025年）》。",
    "按每村5万元标准安排。",
]


@pytest.mark.parametrize("body", NOTHING)
def test_numbers_that_state_nothing_give_nothing(facts: Facts, body: str) -> None:
    assert not quantities(facts, body + "\n")


def test_period_and_year_go_with_the_count(facts: Facts) -> None:
    first, second = quantities(facts, "1-10月份，新建泵站4座。2022年，新建泵站6座。\n")
    assert (first.period, first.year) == ("1-10月份", 2023)
    assert (second.year, second.value) == (2022, D(6))


def test_a_plan_is_called_one(facts: Facts) -> None:
    head = HEAD.replace("工作完成情况", "部门绩效目标")
    [quantity] = quantities(facts, "绩效目标：治理河道不低于15公里。\n", head)
    assert quantity.name == "目标治理河道"


def test_problems_and_remedies_are_no_results(facts: Facts) -> None:
    assert not quantities(
        facts, "二、存在的问题\n\n专业人员只有2名，少建泵站3座。\n\n三、改进措施\n\n每年举办培训2场。\n"
    )


FORM = """项目支出绩效自评表
（2023年度）
项目名称\t泵站改造
主管部门\t白石县水利局
年度总体目标\t预期目标\t实际完成情况
\t改造泵站不少于6座，新增灌溉面积2万亩。\t改造泵站7座，新增灌溉面积2.1万亩。
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值
产出指标\t数量指标\t改造泵站\t≥6座\t7座
"""


def test_sentences_in_a_form_belong_to_its_project(facts: Facts) -> None:
    found = [f for f in facts("quantity", FORM) if isinstance(f, Quantity)]
    assert [(q.name, q.value) for q in found] == [
        ("目标改造泵站", D(6)),
        ("目标新增灌溉面积", D(2)),
        ("改造泵站", D(7)),
        ("新增灌溉面积", D("2.1")),
    ]
    assert {q.subject for q in found} == {"泵站改造"}


BODY = (
    "按照县委、县政府的统一部署，我局坚持建管并重，全年新建农村集中供水站12个，总投资3.4亿元；改造老旧管网51.7公里，"
    "惠及沿线群众6.9万人。\n"
)


def test_another_number_changes_only_its_fact(facts: Facts) -> None:
    before, after = said(facts, BODY), said(facts, BODY.replace("12个", "13个"))
    assert after == [("新建农村集中供水站", D(13), "个"), *before[1:]]


@pytest.mark.parametrize(
    "disturbed",
    [
        BODY.replace("12个", " 12 个"),
        BODY.replace("老旧管网", "老旧\n\n管网"),
        BODY.replace("51.7", "５１．７"),
        BODY.replace("，", ","),
    ],
    ids=["blanks", "page break", "full width", "half-width comma"],
)
def test_the_way_it_is_printed_changes_nothing(facts: Facts, disturbed: str) -> None:
    assert said(facts, disturbed) == said(facts, BODY)


def test_a_line_that_the_page_breaks_goes_on(facts: Facts) -> None:
    body = (
        "（一）治理项目有序推进。全年完成河道清淤 18 公里,更新改造老旧供水\n"
        "管网 36 公里,按期完成年度计划;全县累计建成农村集中供水\n"
        "工程 12 处,惠及群众 2.3 万人,开展监督检查并回收有效问卷\n"
        "150 份,其余任务均按照实施方案的要求逐项落实到位。\n"
    )
    assert [(q.name, q.value, q.unit) for q in quantities(facts, body)] == [
        ("河道清淤", D(18), "公里"),
        ("更新改造老旧供水管网", D(36), "公里"),
        ("全县累计建成农村集中供水工程", D(12), "处"),
        ("全县累计建成农村集中供水工程惠及群众", D("2.3"), "万人"),
        ("监督检查并回收有效问卷", D(150), "份"),
    ]


def test_the_evaluation_itself_is_work_that_counts(facts: Facts) -> None:
    head = HEAD.replace("一、工作完成情况", "一、绩效自评工作组织情况")
    found = quantities(facts, "评价组现场抽查项目点位12个，抽查比例40%，回收有效问卷95份。\n", head)
    assert [(q.value, q.unit) for q in found] == [(D(12), "个"), (D(95), "份")]


def test_ranks_in_several_regions_share_what_is_ranked(facts: Facts) -> None:
    text = "白石县教育局2023年度部门整体支出绩效自评报告\n\n三、工作成效\n教学质量考核全市排名第5，全省第三位。\n"
    found = [fact for fact in facts("quantity", text) if isinstance(fact, Quantity)]
    assert [(q.name, q.value, q.unit) for q in found] == [
        ("教学质量考核全市排名", Decimal(5), "名"),
        ("教学质量考核全省排名", Decimal(3), "名"),
    ]


@pytest.mark.parametrize(
    "number", ["联系电话：13800000000", "电话：0311-66666666", "邮政编码：050000", "手机13912345678"]
)
def test_numbers_to_call_count_nothing(facts: Facts, number: str) -> None:
    head = "白石县教育局2023年度部门整体支出绩效自评报告\n\n三、工作成效\n"
    assert facts("quantity", f"{head}填报日期：2024年3月15日  {number}  单位负责人：王某\n") == []


def test_what_was_done_of_a_plan_is_told_without_its_name(facts: Facts) -> None:
    text = "白石县教育局2023年度部门整体支出绩效自评报告\n\n三、工作成效\n计划改造食堂8处，实际完成7处，居全市首位。\n"
    found = [(fact.name, fact.value) for fact in facts("quantity", text) if isinstance(fact, Quantity)]
    assert found[-2:] == [("改造食堂", Decimal(7)), ("改造食堂全市排名", Decimal(1))]


def test_kinds_of_staff_alone_are_no_results(facts: Facts) -> None:
    text = "青山县卫生局2024年度部门整体支出绩效自评报告\n一、部门组成\n在职人员62人，其中行政28人、事业34人。\n"
    assert facts("quantity", text) == []


def test_per_mille_is_a_unit_of_its_own(facts: Facts) -> None:
    assert said(facts, "百亿元产值死亡率控制在0.5‰以内。\n") == [("百亿元产值死亡率", D("0.5"), "‰")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("内设办公室、财务股2个股室。", [("内设股室", 2)]),
        ("下设白石县水质检测站1个公益一类事业单位。", [("下设公益一类事业单位", 1)]),
        ("局机关设4个内设机构和2个事业单位。", [("内设机构", 4), ("事业单位", 2)]),
    ],
)
def test_offices_are_counted_where_the_report_tells_of_its_staff(
    facts: Facts, words: str, expected: list[tuple[str, int]]
) -> None:
    head = "白石县水利局2023年度部门整体支出绩效自评报告\n\n一、部门概况\n（一）机构设置及人员情况\n"
    assert [(q.name, q.value) for q in quantities(facts, f"{words}核定编制20名。\n", head)] == expected


def test_what_words_for_containing_open_is_named_without_them(facts: Facts) -> None:
    assert said(facts, "整治河道6条（含2022年结转工程2条）。购置4台工程级投影仪。\n") == [
        ("整治河道", 6, "条"),
        ("2022年结转工程", 2, "条"),
        ("购置工程级投影仪", 4, "台"),
    ]


def test_people_counted_by_ten_thousands_before_their_name(facts: Facts) -> None:
    assert said(facts, "解决1.6万农村人口饮水问题。\n") == [("解决农村人口饮水问题", D("1.6"), "万人")]


def test_words_that_look_like_particles_stay_in_the_name(facts: Facts) -> None:
    text = "提供岗位1.2万个，达成就业意向310人；查处违法行为12起。\n"
    assert said(facts, text) == [("提供岗位", D("1.2"), "万个"), ("就业意向", 310, "人"), ("查处违法行为", 12, "起")]


def test_a_standard_a_head_and_what_it_comes_to_are_nobodys_result(facts: Facts) -> None:
    text = "发放贷款2.3亿元。按生均1000元安排，共计239万元。行政编制24个（机关工勤2人）。\n"
    assert said(facts, text) == [("发放贷款", D("2.3"), "亿元")]


def test_what_was_planned_at_first_names_what_was_done(facts: Facts) -> None:
    found = said(facts, "年初计划完成泵站加固14座，实际完工12座。\n")
    assert found[1:] == [("泵站加固", 12, "座")]


def test_counts_written_out_are_read_at_the_end_of_a_clause(facts: Facts) -> None:
    text = "发展柑橘四千三百亩，推广技术五十二项；落实二十三条措施，贯彻第二十三条，过好二十四节气。\n"
    assert said(facts, text) == [("发展柑橘", 4300, "亩"), ("推广技术", 52, "项")]
