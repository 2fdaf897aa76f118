"""What reports of several kinds say in the same way: duties, bodies, staff, money, indicators, scores.

Each piece gives blocks with the facts that they state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from generator.blocks import ABOVE, BEFORE, Block, Fact, Grid, Paragraph, Pen, Title, amount, listed, percent
from generator.truth import Change, Dimension, Indicator, Line, Project, Truth


def title(truth: Truth, pen: Pen, words: str, kind: str) -> Iterator[Block]:
    """The title on one line or two, with the facts that the report is one and whose."""
    office, facts = truth.office, (report(truth, kind), {"kind": "department", "name": truth.office.name})
    if pen.dice.random() < 0.5:
        yield Title(office.name, facts)
        yield Title(words)
    else:
        yield Title(office.name + words, facts)


def report(truth: Truth, kind: str) -> Fact:
    office = truth.office
    return {"kind": "report", "department": office.name, "fiscal_year": truth.year, "report_type": kind}


def duties(truth: Truth, pen: Pen) -> Iterator[Block]:
    if pen.dice.random() < 0.4:
        yield pen.say("{name}贯彻落实上级决策部署，主要职责是：", "{name}的主要职责如下：", name=truth.office.name)
    facts = [{"kind": "duty", "text": pen.write(duty)} for duty in truth.duties]
    yield from listed(pen, truth.duties, facts)


def bodies(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Bureaus inside and units under the department."""
    name, inside, under = truth.office.name, "、".join(truth.bureaus), "、".join(truth.units)
    facts = [{"kind": "unit", "name": unit, "relation": "内设机构"} for unit in truth.bureaus]
    facts += [{"kind": "unit", "name": unit, "relation": "下属单位"} for unit in truth.units]
    yield pen.say(
        "{name}内设{inside}{n}个股室，下属单位{m}个：{under}。",
        "{name}设{n}个内设机构，分别为：{inside}。下属事业单位{m}个，分别是：{under}。",
        "内设机构{n}个，即{inside}；所属预算单位{m}个，包括{under}。",
        facts=facts,
        name=name,
        inside=inside,
        under=under,
        n=len(truth.bureaus),
        m=len(truth.units),
    )


def staff(truth: Truth, pen: Pen) -> Iterator[Block]:
    there = truth.staff
    counts = (
        ("编制", "总计", there.posts),
        ("编制", "行政", there.posts_administrative),
        ("编制", "事业", there.posts_public),
        ("实有", "总计", there.people),
        ("实有", "行政", there.administrative),
        ("实有", "事业", there.public),
    )
    facts = [
        {"kind": "staffing", "measure": measure, "category": category, "value": Decimal(value)}
        for measure, category, value in counts
    ]
    yield pen.say(
        "核定编制{posts}名，其中行政编制{a}名，事业编制{b}名。{year}年末实有在职人员{people}人，其中行政人员{c}人，事业人员{d}人。",
        "部门编制数{posts}人，其中：行政编制{a}人、事业编制{b}人；截至{year}年12月31日，实有在编人员{people}人，其中：行政人员{c}人、事业人员{d}人。",
        "全系统共有编制{posts}个，行政编制{a}个，事业编制{b}个。截至{year}年底，在职在编人员{people}人，其中行政人员{c}人，事业人员{d}人。",
        facts=facts,
        year=truth.year,
        posts=there.posts,
        a=there.posts_administrative,
        b=there.posts_public,
        people=there.people,
        c=there.administrative,
        d=there.public,
    )


def assets(truth: Truth, pen: Pen) -> Iterator[Block]:
    account, name = truth.account, truth.office.name
    yield pen.say(
        "截至{year}年12月31日，资产总额{all}，其中固定资产{fixed}。",
        "{year}年末资产总计{all}。其中：固定资产{fixed}。",
        facts=[
            amount(name, "总资产", account.assets, truth.year),
            amount(name, "固定资产", account.fixed_assets, truth.year),
        ],
        year=truth.year,
        all=pen.wan(account.assets),
        fixed=pen.wan(account.fixed_assets),
    )


