"""The page docs/ontology.md, made from the Turtle: what one must know to write SPARQL, and no more.

`python -m ontology.page docs/ontology.md` writes it; without a file it goes to the terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template

from rdflib import OWL, RDF, RDFS, SDO, SH, SKOS, Graph, URIRef
from rdflib.term import Literal, Node

from ontology.loader import HERE, NAMESPACE, summaries
from ontology.terms import JX, ONTOLOGY

QUERIES = HERE.parent / "examples" / "queries"


def page() -> str:
    """The whole page as Markdown."""
    turtle = Graph().parse(HERE / "ontology.ttl")
    return Template((HERE / "page.md").read_text("utf-8")).substitute(
        version=turtle.value(ONTOLOGY, OWL.versionInfo),
        namespace=NAMESPACE,
        direct="\n".join(_direct(turtle)),
        queries="\n\n".join(_queries()),
        classes="\n\n".join(_classes(turtle)),
        schemes="\n".join(_schemes(turtle)),
        shapes="\n".join(_shapes()),
    )


def _direct(turtle: Graph) -> Iterator[str]:
    """The values that stand on the department and nowhere else."""
    yield _head("属性 property", "是什么", "what it is", "取自 from")
    for term in _terms(turtle, OWL.DatatypeProperty):
        if (term, RDFS.domain, JX.Department) in turtle:
            measures = "，否则 else ".join(summaries().get(term.removeprefix(NAMESPACE), ()))
            yield f"| `{_short(term)}` | {_said(turtle, term, 'zh')} | {_said(turtle, term, 'en')} | {measures} |"


def _queries() -> Iterator[str]:
    for path in sorted(QUERIES.glob("*.rq")):
        zh, en, query = path.read_text("utf-8").split("\n", 2)
        yield f"**{zh.removeprefix('# ')}** · {en.removeprefix('# ')}\n\n```sparql\n{query.strip()}\n```"


def _classes(turtle: Graph) -> Iterator[str]:
    for term in _terms(turtle, OWL.Class):
        above = ", ".join(f"`{_short(wider)}`" for wider in _sorted(turtle.objects(term, RDFS.subClassOf)))
        yield f"### {_short(term)} · {_label(turtle, term, 'zh')} · {_label(turtle, term, 'en')}"
        yield f"{_said(turtle, term, 'zh')}。*{_said(turtle, term, 'en')}.*" + (f" ⊂ {above}" if above else "")
        rows = [_row(turtle, p) for p in _properties(turtle, term)]
        if rows:
            yield "\n".join([_head("属性 property", "值 value", "是什么", "what it is"), *rows])
        if (term, RDFS.subClassOf, JX.Fact) in turtle:
            yield "另有 `jx:Fact` 的属性。*And those of `jx:Fact`.*"
        if term == JX.Department:
            yield "另有[直达属性](#直达属性--direct-properties)。*And the direct properties above.*"


def _properties(turtle: Graph, term: URIRef) -> Iterator[URIRef]:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        yield from (p for p in _terms(turtle, kind) if term in turtle.objects(p, SDO.domainIncludes))


def _row(turtle: Graph, term: URIRef) -> str:
    sign = "→" if (term, RDF.type, OWL.ObjectProperty) in turtle else "="
    ranges = _sorted((*turtle.objects(term, RDFS.range), *turtle.objects(term, SDO.rangeIncludes)))
    words = ", ".join(sorted(str(o).rsplit("/", 1)[-1] for o in turtle.objects(term, JX.valuesFrom)))
    values = " ".join([sign, ", ".join(f"`{_short(r)}`" for r in ranges), f"[{words}]" if words else ""]).strip()
    return f"| `{_short(term)}` | {values} | {_said(turtle, term, 'zh')} | {_said(turtle, term, 'en')} |"


def _schemes(turtle: Graph) -> Iterator[str]:
    yield _head("词表 scheme", "名称", "name", "内容", "content")
    for itself in _sorted(set(turtle.objects(None, JX.valuesFrom))):
        name = str(itself).rsplit("/", 1)[-1]
        words = Graph().parse(HERE / "vocabulary" / f"{name}.ttl")
        cells = (_words(words, itself, p, tongue) for p in (SKOS.prefLabel, SKOS.definition) for tongue in ("zh", "en"))
        yield f"| `{name}` | {' | '.join(cells)} |"


def _shapes() -> Iterator[str]:
    turtle = Graph().parse(HERE / "shapes.ttl")
    yield _head("类 class", "条件", "condition")
    for shape in turtle.subjects(RDF.type, SH.PropertyShape):
        classes = ", ".join(f"`{_short(c)}`" for c in _sorted(turtle.objects(shape, SH.targetClass)))
        zh, en = (_words(turtle, shape, SH.message, language) for language in ("zh", "en"))
        yield f"| {classes} | {zh} | {en} |"


def _head(*columns: str) -> str:
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


def _terms(turtle: Graph, kind: URIRef) -> Iterator[URIRef]:
    """The terms of one kind, in the order of their Python names."""
    for name in JX.__annotations__:
        if not name.startswith("_") and (JX[name], RDF.type, kind) in turtle:
            yield JX[name]


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=str)


def _said(turtle: Graph, term: Node, language: str) -> str:
    return _words(turtle, term, SKOS.definition, language)


def _label(turtle: Graph, term: Node, language: str) -> str:
    return _words(turtle, term, RDFS.label, language)


def _words(turtle: Graph, term: Node, said: URIRef, language: str) -> str:
    words = (o for o in turtle.objects(term, said) if isinstance(o, Literal) and o.language == language)
    return str(next(words, "")).replace("|", "\\|")


def _short(term: Node) -> str:
    """`term` with its usual prefix."""
    text = str(term)
    for prefix, namespace in _PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


_PREFIXES = {
    "jx": str(JX),
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": str(SKOS),
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "qudt": "http://qudt.org/schema/qudt/",
    "dcterms": "http://purl.org/dc/terms/",
}


def main(arguments: list[str]) -> None:
    """Write the page to the file that `arguments` name, or to the terminal."""
    if arguments:
        Path(arguments[0]).write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())


if __name__ == "__main__":
    main(sys.argv[1:])
