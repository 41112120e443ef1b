"""`templates/ID.yaml` → `Template`."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.load.blocks import Files
from collateral.load.digests import PREFIX, bytes_digest
from collateral.load.records import read_record
from collateral.load.settings import Settings, one_text, per_language, read_waivers
from collateral.markdown.yaml import YamlText
from collateral.model.library import BlockId, Digest, Limits, Section, Slot, Template, TemplateId

_MASTERS = {
    "deck": (".pptx", ".potx"),
    "document": (".docx", ".dotx"),
    "briefing": (".docx", ".dotx"),
    "email": (".html",),
}


def read_template(
    text: str, file: str, settings: Settings, files: Files
) -> tuple[Template | None, list[Diagnostic]]:
    """One template. A missing master is an error; the template is left out then."""
    model, yaml, diagnostics = read_record(text, file, "template", {})
    if model is None or yaml is None:
        return None, diagnostics
    masters, problems = _masters(model, yaml, settings, files)
    diagnostics += problems + _check_names(model, yaml, settings)
    if any(d.severity == "error" for d in diagnostics):
        return None, diagnostics
    return _template(model, yaml, text, settings, masters, files), diagnostics


def _template(
    model: Any, yaml: YamlText, text: str, settings: Settings, masters: dict[str, str], files: Files
) -> Template:
    default = settings.default_language
    content = "\n".join([text, *(f"{path} {files.digest(path)}" for path in sorted(masters.values()))])
    return Template(
        id=TemplateId(model.id),
        piece=model.piece,
        title=one_text(model.title, default, model.id.replace("-", " ").capitalize()),
        master=masters.get(default) or next(iter(masters.values()), None),
        sections=tuple(_section(n, item, yaml, default) for n, item in enumerate(model.sections)),
        path=yaml.file,
        digest=Digest(PREFIX + bytes_digest(content.encode())),
        limits=_limits(model.limits),
        subject=per_language(model.subject, default),
        file_name=model.file_name,
        languages=tuple(model.languages),
        masters=masters if len(masters) > 1 else {},
        default=model.default,
        attributes={
            **model.attributes,
            **({"titles": per_language(model.title, default)} if model.title else {}),
        },
        at=yaml.span("id"),
        spans=yaml.table(),
        waivers=read_waivers(model.waive, yaml),
    )


def _limits(item: Any) -> Limits:
    plain = Limits(item.slides, item.minutes)
    return plain if item.floor is None else Limits(item.slides, item.minutes, item.floor)


def _section(number: int, item: Any, yaml: YamlText, default: str) -> Section:
    path = f"sections.{number}"
    slots = tuple(_slot(slot, yaml, f"{path}.slots.{n}") for n, slot in enumerate(item.slots))
    titles = per_language(item.title, default)
    return Section(one_text(item.title, default), slots, titles, item.heading, yaml.span(f"{path}.title"))


def _slot(item: Any, yaml: YamlText, path: str) -> Slot:
    most = item.at_most if item.at_most is not None else max(1, item.at_least)
    return Slot(
        slide=item.slide,
        block=BlockId(item.block) if item.block else None,
        pick=item.pick,
        at_least=item.at_least,
        at_most=most,
        spread=item.spread,
        when=item.when,
        layout=item.layout,
        name=item.name,
        at=yaml.span(path),
    )


def _masters(
    model: Any, yaml: YamlText, settings: Settings, files: Files
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The masters that are there, by language, and what is wrong with the others."""
    if model.master is None and model.piece != "email":
        hint = f"name the {_MASTERS[model.piece][0]} it is poured into"
        return {}, [Diagnostic.error("missing-key", '"master" is missing', yaml.key_span(""), hint)]
    folder = str(PurePosixPath(yaml.file).parent)
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for language, name in per_language(model.master, settings.default_language).items():
        problem = _master_problem(name, folder, model.piece, yaml.span(f"master.{language}"), files)
        if problem is None:
            found[language] = f"{folder}/{name}"
        else:
            problems.append(problem)
    return found, problems


def _master_problem(name: str, folder: str, piece: str, at: Span, files: Files) -> Diagnostic | None:
    if ".." in name or not files.has(f"{folder}/{name}"):
        hint = "put the file there, or correct the name"
        return Diagnostic.error("missing-master", f'there is no "{name}" in {folder}', at, hint)
    if not name.lower().endswith(_MASTERS[piece]):
        hint = f"use a {' or '.join(_MASTERS[piece])} file"
        return Diagnostic.error("wrong-master", f'a {piece} cannot be poured into "{name}"', at, hint)
    return None


def _check_names(model: Any, yaml: YamlText, settings: Settings) -> list[Diagnostic]:
    found = []
    stem = PurePosixPath(yaml.file).stem
    if model.id != stem:
        message = f'the id "{model.id}" is not the file\'s name "{stem}"'
        found.append(
            Diagnostic.error(
                "id-not-file-name", message, yaml.span("id"), f'rename the file, or write "id: {stem}"'
            )
        )
    for number, section in enumerate(model.sections):
        for place, slot in enumerate(section.slots):
            if slot.pick and settings.kinds and slot.pick not in settings.kinds:
                at = yaml.span(f"sections.{number}.slots.{place}.pick")
                hints = one_of(slot.pick, settings.kinds)
                found.append(
                    Diagnostic.error("unknown-kind", f'"{slot.pick}" is not a kind of block', at, *hints)
                )
    return found
