"""Tables in plain text as it is read: what makes one, where it ends, and what stands over it."""

from trees import paragraphs, read, tables, words


def test_rows_of_tabs() -> None:
    document = read("二、机构\n\n单位\t性质\n水务局\t行政\n水文站\t事业\n\n共两家。\n")
    (table,) = tables(document)
    assert words(document, table) == [["单位", "性质"], ["水务局", "行政"], ["水文站", "事业"]]
    assert paragraphs(document, "机构") == ["共两家。"]


def test_one_cell_a_line_with_merged_and_empty_cells() -> None:
    rows = [
        ["绩效指标", "一级指标", "三级指标", "指标值", "完成值", "得分"],
        ["", "产出指标", "清淤长度", "10", "12", "10"],
        ["", "", "涉及村庄", "3", "", "8"],
        ["合计", "18"],
    ]
    text = "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows)
    document = read("一、得分\n" + text + "\n\n二、结论\n好。\n")
    (table,) = tables(document)
    assert words(document, table) == [
        rows[0],
        ["绩效指标", "产出指标", "清淤长度", "10", "12", "10"],
        ["绩效指标", "产出指标", "涉及村庄", "3", "", "8"],
        ["合计", "18", "18", "18", "18", "18"],
    ]
    assert table.rows[1][0] is table.rows[0][0]


def test_a_cell_of_several_paragraphs_stays_one_cell() -> None:
    document = read("\t年度目标\n\t清淤十公里。\n加固堤防。\n\n\t得分\n\t98\n")
    (table,) = tables(document)
    assert document.source.quote(table.rows[0][1].span) == "清淤十公里。\n加固堤防。"


def test_paragraphs_indented_with_tabs_are_no_table() -> None:
    document = read(
        "一、职责\n\t负责水资源管理工作。\n\t负责防汛抗旱工作。\n\n\t负责河道管理工作。\n\t完成其他任务。\n"
    )
    assert tables(document) == []
    assert len(paragraphs(document, "职责")) == 4


def test_pipes_with_a_rule_below_the_head() -> None:
    document = read("| 指标 | 分值 | 得分 |\n|---|---|---|\n| 产出 | 50 | 48 |\n| | 10 | 9 |\n", "a.md")
    (table,) = tables(document)
    assert words(document, table) == [["指标", "分值", "得分"], ["产出", "50", "48"], ["产出", "10", "9"]]


def test_columns_set_with_blanks() -> None:
    document = read("三、结果\n    指标名称    分值    得分\n    投入        20      19\n    过程        30      28\n")
    (table,) = tables(document)
    assert words(document, table)[2] == ["过程", "30", "28"]


def test_caption_and_unit_stand_above_the_table() -> None:
    document = read("第二部分 报表\n表一：收入支出决算总表\n单位：万元\n项目\t金额\n收入\t100\n支出\t90\n")
    (table,) = tables(document)
    assert table.unit == "万元"
    assert table.caption is not None
    assert document.source.quote(table.caption) == "表一：收入支出决算总表\n单位：万元"


def test_a_table_goes_on_after_a_page_break() -> None:
    document = read("项目\t金额\n甲\t1\n\n乙\t2\n")
    assert len(tables(document)[0].rows) == 3
