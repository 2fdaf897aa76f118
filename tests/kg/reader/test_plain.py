"""Text and Markdown become the tree that the writer meant."""

from trees import headings, paragraphs, read, tables, words

from kg.document import Document


def title(document: Document, part: int = 0) -> str | None:
    span = document.parts[part].title
    return document.source.plain(span) if span else None


def test_numbers_make_the_tree() -> None:
    document = read("一、概况\n（一）职责\n管水。\n1.供水\n好。\n（二）机构\n两股。\n二、问题\n少人。\n")
    assert headings(document) == [
        (1, "一、", "概况"),
        (2, "（一）", "职责"),
        (3, "1.", "供水"),
        (2, "（二）", "机构"),
        (1, "二、", "问题"),
    ]


def test_a_number_that_continues_another_style_stands_where_that_one_stands() -> None:
    document = read(
        "一、基本情况\n（一）部门概况\n1、职责\n管水。\n（2） 收支情况\n收入。\n"
        "2、 自评情况\n（1） 组织\n成立小组。\n三、结论\n好。\n"
    )
    assert [(level, number) for level, number, _ in headings(document)] == [
        (1, "一、"),
        (2, "（一）"),
        (3, "1、"),
        (2, "（2）"),
        (1, "2、"),
        (2, "（1）"),
        (1, "三、"),
    ]


def test_numbers_outweigh_the_depth_of_markup() -> None:
    document = read("#### 一、概况\n\n# （一）职责\n\n管水。\n\n## **二、问题**\n\n少人。\n", "a.md")
    assert headings(document) == [(1, "一、", "概况"), (2, "（一）", "职责"), (1, "二、", "问题")]


def test_a_short_line_without_a_number_stands_beside_the_last_heading_or_under_an_empty_one() -> None:
    document = read("第二部分 决算说明\n收入决算情况说明\n共一百。\n支出决算情况说明\n共九十。\n三、其他情况\n无。\n")
    assert headings(document) == [
        (1, "第二部分", "决算说明"),
        (2, "", "收入决算情况说明"),
        (2, "", "支出决算情况说明"),
        (2, "三、", "其他情况"),
    ]


def test_a_heading_glued_to_its_paragraph_is_cut_from_it() -> None:
    document = read(
        "一、概况\n（一）机构职能。负责全县水务工作，参与规划。\n（二）存在问题。无\n2、机构设置情况:内设三个股室，共五人。\n"
    )
    assert [name for _, _, name in headings(document)] == ["概况", "机构职能", "存在问题", "机构设置情况"]
    assert paragraphs(document, "机构职能") == ["负责全县水务工作，参与规划。"]
    assert paragraphs(document, "存在问题") == ["无"]
    assert paragraphs(document, "机构设置情况") == ["内设三个股室，共五人。"]


def test_long_numbered_sentences_are_items_not_headings() -> None:
    document = read(
        "一、职责\n1、贯彻执行水利法规，拟订全县水利规划。\n2、负责河道管理。\n3、完成交办的其他任务。\n二、机构\n三股。\n"
    )
    assert [name for _, _, name in headings(document)] == ["职责", "机构"]
    assert len(paragraphs(document, "职责")) == 3


def test_items_may_begin_again_at_one_under_text() -> None:
    document = read(
        "（一）职能\n行使下列职权：\n（一）负责水资源管理和保护工作；\n（二）负责防汛抗旱工作，承担值班。\n（二）收支情况\n收入。\n"
    )
    assert [name for _, _, name in headings(document)] == ["职能", "收支情况"]
    assert len(paragraphs(document, "职能")) == 3


def test_a_figure_keeps_a_numbered_line_out_of_the_headings() -> None:
    document = read("一、收入情况\n1.财政拨款收入100万元\n2.事业收入20万元\n")
    assert [name for _, _, name in headings(document)] == ["收入情况"]


def test_a_number_alone_takes_its_words_from_the_next_line() -> None:
    document = read("第一部分\n\n云溪县水务局概况\n\n一、职责\n管水。\n")
    assert headings(document) == [(1, "第一部分", "云溪县水务局概况"), (2, "一、", "职责")]


def test_hostile_nesting_stays_shallow() -> None:
    document = read("一、目标\n1、情况\n（一）情况\n" * 200)
    assert max(level for level, _, _ in headings(document)) <= 9


def test_a_sentence_broken_by_a_page_is_one_paragraph() -> None:
    document = read("一、职责\n\n负责全县重点区域规划，负责重点产\n\n- 3 -\n\n业招商，建立项目库。\n\n负责其他工作。\n")
    assert paragraphs(document, "职责") == [
        "负责全县重点区域规划，负责重点产\n\n- 3 -\n\n业招商，建立项目库。",
        "负责其他工作。",
    ]


