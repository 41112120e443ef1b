"""`campaigns/ID.yaml` → `Campaign`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.expressions.typography import composed
from collateral.load.facts import fact_types
from collateral.load.files import shown_path
from collateral.load.records import read_record
from collateral.load.text import decode, read_bytes
from collateral.markdown.yaml import YamlText
from collateral.model.campaign import Campaign, CampaignSource, FactRule
from collateral.model.library import Library, TemplateId

FOLDER = "campaigns"


def campaign_files(root: Path) -> tuple[Path, ...]:
    """All campaign files of a workspace, sorted."""
    folder = root / FOLDER
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
    )


def load_campaign(file: Path, library: Library) -> tuple[Campaign | None, list[Diagnostic]]:
    """One campaign file, checked against the library's templates and facts; None when it cannot be used."""
    name = shown_path(file, Path(library.root))
    data, problems = read_bytes(file, name)
    text, more = decode(data, name) if data is not None else (None, [])
    problems += more
    if text is None:
        return None, problems
    model, yaml, found = read_record(text, name, "campaign", {})
    problems += found
    if model is None or yaml is None:
        return None, problems
    problems += _check(model, yaml, library, file)
    if any(d.severity == "error" for d in problems):
        return None, problems
    return _campaign(model, yaml), problems


def _campaign(model: Any, yaml: YamlText) -> Campaign:
    source = model.source
    return Campaign(
        id=model.id,
        path=yaml.file,
        source=CampaignSource(source.csv, source.encoding, source.delimiter, yaml.span("source.csv")),
        templates=tuple(TemplateId(t) for t in model.templates),
        rules=tuple(_rule(fact, item, yaml) for fact, item in model.map.items()),
        key=model.key,
        tables={name: dict(table) for name, table in model.tables.items()},
        where=model.where,
        output=model.output,
        at=yaml.span("id"),
        places={name: yaml.span(name) for name in ("key", "where", "output")},
    )


def _rule(fact: str, item: Any, yaml: YamlText) -> FactRule:
    return FactRule(
        fact, item.expression, composed(item.column) if item.column else None, item.table, item.default, item.split, item.type, item.required,
        yaml.span(f"map.{fact}"),
    )  # fmt: skip


def unusable_template(id: str, library: Library, at: Span) -> Diagnostic:
    """Why nothing can be made of a template: its file has errors, or there is none."""
    file = f"templates/{id}.yaml"
    if file in library.broken:
        return Diagnostic.error(
            "left-out-file", f'the template "{id}" has errors', at, f"correct {file} first"
        )
    hints = one_of(id, list(library.templates))
    return Diagnostic.error("unknown-template", f'there is no template "{id}"', at, *hints)


def _check(model: Any, yaml: YamlText, library: Library, file: Path) -> list[Diagnostic]:
    return [*_check_names(model, yaml, library), *_check_source(model, yaml, library, file)]


def _check_names(model: Any, yaml: YamlText, library: Library) -> list[Diagnostic]:
    found = []
    stem = PurePosixPath(yaml.file).stem
    if model.id != stem:
        message = f'the id "{model.id}" is not the file\'s name "{stem}"'
        found.append(Diagnostic.error("id-not-file-name", message, yaml.span("id"), f'write "id: {stem}"'))
    for number, template in enumerate(model.templates):
        if template not in library.templates:
            found.append(unusable_template(template, library, yaml.span(f"templates.{number}")))
    known = fact_types(library)
    found += _check_paths(model.map, yaml)
    for fact, item in model.map.items():
        if fact.split(".")[0] not in (*known, "internal", "needs"):
            at = yaml.key_span(f"map.{fact}")
            hints = one_of(fact, list(known))
            found.append(
                Diagnostic.warning("unknown-fact", f'"{fact}" is not a fact this workspace knows', at, *hints)
            )
        if item.table is not None and item.table not in model.tables:
            at = yaml.span(f"map.{fact}.table")
            hints = one_of(item.table, list(model.tables))
            found.append(Diagnostic.error("unknown-table", f'there is no table "{item.table}"', at, *hints))
    return found


def _check_paths(rules: Mapping[str, object], yaml: YamlText) -> list[Diagnostic]:
    """A fact is set as a whole or by its parts, and every step of a path has a name."""
    found = []
    for fact in rules:
        steps = fact.split(".")
        whole = next((p for n in range(1, len(steps)) if (p := ".".join(steps[:n])) in rules), None)
        at = yaml.key_span(f"map.{fact}")
        if whole is not None:
            message = f'"{fact}" is a part of "{whole}", which has a rule of its own'
            found.append(Diagnostic.error("rule-within-rule", message, at, "keep one of them"))
        if "" in steps or steps[0].isdecimal():
            message = f'"{fact}" is no path of a fact'
            found.append(Diagnostic.error("bad-value", message, at, "write it as contacts.0.name"))
    return found


def _check_source(model: Any, yaml: YamlText, library: Library, file: Path) -> list[Diagnostic]:
    at: Span = yaml.span("source.csv")
    name = model.source.csv
    target = (file.parent / name).resolve()
    if not target.is_file():
        return [
            Diagnostic.error(
                "missing-csv",
                f'there is no "{name}" beside the campaign',
                at,
                "paths start from the campaign's folder",
            )
        ]
    if not target.is_relative_to(Path(library.root).resolve()) and not target.is_relative_to(
        file.parent.resolve()
    ):
        return [Diagnostic.error("path-outside-workspace", f'"{name}" leads out of the workspace', at)]
    return []
