"""Reports that try to reach out: each names an address that nobody may ask, or a file that nobody may read."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

from generator import compose, draw, generate

from mutation.bombs import packed
from mutation.paper import written

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def lures(address: str, file: str) -> dict[str, bytes]:
    """Every lure by the name that it is sent under. `address` is a web address, `file` a path."""
    found = {
        "网页.html": _page(address, file),
        "图.html": _drawing(address, file),
        "宣告.html": f'<?xml version="1.0"?>{_entity(file)}<html><body><h1>&x;</h1>'.encode() + _page(address, file),
        "行文.md": _text(address, file),
        "行文.txt": _text(address, file),
        "表.docx": _word(address, file),
        "表.xlsx": _book(address, file),
        "表.pdf": _paper(address, file),
    }
    return found | {"全部.zip": packed({f"里/{name}": data + b"\n" for name, data in found.items()})}


def _entity(where: str) -> str:
    return (
        f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{where}"><!ENTITY % y SYSTEM "file://{where}"> %y;'
        f'<!ENTITY z SYSTEM "{where}">]>'
    )


def _page(address: str, file: str) -> bytes:
    """Everything by which a web page can have something fetched."""
    html = _plain("html")
    ways = (
        f'<link rel="stylesheet" href="{address}"><base href="{address}">'
        f'<meta http-equiv="refresh" content="0;url={address}">'
        f'<style>@import url("{address}"); body {{ background: url({address}) }}</style>'
        f'<script src="{address}"></script><object data="{address}"></object>'
        f'<img src="{address}" srcset="{address} 2x"><iframe src="file://{file}"></iframe>'
        f'<embed src="{address}"><video src="{address}"></video><link rel="prefetch" href="{address}">'
        f'<form action="{address}"><input type="image" src="{address}"></form><table background="{address}"><tr><td>'
        f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file://{file}' parse='text'/></td></tr></table>"
    )
    return html.replace("<body>", f"<body>{ways}", 1).encode()


def _drawing(address: str, file: str) -> bytes:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<image xlink:href="{address}"/><use href="{address}#x"/><script href="{address}"/>'
        "<text>青禾县水务局2024年度部门整体支出绩效自评报告</text></svg>"
    )
    return f'<?xml version="1.0"?><?xml-stylesheet href="{address}"?>{_entity(file)}<html>{svg}&x;&z;</html>'.encode()


def _text(address: str, file: str) -> bytes:
    """What converters of Markdown include."""
    text = _plain("md")
    ways = f"![图]({address})\n<img src='{address}'>\n[[include: {file}]]\n{{{{< {file} >}}}}\n"
    return (
        text + ways + f"<!--#include file='{file}'-->\n.. include:: {file}\n\\input{{{file}}}\n@{address}\n"
    ).encode()


def _word(address: str, file: str) -> bytes:
    """A template, pictures and frames elsewhere, a field that includes, and entities in every part."""
    kinds = ("attachedTemplate", "image", "frame", "oleObject", "hyperlink", "subDocument", "aFChunk")
    relations = "".join(
        f'<Relationship Id="e{n}{kind}" Type="{_OFFICE}/{kind}" Target="{where}" TargetMode="External"/>'
        for kind in kinds
        for n, where in enumerate((address, f"file://{file}"))
    )
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "'
        + file
        + '"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:altChunk/>'
    )
    return _rewritten(
        generate(3, "goal_form", "docx").data,
        {
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>", relations + "</Relationships>"
            ),
            "word/document.xml": lambda text: _declared(text, file).replace("<w:body>", f"<w:body>{field}", 1),
            "word/styles.xml": lambda text: _declared(text, file),
            "word/settings.xml": lambda text: _declared(text, file),
        },
        {"word/_rels/settings.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'},
    )


def _book(address: str, file: str) -> bytes:
    """A workbook with links to others, and formulas that fetch."""
    formulas = "".join(
        f'<row r="{90 + n}"><c r="A{90 + n}"><f>{formula}</f></c></row>'
        for n, formula in enumerate(
            (f'WEBSERVICE("{address}")', f'HYPERLINK("{address}")', f"'[{file}]a'!A1", "cmd|'/c x'!A1")
        )
    )
    link = f'<externalLink xmlns="{_OFFICE}"><externalBook r:id="r1" xmlns:r="{_OFFICE}"/></externalLink>'
    relation = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/externalLinkPath"'
        f' Target="{address}" TargetMode="External"/></Relationships>'
    )
    return _rewritten(
        generate(4, "goal_form", "xlsx").data,
        {"xl/worksheets/sheet1.xml": lambda text: text.replace("</sheetData>", f"{formulas}</sheetData>")},
        {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": relation},
    )


def _paper(address: str, file: str) -> bytes:
    """Actions that open, launch, send and go elsewhere, and a stream that is in another file."""
    web, path = address.encode(), file.encode()
    actions = (
        b"/OpenAction << /S /URI /URI (%s) /Next << /S /Launch /F (%s) /Next << /S /GoToR /F (%s) /D [0 /Fit]"
        b" /Next << /S /SubmitForm /F (%s) /Next << /S /ImportData /F (%s) /Next << /S /JavaScript"
        b" /JS (app.launchURL('%s'); this.getURL('%s')) >> >> >> >> >> >>" % (web, path, path, web, path, web, web)
    )
    elsewhere = b"/AA << /O << /S /URI /URI (%s) >> >> /Metadata << /F << /FS /URL /F (%s) >> >>" % (web, web)
    data = written(compose(draw(5), "goal_form", 5), compressed=False)
    data = data.replace(b"/Type /Catalog", b"/Type /Catalog " + actions).replace(
        b"/Type /Page ", b"/Type /Page " + elsewhere
    )
    return data.replace(b"/FontName /Test", b"/FontName /Test /FontFile2 << /F (%s) /FFilter [] /Length 0 >>" % path)


def _plain(format: str) -> str:
    """A report of the generator that came in UTF-8."""
    for seed in range(50):
        with suppress(UnicodeDecodeError):
            return generate(seed, "goal_form", format).data.decode("utf-8")
    raise AssertionError("no such report")


def _declared(text: str, file: str) -> str:
    """The part with a document type that names the file."""
    head, mark, rest = text.partition("?>")
    return head + mark + _entity(file) + rest if mark else _entity(file) + text


def _rewritten(data: bytes, changes: dict, more: dict[str, str]) -> bytes:  # type: ignore[type-arg]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {entry.filename: package.read(entry) for entry in package.infolist()}
    for name, change in changes.items():
        if name in files:
            files[name] = change(files[name].decode()).encode()
    return packed(files | {name: text.encode() for name, text in more.items()})