def test_lines_of_a_narrow_page_are_joined_at_full_width() -> None:
    line = "云溪县水务局负责全县水资源的统一管理和保护工作"
    text = "\n".join(
        ["一、职责", *[f"    {line}，组织实施最严格水资源管理"] * 5, "制度。", "    编制十人。", "二、问题", "    少。"]
    )
    found = paragraphs(read(text), "职责")
    assert len(found) == 2
    assert found[1] == "编制十人。"


def test_the_width_of_a_page_is_that_of_its_print_and_rows_of_tables_do_not_count() -> None:
    """Figures are half as wide as words and are never broken, so full lines differ in their characters."""
    line = "全年共走访企业1234家次其中规上企业567家召开座谈会89次收集意见建议2345条全部建立台账"
    text = "\n".join(
        [
            "一、工作开展情况",
            f"{line}逐项销号",
            "推动解决用工融资用地等方面的实际困难并对办理结果逐一电话回访合计",
            "123,456.78万元的专项资金全部按期足额拨付到位。",
            "项目" + "\t1,234.56" * 20,
            "道路\t" + "\t1,234.56" * 20,
            *(f"（{n}）第{n}项工作做完了。" for n in "一二三四五六七八"),
        ]
    )
    document = read(text)
    first = paragraphs(document, "工作开展情况")[0]
    assert first.startswith("全年共走访")
    assert first.endswith("足额拨付到位。")


def test_points_at_the_head_of_a_line_are_no_number_of_a_list() -> None:
    line = "云溪县水务局负责全县水资源的统一管理和保护工作，组织实施最严格水资源管理"
    text = "\n".join(["一、评价", *[line] * 6, f"{line[:-6]}满分30分，得", "28.5 分。", "二、问题", "少。"])
    assert paragraphs(read(text), "评价")[-1].endswith("28.5 分。")
    assert not paragraphs(read(text), "评价")[-1].startswith("28.5")


def test_a_row_of_a_table_does_not_go_on_with_the_full_line_over_it() -> None:
    """The caption of a form is set out with blanks to the width of the page."""
    line = "云溪县水务局负责全县水资源的统一管理和保护工作，组织实施最严格水资源管理"
    form = (
        "（2024年度）".ljust(len(line) * 2 - 14) + "单位：元\n项目名称\t堤防加固\n主管部门\t水务局\t实施单位\t水利站\n"
    )
    document = read("\n".join(["一、职责", *[line] * 6, "制度。", form, "二、问题", "少。"]))
    assert words(document, tables(document)[0])[0][:2] == ["项目名称", "堤防加固"]


def test_a_bracket_left_open_goes_on_in_the_next_line_even_where_that_looks_like_a_label() -> None:
    document = read(
        "一、支出\n1.208（社会保障和就业支出）05（机关事业单位基本\n养老保险缴费）：支出决算为8.20万元。\n完成预算100%。"
    )
    assert paragraphs(document, "支出")[0].endswith("8.20万元。")


def test_page_numbers_are_no_paragraphs() -> None:
    document = read("一、职责\n管水。\n- 12 -\n第3页 共10页\n二、问题\n少。\n")
    assert paragraphs(document, "职责") == ["管水。"]


def test_bullets_are_not_part_of_an_item() -> None:
    document = read("## 问题：\n\n- 1.预算编制不细致，需要改进。\n- 2.人员不足，需要补充。\n", "a.md")
    assert paragraphs(document, "问题") == ["1.预算编制不细致，需要改进。", "2.人员不足，需要补充。"]


def test_a_picture_is_a_recorded_gap() -> None:
    document = read("一、收入\n共一百。\n[image: image1]\n二、支出\n共九十。\n")
    assert [document.source.quote(gap.span) for gap in document.gaps] == ["[image: image1]"]


def test_the_title_may_fill_two_lines_and_a_bracket() -> None:
    assert title(read("云溪县水务局\n2024年度部门整体支出绩效自评报告\n\n一、概况\n好。\n")) == (
        "云溪县水务局2024年度部门整体支出绩效自评报告"
    )
    assert title(read("预算项目绩效评价报告\n\n（河道清淤）\n一、概况\n好。\n")) == "预算项目绩效评价报告（河道清淤）"


