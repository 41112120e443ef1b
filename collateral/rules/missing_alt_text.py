"""What is to be seen is also said, to those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.model import content as c
from collateral.rules.rule import Rule, View
from collateral.rules.shapes import listed
from collateral.rules.walk import nodes_of

ID = "missing-alt-text"
_HINT = 'right-click it, choose "View Alt Text", and say what it shows or mark it as decorative'
_IN_HTML = 'say what it shows, alt="…", or write alt="" where it is decoration'
_SHOWN = frozenset({"deck", "document", "briefing"})


def check(view: View) -> Iterator[Diagnostic]:
    """Pictures and charts without an alternative text (charts: and without a title), in texts, on designed slides, in documents
    and masters of e-mails;
    as a note, drawn lines and panels that are not marked as decorative."""
    for one in view.forms:
        if one.form.piece in _SHOWN:
            for node in nodes_of(one.content):
                yield from _of_node(node)
    for barrier in view.barriers:
        if barrier.kind == "description":
            message = f"{listed(barrier.names)} no alternative text"
            hint = _IN_HTML if barrier.at.file.lower().endswith((".html", ".htm")) else _HINT
            yield Diagnostic.warning(ID, message, barrier.at, hint)
        elif barrier.kind == "decoration":
            message = f"{listed(barrier.names)} neither words nor a mark as decorative"
            yield Diagnostic.note(ID, message, barrier.at, _HINT)


def _of_node(node: c.Node) -> Iterator[Diagnostic]:
    match node:
        case c.Picture(alt="") if "{{" not in node.source:
            message = f'the picture "{node.source}" has no alternative text'
            hint = f"write ![what it shows]({node.source}); without it the picture is marked as decoration"
            yield Diagnostic.warning(ID, message, node.at, hint)
        case c.ChartSource() if not (_says(node, "alt") or _says(node, "title") or _brings_its_own(node)):
            hint = 'say what it shows in a line "alt: …"'
            yield Diagnostic.warning(ID, "the chart has no alternative text", node.at, hint)


def _says(chart: c.ChartSource, key: str) -> bool:
    return bool(str(dict(chart.data).get(key) or "").strip())


def _brings_its_own(chart: c.ChartSource) -> bool:
    """Whether a value may bring the words together with the data."""
    return isinstance(dict(chart.data).get("data"), str)


RULE = Rule(ID, "a picture or chart says nothing to those who cannot see it", Severity.WARNING, check)
