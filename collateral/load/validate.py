"""A parsed YAML text against the model of its kind: every problem becomes a diagnostic at the key that has it.

The only place that knows pydantic's errors. pydantic is imported on the first call.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.diagnostics.lazy_dataclass import replace
from collateral.load.schemas import schema_model
from collateral.markdown.yaml import YamlText

if TYPE_CHECKING:
    from pydantic import BaseModel

_WANTED = {
    "dict_type": "a map of keys and values",
    "model_type": "a map of keys and values",
    "model_attributes_type": "a map of keys and values",
    "list_type": "a list",
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
}


def check_file(yaml: YamlText, kind: str) -> tuple[Any | None, list[Diagnostic]]:
    """The validated model, or None and everything that is wrong."""
    from pydantic import ValidationError

    model = schema_model(kind)
    try:
        return model.model_validate(yaml.value), []
    except ValidationError as error:
        found = [_diagnostic(item, yaml, model) for item in error.errors(include_url=False)]
        return None, sorted(found, key=_position)


def check_parts(yaml: YamlText, kind: str, *, depth: int) -> tuple[Any | None, list[Diagnostic]]:
    """As `check_file`, but an item with a problem is dropped and the rest kept. Items are map entries `depth` keys deep."""
    from pydantic import ValidationError

    model = schema_model(kind)
    found: list[Diagnostic] = []
    dropped: set[str] = set()
    for _ in range(2):
        try:
            return model.model_validate(yaml.value), found
        except ValidationError as error:
            # what was dropped is missing now, which is no news
            items = [
                e for e in error.errors(include_url=False) if ".".join(map(str, e["loc"])) not in dropped
            ]
            found += sorted((_diagnostic(item, yaml, model) for item in items), key=_position)
            for item in items:
                steps = [str(step) for step in item["loc"] if step != "[key]"][:depth]
                dropped.add(".".join(steps))
                _drop(yaml.value, steps)
    return None, list(dict.fromkeys(found))


def check_items(yaml: YamlText, kind: str) -> tuple[list[tuple[int, Any]], list[Diagnostic]]:
    """As `check_file` for a file that is a list: the good items with their numbers, and what is wrong with the others."""
    model, found = check_file(yaml, kind)
    if model is not None or not isinstance(yaml.value, list):
        return list(enumerate(model.root if model is not None else [])), found
    good: list[tuple[int, Any]] = []
    for number, item in enumerate(yaml.value):
        one, _ = check_file(replace(yaml, value=[item]), kind)
        if one is not None:
            good.append((number, one.root[0]))
    return good, found


def _drop(value: object, steps: list[str]) -> None:
    for step in steps[:-1]:
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, dict) and steps:
        value.pop(steps[-1], None)


def shown(value: object) -> str:
    """A value as a message quotes it: short, on one line."""
    text = value if isinstance(value, str) else _plain(value)
    text = " ".join(text.split())
    return f'"{text[:57]}…"' if len(text) > 60 else f'"{text}"'


def _plain(value: object) -> str:
    words = {True: "true", False: "false", None: "null"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, dict):
        return "{" + ", ".join(map(str, value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_plain(item) for item in value) + "]"
    return str(value)


def _position(diagnostic: Diagnostic) -> tuple[int, int, str]:
    at = diagnostic.at
    return (
        (at.line or 0, at.column or 0, diagnostic.code) if isinstance(at, Span) else (0, 0, diagnostic.code)
    )


def _diagnostic(error: Any, yaml: YamlText, model: type[BaseModel]) -> Diagnostic:
    kind: str = error["type"]
    path, key = _path(error["loc"], yaml.value)
    if kind == "extra_forbidden":
        choices = _keys_at(model, error["loc"][:-1])
        return Diagnostic.error(
            "unknown-key", f'unknown key "{key}"', yaml.key_span(path), *one_of(key, choices)
        )
    if kind == "missing":
        parent = path.rpartition(".")[0]
        where = f' in "{parent}"' if parent else ""
        return Diagnostic.error(
            "missing-key", f'"{key}" is missing{where}', yaml.key_span(parent), f'add "{key}:"'
        )
    return _value_problem(error, kind, yaml, path, key)


def _value_problem(error: Any, kind: str, yaml: YamlText, path: str, key: str) -> Diagnostic:
    given = shown(error["input"])
    last = path.rpartition(".")[2]
    subject = (
        f'item {int(last) + 1} of "{key}" ' if key and last.isdecimal() else (f'"{key}" ' if key else "it ")
    )
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
        hints = one_of(str(error["input"]), choices)
        return Diagnostic.error("unknown-value", f"{subject}cannot be {given}", yaml.span(path), *hints)
    if kind == "value_error":
        said = str(error["ctx"]["error"])
        tail = f", not {given}" if said.startswith("must be") else ""
        return Diagnostic.error("bad-value", f"{subject}{said}{tail}", yaml.span(path))
    if kind in _WANTED:
        return Diagnostic.error(
            "bad-value", f"{subject}must be {_WANTED[kind]}, not {given}", yaml.span(path)
        )
    said = str(error["msg"]).lower().removeprefix("input should be ")
    return Diagnostic.error("bad-value", f"{subject}must be {said}, not {given}", yaml.span(path))


def _path(loc: Sequence[int | str], value: object) -> tuple[str, str]:
    """The dotted path of an error, without the steps pydantic adds for itself, and its last key."""
    steps: list[str] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(value, dict) and (step in value or last) and step != "[key]":
            value = value.get(step)
            steps.append(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
            steps.append(str(step))
    named = [step for step in steps if not step.isdecimal()]
    return ".".join(steps), (named[-1] if named else "")


def _keys_at(model: Any, loc: Sequence[int | str]) -> list[str]:
    """The keys allowed at a place of a model."""
    for step in loc:
        model = _step(model, step)
    fields = getattr(model, "model_fields", None) or {}
    return [field.alias or name for name, field in fields.items() if field.annotation is not None]


def _step(model: Any, step: int | str) -> Any:
    fields = getattr(model, "model_fields", None)
    if fields is not None:
        root = fields.get("root")
        if root is not None:
            return _step(root.annotation, step)
        found = [f for name, f in fields.items() if step in (name, f.alias)]
        return _bare(found[0].annotation) if found else None
    inner = get_args(model)
    return _bare(inner[-1]) if inner else model


def _bare(annotation: Any) -> Any:
    """The type itself, out of `Annotated[…]` and `… | None`."""
    while getattr(annotation, "__metadata__", None) is not None:
        annotation = get_args(annotation)[0]
    options = [arg for arg in get_args(annotation) if arg is not type(None)]
    if type(None) in get_args(annotation) and len(options) == 1:
        return _bare(options[0])
    return annotation
