"""Promise 2: a tag stands only where a value is put in for it."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.model.library import Template
from collateral.rules.rule import Rule, View, span_of

ID = "misplaced-tag"


def check(view: View) -> Iterator[Diagnostic]:
    """Tags in titles, and conditions or loops in file names and subjects, where they would be shown as they are."""
    for block in view.blocks:
        if _has_tag(block.title):
            yield _finding("a block's title", block.title, span_of(block, "title"))
    for template in view.library.templates.values():
        yield from _template(template)


def _template(template: Template) -> Iterator[Diagnostic]:
    if _has_tag(template.title):
        yield _finding("a template's title", template.title, template.spans.get("title") or template.at)
    for section in template.sections:
        for title in (t for t in {"": section.title, **section.titles}.values() if _has_tag(t)):
            yield _finding("a section's title", title, section.at)
    patterns = {
        "file_name": template.file_name or "",
        **{f"subject.{k}": v for k, v in template.subject.items()},
    }
    for path, text in patterns.items():
        if "{%" in text:
            at = template.spans.get(path) or template.spans.get(path.partition(".")[0]) or template.at
            yield Diagnostic.error(
                ID, f'"{text}" holds a condition or loop', at, "only {{ values }} are filled in here"
            )


def _has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text


def _finding(where: str, text: str, at: Span | None) -> Diagnostic:
    return Diagnostic.error(ID, f'"{text}" holds a tag, and {where} is shown as it is', at, "write it out")


RULE = Rule(ID, "a tag stands where no value is put in", Severity.ERROR, check)
