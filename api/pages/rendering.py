"""From what a page was given to HTML: one environment, one set of words, one security policy."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api import policy
from api.pages import language
from kg.facts import Evidence
from kg.values.exact import plain

HEADERS = policy.HEADERS | {"Vary": "Accept, Accept-Language, Cookie"}  # also where the service fails before its guard
THEMES = ("light", "dark")
_YEARS = range(1900, 2101)
_PASSING = ("page", "lang", "theme", "decided")  # parameters that a link of a page does not hand on
_A_YEAR = 365 * 24 * 3600  # seconds


def page(request: Request, template: str, status: int = 200, **given: Any) -> HTMLResponse:
    """`template` filled with `given`, in the reader's language and theme, which `?lang=` and
    `?theme=` change and a cookie keeps."""
    spoken = language.chosen(request)
    theme = _theme(request)
    context = {
        "lang": spoken.code,
        "t": spoken.say,
        "word": spoken.word,
        "term": spoken.term,
        "theme": theme,
        "path": request.url.path,
        "here": lambda **changes: address(request, **changes),
        "q": "",
        **given,
    }
    response = HTMLResponse(environment.get_template(template).render(context), status, HEADERS)
    for name, value in (("lang", spoken.code), ("theme", theme)):
        if name in request.query_params and value:
            response.set_cookie(name, value, max_age=_A_YEAR, samesite="lax")
    return response


def address(request: Request, **changes: Any) -> str:
    """The address of this page with some parameters changed; None takes one out. Changing anything
    but the page itself goes back to its first page."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changes and k not in _PASSING]
    given = kept + [(k, v) for k, v in changes.items() if v is not None]
    return f"{request.url.path}?{urlencode(given)}" if given else request.url.path


def _theme(request: Request) -> str:
    """light, dark, or empty where the reader leaves it to the system."""
    wanted = request.query_params.get("theme") or request.cookies.get("theme", "")
    return wanted if wanted in THEMES else ""


def number(value: Any) -> str:
    """As people read it: 1,202.95; every digit is kept, and a year stays 2024."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "" if value is None else str(value)
    if isinstance(value, int) and value in _YEARS:
        return str(value)
    exact = plain(value if isinstance(value, Decimal) else Decimal(str(value)))
    whole, dot, rest = exact.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole not in ("-0",) else exact


def wan(yuan: Any) -> str:
    """Yuan as 万元, exact and with two decimals at least: 2556000 → 255.60."""
    if yuan is None:
        return ""
    whole, _, rest = number(Decimal(str(yuan)) / 10_000).partition(".")
    return f"{whole}.{rest:0<2}"


def one_line(evidence: Evidence | str) -> str:
    return " ".join((evidence if isinstance(evidence, str) else evidence.quote).split())


environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.filters |= {"number": number, "wan": wan, "one_line": one_line}