def shares(truth: Truth, pen: Pen, lines: Sequence[Line]) -> tuple[str, list[Fact]]:
    """基本支出100.00万元，占20.00%；…, and the facts."""
    name, year = truth.office.name, truth.year
    facts: list[Fact] = []
    for line in lines:
        facts.append(amount(name, line.measure, line.value, year))
        facts.append(percent(name, line.measure + "占比", line.share, year))
    return "；".join(f"{line.measure}{pen.wan(line.value)}，占{line.share}%" for line in lines), facts


def income(truth: Truth, pen: Pen) -> Iterator[Block]:
    parts, facts = shares(truth, pen, truth.account.sources)
    yield pen.say(
        "{year}年度本年收入合计{income}，其中：{parts}。",
        "{year}年本部门收入合计{income}，其中：{parts}。",
        "本年收入合计{income}。其中：{parts}。",
        facts=[amount(truth.office.name, "本年收入", truth.account.income, truth.year), *facts],
        year=truth.year,
        income=pen.wan(truth.account.income),
        parts=parts,
    )


def spending(truth: Truth, pen: Pen) -> Iterator[Block]:
    parts, facts = shares(truth, pen, truth.account.uses)
    yield pen.say(
        "{year}年度本年支出合计{spending}，其中：{parts}。",
        "{year}年本部门支出合计{spending}，其中：{parts}。",
        "本年支出合计{spending}。其中：{parts}。",
        facts=[amount(truth.office.name, "本年支出", truth.account.spending, truth.year), *facts],
        year=truth.year,
        spending=pen.wan(truth.account.spending),
        parts=parts,
    )


def basics(truth: Truth, pen: Pen) -> Iterator[Block]:
    """基本支出 by staff and office costs."""
    account, name = truth.account, truth.office.name
    yield pen.say(
        "{year}年基本支出{basic}，其中：人员经费{people}，公用经费{office}。",
        "基本支出{basic}，包括人员经费{people}和公用经费{office}。",
        "全年基本支出{basic}。其中人员经费支出{people}，日常公用经费支出{office}。",
        facts=[
            amount(name, "基本支出", account.uses[0].value, truth.year),
            amount(name, "人员经费", account.people, truth.year),
            amount(name, "公用经费", account.office, truth.year),
        ],
        year=truth.year,
        basic=pen.wan(account.uses[0].value),
        people=pen.wan(account.people),
        office=pen.wan(account.office),
    )


def execution(truth: Truth, pen: Pen) -> Iterator[Block]:
    account, name = truth.account, truth.office.name
    yield pen.say(
        "{year}年全年预算数{budget}，执行数{spent}，预算执行率{rate}%。",
        "{year}年度全年预算{budget}，实际支出{spent}，预算执行率为{rate}%。",
        "全年预算数为{budget}，全年执行数为{spent}，预算执行率达到{rate}%。",
        facts=[
            amount(name, "调整后预算", account.budget, truth.year),
            amount(name, "预算执行数", account.spending, truth.year),
            percent(name, "预算执行率", account.execution, truth.year),
        ],
        year=truth.year,
        budget=pen.wan(account.budget),
        spent=pen.wan(account.spending),
        rate=account.execution,
    )


def moved(truth: Truth, pen: Pen, items: Sequence[str], change: Change) -> tuple[str, list[Fact]]:
    """增加95.83万元，增长15.78% of each of `items`, and the facts."""
    name, year = truth.office.name, truth.year
    up = change.value > 0
    verbs = ("增加", pen.dice.choice(("增长", "上升"))) if up else ("减少", pen.dice.choice(("下降", "降低")))
    facts: list[Fact] = []
    for item in items:
        facts.append(amount(name, "增减额", change.value, year, item=item))
        facts.append(percent(name, item + "增长率", change.rate, year))
    return f"{verbs[0]}{pen.wan(abs(change.value))}，{verbs[1]}{abs(change.rate)}%", facts