def test_the_title_is_found_below_a_pages_menu() -> None:
    menu = "首页 > 政务公开\n云溪县水务局2024年部门决算公开\n发布时间：2025-09-01 来源：水务局\n"
    document = read(menu + "云溪县水务局\n2024年度部门决算\n\n一、职责\n管水。\n")
    assert title(document) == "云溪县水务局2024年度部门决算"


def test_attachments_are_parts_and_the_main_report_goes_on_after_them() -> None:
    document = read(
        "第一部分 概况\n一、职责\n管水。\n第二部分 附件\n附件1\n整体支出绩效自评报告\n一、结论\n好。\n"
        "附表：项目支出绩效自评表（2024年度）\n\t项目名称\n\t清淤\n\n\t得分\n\t98\n\n"
        "第三部分 名词解释\n基本支出：指保障运转的支出。\n"
    )
    assert [part.label for part in document.parts] == ["", "附件1", "附表"]
    assert [s.title for s in document.parts[0].sections] == ["概况", "附件", "名词解释"]
    assert title(document, 1) == "整体支出绩效自评报告"
    assert title(document, 2) == "项目支出绩效自评表（2024年度）"


def test_a_list_of_attachments_opens_no_part() -> None:
    document = read("一、总结\n工作完成。\n附件：1.绩效自评表\n2.绩效目标表\n")
    assert len(document.parts) == 1


def test_a_second_title_with_its_own_first_chapter_opens_a_part() -> None:
    document = read(
        "水务局整体支出绩效自评报告\n一、概况\n好。\n二、结论\n优。\n清淤项目支出绩效自评报告\n一、概况\n清淤。\n二、结论\n良。\n"
    )
    assert [part.label for part in document.parts] == ["", "清淤项目支出绩效自评报告"]


def test_a_list_of_contents_is_left_out() -> None:
    contents = "目 录\n第一部分 概况...1\n一、职责...1\n二、机构...2\n第二部分 说明...3\n"
    document = read(
        "水务局2024年部门决算\n"
        + contents
        + "第一部分 概况\n一、职责\n管水。\n二、机构\n三股。\n第二部分 说明\n共一百。\n"
    )
    assert [name for _, _, name in headings(document)] == ["概况", "职责", "机构", "说明"]


def test_a_list_of_contents_without_its_heading_is_left_out_too() -> None:
    contents = "第一部分 概况\n一、职责\n二、机构\n第二部分 说明\n一、收入\n二、支出\n"
    document = read(contents + "第一部分 概况\n一、职责\n管水。\n二、机构\n三股。\n第二部分 说明\n一、收入\n一百。\n")
    assert [name for _, _, name in headings(document)] == ["概况", "职责", "机构", "说明", "收入"]


def test_a_report_that_came_as_one_line_is_cut_at_its_numbers() -> None:
    body = "负责全县水资源的统一管理，组织实施最严格水资源管理制 度，承担防汛抗旱日常工作。" * 4
    document = read(
        f"2024年云溪县水务局整体支出 绩效自评报告 根据通知要求，开展自评。 一、部门基本情况 (一)部门职能 {body} "
        f"(二)机构设置情况 我局设 5 个内设机 构，编制 20 人，实有 19 人，另有聘用人员。 二、存在的问题 {body}"
    )
    assert title(document) == "2024年云溪县水务局整体支出绩效自评报告"
    assert [name for _, _, name in headings(document)] == ["部门基本情况", "部门职能", "机构设置情况", "存在的问题"]


def test_chapters_are_found_where_nothing_parts_them_from_the_words_before() -> None:
    body = "我校资金严格按照有关文件的要求使用，主要用于保障学校正常运转和完成教学活动" * 8
    document = read(
        f"云溪县第四中学专项资金绩效自评报告一、基本情况（一）项目概况我校2022年项目为一个：公用经费（二）资金情况我校共安排"
        f"239万元二、资金使用情况{body}三、存在的问题第一、二、三产业融合不够四、几点建议及时拨款"
    )
    assert title(document) == "云溪县第四中学专项资金绩效自评报告"
    assert [name for _, _, name in headings(document)][:4] == ["基本情况", "项目概况", "资金情况", "资金使用情况"]
    assert paragraphs(document, "项目概况") == ["我校2022年项目为一个：公用经费"]


def test_an_enumeration_within_a_sentence_makes_no_chapters() -> None:
    words = "推进一、二、三产业融合，抓好一、生产二、生活三、生态的协调，" * 12
    document = read(f"{words}完成任务。")
    assert headings(document) == []
    assert paragraphs(document) == [f"{words}完成任务。"]


