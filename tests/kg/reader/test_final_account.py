"""The nine tables of a real final account, stated as figures: every row, code, name and amount.

They were copied from the printed pages with another library; `·` stands for an empty cell.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from trees import tables

from kg import reader
from kg.document import Document, Table
from kg.examine import examine
from kg.facts import Amount

SIDES = """
一、一般公共预算财政拨款收入 2,940.05 一、一般公共服务支出 2,106.66
二、政府性基金预算财政拨款收入 · 二、外交支出 ·
三、国有资本经营预算财政拨款收入 · 三、国防支出 ·
四、上级补助收入 · 四、公共安全支出 ·
五、事业收入 · 五、教育支出 ·
六、经营收入 · 六、科学技术支出 ·
七、附属单位上缴收入 · 七、文化旅游体育与传媒支出 ·
八、其他收入 6.20 八、社会保障和就业支出 326.71
· · 九、卫生健康支出 60.99
· · 十、节能环保支出 ·
· · 十一、城乡社区支出 ·
· · 十二、农林水支出 ·
· · 十三、交通运输支出 ·
· · 十四、资源勘探工业信息等支出 ·
· · 十五、商业服务业等支出 ·
· · 十六、金融支出 ·
· · 十七、援助其他地区支出 ·
· · 十八、自然资源海洋气象等支出 ·
· · 十九、住房保障支出 445.69
· · 二十、粮油物资储备支出 ·
· · 二十一、国有资本经营预算支出 ·
· · 二十二、灾害防治及应急管理支出 ·
· · 二十三、其他支出 ·
· · 二十四、债务还本支出 ·
· · 二十五、债务付息支出 ·
· · 二十六、抗疫特别国债安排的支出 ·
本年收入合计 2,946.25 本年支出合计 2,940.05
使用非财政拨款结余（含专用结余） · 结余分配 ·
年初结转和结余 49.14 年末结转和结余 55.34
总计 2,995.39 总计 2,995.39
"""
INCOME = """
201 · · 一般公共服务支出 2,112.86 2,106.66 · · · · 6.20
201 06 · 财政事务 2,112.86 2,106.66 · · · · 6.20
201 06 01 行政运行 1,511.90 1,511.89 · · · · 0.01
201 06 02 一般行政管理事务 16.19 10.00 · · · · 6.19
201 06 07 信息化建设 135.25 135.25 · · · · ·
201 06 08 财政委托业务支出 449.52 449.52 · · · · ·
208 · · 社会保障和就业支出 326.72 326.72 · · · · ·
208 05 · 行政事业单位养老支出 326.72 326.72 · · · · ·
208 05 01 行政单位离退休 84.65 84.65 · · · · ·
208 05 05 机关事业单位基本养老保险缴费支出 160.75 160.75 · · · · ·
208 05 06 机关事业单位职业年金缴费支出 80.38 80.38 · · · · ·
208 05 99 其他行政事业单位养老支出 0.94 0.94 · · · · ·
210 · · 卫生健康支出 60.99 60.99 · · · · ·
210 11 · 行政事业单位医疗 60.99 60.99 · · · · ·
210 11 01 行政单位医疗 60.99 60.99 · · · · ·
221 · · 住房保障支出 445.69 445.69 · · · · ·
221 02 · 住房改革支出 445.69 445.69 · · · · ·
221 02 01 住房公积金 187.19 187.19 · · · · ·
221 02 03 购房补贴 258.50 258.50 · · · · ·
"""
EXPENDITURE = """
201 · · 一般公共服务支出 2,106.66 1,503.52 603.14
201 06 · 财政事务 2,106.66 1,503.52 603.14
201 06 01 行政运行 1,511.89 1,503.52 8.37
201 06 02 一般行政管理事务 10.00 · 10.00
201 06 07 信息化建设 135.25 · 135.25
201 06 08 财政委托业务支出 449.52 · 449.52
208 · · 社会保障和就业支出 326.72 326.72 ·
208 05 · 行政事业单位养老支出 326.72 326.72 ·
208 05 01 行政单位离退休 84.65 84.65 ·
208 05 05 机关事业单位基本养老保险缴费支出 160.75 160.75 ·
208 05 06 机关事业单位职业年金缴费支出 80.38 80.38 ·
208 05 99 其他行政事业单位养老支出 0.94 0.94 ·
210 · · 卫生健康支出 60.99 60.99 ·
210 11 · 行政事业单位医疗 60.99 60.99 ·
210 11 01 行政单位医疗 60.99 60.99 ·
221 · · 住房保障支出 445.69 445.69 ·
221 02 · 住房改革支出 445.69 445.69 ·
221 02 01 住房公积金 187.19 187.19 ·
221 02 03 购房补贴 258.50 258.50 ·
"""
FUNDS = """
一、一般公共预算财政拨款 2,940.05 一、一般公共服务支出 2,106.66 2,106.66 · ·
二、政府性基金预算财政拨款 · 二、外交支出 · · · ·
三、国有资本经营预算财政拨款 · 三、国防支出 · · · ·
· · 四、公共安全支出 · · · ·
· · 五、教育支出 · · · ·
· · 六、科学技术支出 · · · ·
· · 七、文化旅游体育与传媒支出 · · · ·
· · 八、社会保障和就业支出 326.71 326.71 · ·
· · 九、卫生健康支出 60.99 60.99 · ·
· · 十、节能环保支出 · · · ·
· · 十一、城乡社区支出 · · · ·
· · 十二、农林水支出 · · · ·
· · 十三、交通运输支出 · · · ·
· · 十四、资源勘探工业信息等支出 · · · ·
· · 十五、商业服务业等支出 · · · ·
· · 十六、金融支出 · · · ·
· · 十七、援助其他地区支出 · · · ·
· · 十八、自然资源海洋气象等支出 · · · ·
· · 十九、住房保障支出 445.69 445.69 · ·
· · 二十、粮油物资储备支出 · · · ·
· · 二十一、国有资本经营预算支出 · · · ·
· · 二十二、灾害防治及应急管理支出 · · · ·
· · 二十三、其他支出 · · · ·
· · 二十四、债务还本支出 · · · ·
· · 二十五、债务付息支出 · · · ·
· · 二十六、抗疫特别国债安排的支出 · · · ·
本年收入合计 2,940.05 本年支出合计 2,940.05 2,940.05 · ·
年初财政拨款结转和结余 21.63 年末财政拨款结转和结余 21.63 21.63 · ·
一、一般公共预算财政拨款 21.63 · · · · ·
二、政府性基金预算财政拨款 · · · · · ·
三、国有资本经营预算财政拨款 · · · · · ·
总计 2,961.68 总计 2,961.68 2,961.68 · ·
"""
ECONOMIC = """
301 · 工资福利支出 2,082.85 302 · 商品和服务支出 171.07
301 01 基本工资 262.33 302 01 办公费 21.21
301 02 津贴补贴 1,238.58 302 02 印刷费 7.61
301 03 奖金 · 302 03 咨询费 ·
301 06 伙食补助费 · 302 04 手续费 0.09
301 07 绩效工资 · 302 05 水费 ·
301 08 机关事业单位基本养老保险缴费 160.75 302 06 电费 ·
301 09 职业年金缴费 80.38 302 07 邮电费 4.88
301 10 职工基本医疗保险缴费 60.99 302 08 取暖费 ·
301 11 公务员医疗补助缴费 · 302 09 物业管理费 ·
301 12 其他社会保障缴费 1.61 302 11 差旅费 1.20
301 13 住房公积金 187.19 302 12 因公出国（境）费用 ·
301 14 医疗费 · 302 13 维修（护）费 2.83
301 99 其他工资福利支出 91.03 302 14 租赁费 ·
303 · 对个人和家庭的补助 69.41 302 15 会议费 ·
303 01 离休费 · 302 16 培训费 4.05
303 02 退休费 69.10 302 17 公务接待费 ·
303 03 退职（役）费 · 302 18 专用材料费 ·
303 04 抚恤金 · 302 24 被装购置费 ·
303 05 生活补助 · 302 25 专用燃料费 ·
303 07 医疗费补助 · 302 26 劳务费 2.01
303 08 助学金 · 302 27 委托业务费 ·
303 09 奖励金 0.31 302 28 工会经费 24.42
303 10 个人农业生产补贴 · 302 29 福利费 42.77
303 11 代缴社会保险费 · 302 31 公务用车运行维护费 ·
303 99 其他对个人和家庭的补助 · 302 39 其他交通费用 48.49
· · · · 302 40 税金及附加费用 ·
· · · · 302 99 其他商品和服务支出 11.53
· · · · 310 · 资本性支出 13.58
· · · · 310 01 房屋建筑物购建 ·
· · · · 310 02 办公设备购置 13.58
· · · · 310 03 专用设备购置 ·
· · · · 310 07 信息网络及软件购置更新 ·
· · · · 310 13 公务用车购置 ·
· · · · 310 19 其他交通工具购置 ·
· · · · 310 21 文物和陈列品购置 ·
· · · · 310 22 无形资产购置 ·
· · · · 310 99 其他资本性支出 ·
人员经费合计 人员经费合计 人员经费合计 2,152.26 公用经费合计 公用经费合计 公用经费合计 184.65
"""
NONE = "合计 合计 合计 合计 · · · · · ·"


def cells(printed: str) -> list[list[str]]:
    return [["" if cell == "·" else cell for cell in line.split()] for line in printed.strip().splitlines()]


def total(*amounts: str) -> list[list[str]]:
    return cells(" ".join(["合计"] * 4 + list(amounts)))


# Title, rows of the head, and the rows below it.
TABLES = {
    "收入支出决算总表": (2, cells(SIDES)),
    "收入决算表": (4, cells(INCOME)),
    "支出决算表": (4, [[*row, "", "", ""] for row in cells(EXPENDITURE)]),
    "财政拨款收入支出决算总表": (2, cells(FUNDS)),
    "一般公共预算财政拨款支出决算表": (4, cells(EXPENDITURE) + total("2,940.05", "2,336.91", "603.14")),
    "一般公共预算财政拨款基本支出决算表": (3, cells(ECONOMIC)),
    "财政拨款“三公”经费支出决算表": (5, cells("0.95 · · · · · · · · · 0.95 ·")),
    "政府性基金预算财政拨款收入支出决算表": (3, cells(NONE)),
    "国有资本经营预算财政拨款收入支出决算表": (3, cells(NONE)),
}


@pytest.fixture(scope="module")
def account(shared: Path) -> Path:
    (path,) = (shared / "reports").glob("*财政局2024*.pdf")
    return path


@pytest.fixture(scope="module")
def found(account: Path) -> list[list[list[str]]]:
    """The cells of its tables, without blanks; the first tells which units it covers."""
    document = reader.read_file(account)
    return [[_words(document, table, row) for row in range(len(table.rows))] for table in tables(document)][1:]


def _words(document: Document, table: Table, row: int) -> list[str]:
    return ["".join(document.source.quote(cell.span).split()) for cell in table.rows[row]]


def test_there_are_nine_tables(found: list[list[list[str]]]) -> None:
    assert len(found) == len(TABLES)


@pytest.mark.parametrize(("at", "title"), list(enumerate(TABLES)))
def test_every_row_code_name_and_amount_is_read(at: int, title: str, found: list[list[list[str]]]) -> None:
    head, rows = TABLES[title]
    assert found[at][head:] == rows


def test_the_totals_in_the_heads_of_income_and_expenditure_are_read(found: list[list[list[str]]]) -> None:
    assert found[1][3] == cells("类 款 项 合计 2,946.25 2,940.05 · · · · 6.20")[0]
    assert found[2][3] == cells("类 款 项 合计 2,940.05 2,336.91 603.14 · · ·")[0]


def test_the_amount_of_every_class_is_a_fact_with_its_code_and_its_name(account: Path) -> None:
    facts = examine(account.read_bytes(), account.name).facts
    coded = {(f.code, f.name, f.value) for f in facts if isinstance(f, Amount) and f.code}
    functional = [(row[:3], row[3], row[4:]) for row in cells(INCOME) + cells(EXPENDITURE)]
    economic = [(row[at : at + 2], row[at + 2], row[at + 3 :][:1]) for row in cells(ECONOMIC)[:-1] for at in (0, 4)]
    assert coded == {
        ("".join(code), name, Decimal(amount.replace(",", "")))
        for code, name, amounts in functional + economic
        for amount in amounts
        if amount
    }
    years = {fact.year for fact in facts if isinstance(fact, Amount) and fact.code}
    assert years == {2024}