def results(truth: Truth, pen: Pen) -> Iterator[Block]:
    """What the work brought, in prose."""
    facts: list[Fact] = [
        {"kind": "quantity", "name": result.name[2:], "value": Decimal(result.value), "unit": result.unit}
        for result in truth.results
    ]
    facts.append(percent(truth.office.name, "群众满意度", truth.satisfaction, truth.year))
    work = "，".join(f"{result.name}{result.value}{result.unit}" for result in truth.results)
    yield pen.say(
        "{year}年，各项工作有序推进。全年{work}。群众满意度达到{rate}%。",
        "一年来，围绕中心工作，{work}，群众满意度{rate}%。",
        "{year}年度，{work}。经问卷调查，群众满意度为{rate}%。",
        facts=facts,
        year=truth.year,
        work=work,
        rate=truth.satisfaction,
    )


def number(value: Decimal) -> str:
    """15 rather than 15.00, 9.41 as it is."""
    return f"{value.normalize():f}"


def projects(truth: Truth, pen: Pen) -> Iterator[Block]:
    """One paragraph a project: its money and how far it was spent."""
    for at, project in enumerate(truth.projects, 1):
        subject = project.name
        yield Paragraph(
            pen.write(
                f"{at}.{subject}：年初预算数{pen.wan(project.initial)}，全年预算数{pen.wan(project.budget)}，"
                f"全年执行数{pen.wan(project.spent)}，预算执行率{project.execution}%。"
            ),
            (project_fact(truth, project, code=False), *project_money(truth, project)),
        )


def project_fact(truth: Truth, project: Project, *, code: bool = True) -> Fact:
    return {"kind": "project", "name": project.name, **({"code": project.code} if code else {})}


def project_money(truth: Truth, project: Project) -> list[Fact]:
    subject, year = project.name, truth.year
    return [
        amount(subject, "年初预算", project.initial, year),
        amount(subject, "调整后预算", project.budget, year),
        amount(subject, "预算执行数", project.spent, year),
        percent(subject, "预算执行率", project.execution, year),
    ]


def indicator_fact(subject: str, indicator: Indicator, *, done: bool = True, scored: bool = True) -> Fact:
    """`done` with what was reached, `scored` with weight and score."""
    fact: Fact = {
        "kind": "indicator",
        "subject": subject,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.name,
        "operator": indicator.operator,
        "target": indicator.target,
        "target_unit": indicator.unit,
    }
    if done:
        fact |= {"actual": indicator.actual, "actual_unit": indicator.unit}
    if scored:
        fact |= {"weight": indicator.weight, "score": indicator.score}
    return fact


def level_cells(indicators: Sequence[Indicator]) -> Iterator[tuple[str, str]]:
    """The first two columns of an indicator table, the same level merged down."""
    before: Indicator | None = None
    for indicator in indicators:
        first = ABOVE if before and before.level1 == indicator.level1 else indicator.level1
        second = ABOVE if first == ABOVE and before and before.level2 == indicator.level2 else indicator.level2
        yield first, second
        before = indicator


def indicator_rows(indicators: Sequence[Indicator], width: int) -> list[tuple[str, ...]]:
    """level1, level2, name, target, actual, weight, score, reason, filled up to `width` by merging names."""
    rows = []
    for indicator, (first, second) in zip(indicators, level_cells(indicators), strict=True):
        rows.append(
            (
                first,
                second,
                indicator.name,
                *[BEFORE] * (width - 8),
                f"{indicator.operator}{number(indicator.target)}{indicator.unit}",
                f"{number(indicator.actual)}{indicator.unit}",
                number(indicator.weight),
                number(indicator.score),
                indicator.reason,
            )
        )
    return rows


