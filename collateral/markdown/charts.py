"""A ```` ```chart ```` fence → `ChartSource`: its keys are checked, its values stay plain data with tags as text."""

from __future__ import annotations

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.markdown.tags import MASKED, Masked
from collateral.markdown.yaml import YamlText, read_yaml
from collateral.model.content import ChartSource

KINDS = ("bar", "column", "line", "area", "pie", "doughnut", "scatter", "bubble", "radar")
KEYS = (
    "kind",
    "title",
    "alt",
    "categories",
    "series",
    "data",
    "number_format",
    "stacked",
    "labels",
    "category_title",
    "value_title",
)


def read_chart(
    text: str, masked: Masked, first_line: int, diagnostics: list[Diagnostic]
) -> ChartSource | None:
    """The fence's data, None when it is no chart."""
    yaml, problems = read_yaml(text, masked.file, first_line=first_line)
    diagnostics += problems
    if yaml is None or _directives(text, masked, diagnostics):
        return None
    at = Span(masked.file, first_line)
    if not isinstance(yaml.value, dict):
        diagnostics.append(
            Diagnostic.error(
                "bad-chart", "a chart needs keys and values", at, f"give it {', '.join(KEYS[:5])}"
            )
        )
        return None
    data = {str(key): _restored(value, masked) for key, value in yaml.value.items()}
    wrong = _problems(data, yaml)
    diagnostics += wrong
    return None if wrong else ChartSource(tuple(data.items()))


def _directives(text: str, masked: Masked, diagnostics: list[Diagnostic]) -> bool:
    """Whether anything but plain `{{ values }}` stands in the fence, which is reported."""
    found = [tag for sign in MASKED.findall(text) if (tag := masked.tags[sign]).kind != "field"]
    for tag in found:
        message = f'"{tag.source}" cannot stand in a chart'
        diagnostics.append(
            Diagnostic.error("bad-chart", message, tag.at, "put the condition around the whole chart")
        )
    return bool(found)


def _restored(value: object, masked: Masked) -> object:
    if isinstance(value, str):
        return masked.restore(value)
    if isinstance(value, list):
        return tuple(_restored(item, masked) for item in value)
    if isinstance(value, dict):
        return {masked.restore(str(key)): _restored(item, masked) for key, item in value.items()}
    return value


def _problems(data: dict[str, object], yaml: YamlText) -> list[Diagnostic]:
    found = []
    for key in data:
        if key not in KEYS:
            found.append(
                Diagnostic.error(
                    "bad-chart", f'a chart has no "{key}"', yaml.key_span(key), *one_of(key, KEYS)
                )
            )
    kind = data.get("kind", "column")
    if kind not in KINDS:
        found.append(
            Diagnostic.error(
                "bad-chart",
                f'"{kind}" is not a kind of chart',
                yaml.span("kind"),
                *one_of(str(kind), KINDS),
            )
        )
    if "series" not in data and "data" not in data:
        found.append(
            Diagnostic.error(
                "bad-chart", "the chart has no series", yaml.span(""), 'give it "series:" or "data:"'
            )
        )
    return found
