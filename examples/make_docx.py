"""Write the Word example: headings by style, real tables, merged cells.

`python examples/make_docx.py` writes it anew; the same bytes each time, so that a change shows
in review. The text is fictitious like all examples.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument

TARGET = Path(__file__).parent / "reports" / "白泽县民政局2024年自评.docx"

BEFORE = """
0 白泽县民政局
0 2024年度部门整体支出绩效自评报告
为了解财政资金使用的实际效果，改进预算管理，我局对2024年度部门整体支出及困难群众救助补助项目组织了绩效自评，有关情况报告如下：
1 一、部门概况
2 （一）主要职责
白泽县民政局是负责全县民政事务的县政府工作部门，机构规格为正科级，履行以下职责：
1.拟订全县民政事业发展规划和政策，推进民政标准化、信息化建设。
2.牵头社会救助体系建设，负责城乡最低生活保障、特困人员救助供养、临时救助的审核确认和资金发放。
3.管理养老服务工作，规划建设养老机构和社区养老设施，监督养老机构收费、服务质量和消防安全，处理老年人及家属的投诉。
4.负责儿童福利、孤儿和事实无人抚养儿童保障，建立农村留守儿童和困境儿童关爱保护制度。
5.办理婚姻登记、收养登记，推进婚俗改革。
6.负责社会团体、民办非企业单位、基金会的登记管理和执法监督。
7.负责殡葬管理，推行节地生态安葬，查处违规建设公墓。
8.落实残疾人两项补贴政策，审核发放困难残疾人生活补贴和重度残疾人护理补贴。
9.负责行政区划、地名管理和界线勘定，指导城乡社区治理和基层群众自治。
10.救助生活无着的流浪乞讨人员，开展寻亲服务。
11.承办县委、县政府交办的其他事项。
2 （二）机构设置
局机关内设办公室、社会救助股、养老服务和儿童福利股、社会事务股4个股室，所属单位情况见下表。
"""
UNITS = [
    ("序号", "单位名称", "单位性质", "编制数", "实有人数"),
    ("1", "白泽县民政局（本级）", "行政机关", "18", "17"),
    ("2", "白泽县社会福利中心", "公益一类事业单位", "32", "30"),
    ("3", "白泽县低收入家庭核对中心", "公益一类事业单位", "8", "8"),
    ("合计", "", "", "58", "55"),
]
MIDDLE = """
2 （三）资产情况
截至2024年12月31日，部门资产总额6,284.50万元，其中固定资产5,910.30万元、流动资产374.20万元，负债总额42.60万元。
1 二、部门整体支出情况
2 （一）收入支出决算
2024年度收入合计15,420.66万元，其中一般公共预算财政拨款收入14,236.66万元，政府性基金预算财政拨款收入1,064.00万元，其他收入120.00万元。
2024年度支出合计15,420.66万元，其中基本支出2,186.40万元，项目支出13,234.26万元。
2 （二）基本支出
基本支出2,186.40万元，其中人员经费1,842.90万元，公用经费334.50万元。
2 （三）预算执行
年初预算14,600.00万元，调整后预算15,580.00万元，预算执行数15,420.66万元，预算执行率98.98%。“三公”经费支出7.20万元，其中公务用车购置及运行维护费5.60万元，公务接待费1.60万元。
1 三、自评工作开展情况
自评由局长负总责，办公室组织，社会救助股等股室具体实施。采用数据核查、入户走访和电话回访三种方式，比对救助系统数据1.32万条，入户走访救助对象320户，电话回访500人，实地查看养老机构6家。
1 四、绩效目标完成情况
2 （一）总体情况
2024年，全县城市低保标准提高到每人每月795元，农村低保标准提高到每人每月640元，全年发放各类救助资金8,553.60万元。新建社区养老服务站8个，为1,260名高龄独居老人安装智能呼叫设备。办理结婚登记2,316对、离婚登记684对。登记社会组织19家，注销长期不活动的社会组织12家。帮助34名流浪乞讨人员返乡，成功寻亲7人。
2 （二）困难群众救助补助项目自评情况
项目绩效目标实现情况见下表，金额单位为万元。
"""
HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施")
MONEY = [
    ("项目名称", "困难群众救助补助", "", "", "实施单位", "白泽县民政局", "", ""),
    ("项目资金", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("", "年度资金总额", "8,200.00", "8,640.00", "8,553.60", "10", "99.00%", "9.90"),
    ("", "其中：上级补助", "6,100.00", "6,540.00", "6,540.00", "—", "100.00%", "—"),
    ("", "县级资金", "2,100.00", "2,100.00", "2,013.60", "—", "95.89%", "—"),
]
INDICATORS = [
    ("产出指标", "数量指标", "城乡低保保障人数", "≥9800人", "10126人", "10", "10", ""),
    ("产出指标", "数量指标", "特困人员供养人数", "≥1350人", "1362人", "10", "10", ""),
    ("产出指标", "数量指标", "临时救助人次", "≥2600人次", "2871人次", "10", "10", ""),
    ("产出指标", "质量指标", "救助对象认定准确率", "≥99%", "98.6%", "10", "9.96", "部分家庭财产信息更新慢，已清退"),
    ("产出指标", "时效指标", "救助金按月发放率", "＝100%", "100%", "10", "10", ""),
    ("产出指标", "成本指标", "城市低保月人均标准", "≥780元", "795元", "10", "10", ""),
    ("效益指标", "社会效益指标", "困难群众救助覆盖率", "＝100%", "100%", "15", "15", ""),
    ("效益指标", "可持续影响指标", "主动发现机制覆盖村（居）", "≥236个", "231个", "5", "4.89", "5个新设社区未配齐人员"),
    ("满意度指标", "服务对象满意度指标", "救助对象满意度", "≥92%", "95.3%", "10", "10", ""),
    ("总分", "", "", "", "", "100", "97.75", ""),
]
AFTER = """
1 五、评价结论
对照自评指标体系逐项评议，2024年度部门整体支出绩效自评得分97.6分，评价等级为优秀。
1 六、存在的问题
1.救助对象动态管理难度大，部分家庭车辆、房产、存款信息更新不及时，导致认定准确率没有达到目标。
2.养老机构护理人员年龄偏大，持证率只有62.5%。
3.项目绩效指标与业务统计口径衔接不够。
1 七、改进措施
1.与不动产、车管、银行等部门按季比对数据，对不再符合条件的家庭及时退出并追回资金。
2.联合职业院校开办护理员培训班，全年培训不少于120人次，持证上岗给予补贴。
3.修订绩效指标，与民政统计台账保持一致。
白泽县民政局
2025年3月31日
"""


def main(target: Path = TARGET) -> None:
    """Write the report to `target`."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = datetime(2025, 3, 31)
    document.core_properties.author = document.core_properties.last_modified_by = "白泽县民政局"
    prose(document, BEFORE)
    table(document, UNITS)
    prose(document, MIDDLE)
    table(document, [*MONEY, HEAD, *INDICATORS])
    prose(document, AFTER)
    plain = io.BytesIO()
    document.save(plain)
    target.write_bytes(timeless(plain.getvalue()))