def project_form(truth: Truth, pen: Pen, project: Project) -> Iterator[Block]:
    """The standard form of a project's self-evaluation, as one table of eight columns."""
    name, first, office = project.name, project.indicators, truth.office.name
    rows: list[tuple[str, ...]] = [
        ("项目名称", BEFORE, name, *[BEFORE] * 5),
        ("项目编码", BEFORE, project.code, *[BEFORE] * 5),
        ("主管部门", BEFORE, office, BEFORE, BEFORE, "实施单位", truth.units[0], BEFORE),
        ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        (
            ABOVE,
            "年度资金总额",
            pen.figure(project.initial),
            pen.figure(project.budget),
            pen.figure(project.spent),
            "10",
            f"{project.execution}%",
            number(project.execution_score),
        ),
        ("年度总体目标", "预期目标", *[BEFORE] * 3, "实际完成情况", *[BEFORE] * 2),
        (ABOVE, project.goal, *[BEFORE] * 3, "已按计划完成年度目标任务", *[BEFORE] * 2),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
        *indicator_rows(first, 8),
        ("总分", *[BEFORE] * 4, "100", number(project.total), ""),
    ]
    facts: list[Fact] = [
        project_fact(truth, project),
        {"kind": "unit", "name": truth.units[0], "relation": "下属单位"},
        *project_money(truth, project),
        *(indicator_fact(name, indicator) for indicator in first),
        {"kind": "score", "subject": name, "dimension": "综合", "value": project.total, "max": Decimal(100)},
        {
            "kind": "score",
            "subject": name,
            "dimension": "预算执行率指标",
            "value": project.execution_score,
            "max": Decimal(10),
        },
    ]
    yield Grid(tuple(rows), tuple(facts))


def scored(truth: Truth, pen: Pen, dimensions: Iterable[Dimension]) -> Iterator[Block]:
    """One paragraph a dimension of the score: 满分20分，得19.5分."""
    words = {
        "履职效能": "各项重点工作按计划推进，年度任务基本完成",
        "预算管理": "预算编制较为完整，资金支付按合同和进度办理",
        "财务管理": "内控制度健全，会计核算规范",
        "资产管理": "资产账实相符，配置合理，处置规范",
        "社会满意度": "采取问卷方式征求服务对象意见，反映良好",
    }
    for at, dimension in enumerate(dimensions, 1):
        yield Paragraph(
            pen.write(
                f"{at}.{dimension.name}。{words[dimension.name]}。"
                f"满分{number(dimension.weight)}分，得{number(dimension.score)}分。"
            ),
            (
                {
                    "kind": "score",
                    "subject": truth.office.name,
                    "dimension": dimension.name,
                    "value": dimension.score,
                    "max": dimension.weight,
                },
            ),
        )


def verdict(truth: Truth, pen: Pen) -> Iterator[Block]:
    yield pen.say(
        "经综合评价，{year}年度部门整体支出绩效自评得分{score}分，评价等级为“{grade}”。",
        "对照评价指标体系，本部门{year}年度整体支出自评得分为{score}分，自评等级为{grade}。",
        "综合各项指标完成情况，我部门整体支出绩效自评总得分{score}分，等次为{grade}。",
        facts=[
            {
                "kind": "score",
                "subject": truth.office.name,
                "dimension": "综合",
                "value": truth.score,
                "grade": truth.grade,
            }
        ],
        year=truth.year,
        score=number(truth.score),
        grade=truth.grade,
    )


def problems(truth: Truth, pen: Pen) -> Iterator[Block]:
    yield from listed(pen, truth.problems, [{"kind": "problem", "text": pen.write(text)} for text in truth.problems])


def remedies(truth: Truth, pen: Pen) -> Iterator[Block]:
    facts = [{"kind": "improvement", "text": pen.write(text)} for text in truth.remedies]
    yield from listed(pen, truth.remedies, facts)


def people(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Who did the evaluation."""
    head, second, *members = truth.people
    facts = [{"kind": "person", "name": person.name, "role": person.role} for person in truth.people]
    yield pen.say(
        "成立绩效自评工作小组，由{head}任组长，{second}任副组长，{members}为成员，负责自评工作的组织实施。",
        "为做好自评工作，我单位成立了绩效评价工作组，{head}任组长，{second}担任副组长，成员为{members}。",
        facts=facts,
        head=head.name,
        second=second.name,
        members="、".join(member.name for member in members),
    )