def test_an_empty_list_of_short_lines_is_no_list_of_headings() -> None:
    document = read("一、改进措施\n1.加强预算管理\n2.加强绩效培训\n二、其他情况\n无。\n")
    assert [name for _, _, name in headings(document)] == ["改进措施", "其他情况"]
    assert paragraphs(document, "改进措施") == ["1.加强预算管理", "2.加强绩效培训"]


BUDGET = """云溪县水务局2025年部门预算

目录
一、部门主要职能
二、部门机构设置
三、部门预算表
1. 2025年收支预算总表
四、其他相关情况说明
五、项目经费情况说明

**云溪县水务局主要职能**
县水务局管全县的水。
一、保障供水。管好水厂。
二、防治水害。巡查河堤。
**云溪县水务局机构设置**
本部门有行政单位1家。
**2025年收支预算总表**
本表单位为万元。
**其他相关情况说明**
一、机关运行经费预算
机关运行经费预算为30万元。
二、政府采购预算情况
政府采购预算为8万元。
**河堤巡查项目经费情况说明**
一、项目概述
雇人巡堤。
"""


def test_a_title_may_stand_in_book_title_marks() -> None:
    assert title(read("《云溪县水务局2024年度部门决算》\n一、职责\n管水。\n")) == "云溪县水务局2024年度部门决算"


def test_chapters_that_only_the_contents_number_hold_what_stands_under_them() -> None:
    document = read(BUDGET)
    assert len(document.parts) == 1  # what the contents name is no other report
    assert headings(document) == [
        (1, "", "云溪县水务局主要职能"),
        (2, "一、", "保障供水"),
        (2, "二、", "防治水害"),
        (1, "", "云溪县水务局机构设置"),
        (1, "", "2025年收支预算总表"),
        (1, "", "其他相关情况说明"),
        (2, "一、", "机关运行经费预算"),
        (2, "二、", "政府采购预算情况"),
        (1, "", "河堤巡查项目经费情况说明"),
        (2, "一、", "项目概述"),
    ]


def test_an_explanation_within_a_report_is_no_other_report_unless_it_names_year_and_office() -> None:
    report = "云溪县水务局2024年部门预算\n一、职责\n管水。\n二、机构\n三股。\n{title}\n一、收入\n共九万元。\n"
    assert len(read(report.format(title="其他情况说明")).parts) == 1
    assert len(read(report.format(title="云溪县水务局2025年部门预算情况说明")).parts) == 2


def test_entries_of_contents_may_be_long_with_dots() -> None:
    dots = "." * 120
    contents = f"目录\n公开时间：2025年8月15日\n第一部分概况{dots}4\n一、职责{dots}4\n第二部分 说明{dots}5\n"
    document = read(
        f"2024年度\n云溪县公安局部门决算\n{contents}第一部分概况\n一、职责\n管治安。\n第二部分 说明\n共一百。\n"
    )
    assert title(document) == "2024年度云溪县公安局部门决算"
    assert [name for _, _, name in headings(document)] == ["概况", "职责", "说明"]


def test_what_a_page_puts_around_a_report_is_left_out() -> None:
    document = read(
        "首页 > 政务公开 > 财政预决算\n2024年云溪县水务局部门决算\n发布时间：2025-09-01 浏览次数：35 字号：大 中 小\n"
        "一、主要职责\n管水。\n责任编辑：某某  上一篇：通知\n版权所有：云溪县人民政府\n"
    )
    assert title(document) == "2024年云溪县水务局部门决算"
    assert [s.title for s in document.parts[0].sections] == ["主要职责"]
    assert paragraphs(document, "主要职责") == ["管水。"]


def test_a_banner_above_a_whole_title_is_not_part_of_it() -> None:
    document = read("国家三级甲等医院\n2023年度云溪县人民医院单位决算\n来源：云溪县人民医院\n\n一、主要职责\n看病。\n")
    assert title(document) == "2023年度云溪县人民医院单位决算"


def test_a_bracketed_number_right_below_a_chapter_stands_over_plain_ones() -> None:
    lists = (
        "(1)存在的问题\n1、指标不够细化，难以考核。\n2、进度偏慢，支付集中。\n(2)改进措施\n1、细化指标，加强培训。\n"
    )
    document = read(f"一、概况\n青山县水务局。\n二、问题和措施\n{lists}")
    assert [(level, name) for level, _, name in headings(document)][1:] == [
        (1, "问题和措施"),
        (2, "存在的问题"),
        (2, "改进措施"),
    ]
    assert paragraphs(document, "存在的问题") == ["1、指标不够细化，难以考核。", "2、进度偏慢，支付集中。"]