def prose(document: DocxDocument, text: str) -> None:
    """Lines that begin with a level and a blank are headings (0 is the title)."""
    for line in text.strip().splitlines():
        level, blank, title = line.partition(" ")
        if blank and level.isdigit():
            document.add_heading(title, int(level))
        else:
            document.add_paragraph(line)


def table(document: DocxDocument, rows: list[tuple[str, ...]]) -> None:
    """A ruled table; equal neighbours in the two first columns are one cell merged downwards, and
    an empty cell joins the filled one before it in rows that open or close the table."""
    grid = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            grid.cell(r, c).text = text
    for c in range(2):
        for first, last in runs([row[c] for row in rows]):
            merged = rows[first][c]
            grid.cell(first, c).merge(grid.cell(last, c)).text = merged
    for r, row in enumerate(rows):
        if row[0] in ("项目名称", "总分", "合计"):
            for first, last in spans(row):
                grid.cell(r, first).merge(grid.cell(r, last)).text = row[first]


def runs(column: list[str]) -> list[tuple[int, int]]:
    """First and last place of each run of equal words, two or more long."""
    found, first = [], 0
    for place in range(1, len(column) + 1):
        if place == len(column) or column[place] != column[first]:
            if place - first > 1 and column[first]:
                found.append((first, place - 1))
            first = place
    return found


def spans(row: tuple[str, ...]) -> list[tuple[int, int]]:
    """First and last place of each filled cell with the empty ones after it, up to the next filled."""
    filled = [c for c, text in enumerate(row) if text]
    ends = [c - 1 for c in filled[1:]] + [filled[-1]]
    return [(first, last) for first, last in zip(filled, ends, strict=True) if last > first]


def timeless(data: bytes) -> bytes:
    """The same package with every member dated alike, for a file that is equal each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
