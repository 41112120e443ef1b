"""`prospects/ID.yaml` → `Prospect`, checked against the library's vocabulary."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath

from collateral.diagnostics import Diagnostic, Span
from collateral.load.facts import make_prospect
from collateral.load.files import inside_workspace, stat_file
from collateral.load.library import picture_problem
from collateral.load.text import decode
from collateral.model.library import Library
from collateral.model.prospect import Prospect

FOLDER = "prospects"
_SUFFIXES = (".yaml", ".yml")


def prospect_ids(root: Path) -> tuple[str, ...]:
    """The ids of all profiles of a workspace, sorted."""
    try:
        names = [path.name for path in (root / FOLDER).iterdir()]
    except OSError:
        return ()
    return tuple(
        sorted({Path(n).stem for n in names if n.endswith(_SUFFIXES) and not n.startswith((".", "~$"))})
    )


def find_prospect(which: str | Path, root: Path) -> Path | None:
    """The file of a prospect named by id or by path."""
    text = str(which)
    if isinstance(which, Path) or text.endswith(_SUFFIXES) or "/" in text or os.sep in text:
        given = Path(which)
        found = [path for path in (given, root / given) if path.is_file()]
        return found[0] if found else None
    for suffix in _SUFFIXES:
        path = root / FOLDER / f"{text}{suffix}"
        if path.is_file():
            return path
    return None


def missing_prospect(which: str | Path, root: Path) -> Diagnostic:
    """What to say when there is no such prospect."""
    from collateral.load.validate import suggest

    hints = suggest(Path(which).stem, prospect_ids(root)) or (f"put the profile into {FOLDER}/",)
    return Diagnostic.error("unknown-prospect", f'there is no prospect "{which}"', Span(f"{FOLDER}/"), *hints)


def shown_path(path: Path, root: Path) -> str:
    """The path as messages and records show it: relative to the workspace where it lies inside."""
    try:
        return path.absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        return path.name


def read_prospect(data: bytes, path: Path, library: Library) -> tuple[Prospect | None, list[Diagnostic]]:
    """One profile from its file's bytes. None when it cannot be read or has no name; a wrong fact is only left out."""
    from collateral.load.validate import check_file
    from collateral.markdown.yaml import read_yaml

    root = Path(library.root)
    name = shown_path(path, root)
    text, diagnostics = decode(data, name)
    if text is None:
        return None, diagnostics
    yaml, problems = read_yaml(text, name)
    diagnostics += problems
    if yaml is None:
        return None, diagnostics
    if not isinstance(yaml.value, dict):
        message = (
            "the profile is empty" if yaml.value is None else "a profile must be a map of keys and values"
        )
        return None, [
            *diagnostics,
            Diagnostic.error("bad-value", message, Span(name, 1, 1), 'begin with "name: …"'),
        ]
    prospect, problems = make_prospect(
        path.stem, yaml.value, library, path=name, folder=str(PurePosixPath(name).parent), place=yaml.span
    )
    yaml.value = _plain(yaml.value)
    _, wrong = check_file(yaml, "prospect")
    wrong = [d for d in wrong if not any(d.at == p.at for p in problems)]
    diagnostics += [*problems, *wrong]
    prospect = _without(prospect, wrong, yaml.places)
    if "name" not in prospect.facts:
        return None, diagnostics
    prospect, problems = _check_logo(prospect, path, root)
    return prospect, [*diagnostics, *problems]


def _plain(value: object) -> object:
    """The profile as its schema sees it: `{value, source, as_of}` unwrapped, blanks left out."""
    if isinstance(value, dict):
        if "value" in value and set(value) <= {"value", "source", "as_of"}:
            return _plain(value["value"])
        return {key: _plain(item) for key, item in value.items() if item is not None and item != ""}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _without(prospect: Prospect, wrong: list[Diagnostic], places: object) -> Prospect:
    """The profile without the top-level facts that have an error."""
    bad = {key.partition(".")[0] for d in wrong for key, span in prospect.spans.items() if span == d.at}
    return replace(prospect, facts={key: value for key, value in prospect.facts.items() if key not in bad})


def _check_logo(prospect: Prospect, path: Path, root: Path) -> tuple[Prospect, list[Diagnostic]]:
    """A logo must be a picture beside the profile or elsewhere in the workspace."""
    logo = prospect.facts.get("logo")
    if not isinstance(logo, str):
        return prospect, []
    within = root if inside_workspace(root, "", shown_path(path, root)) else path.absolute().parent
    folder = prospect.folder if within == root else ""
    found = inside_workspace(within, folder, logo)
    problem = _picture_problem(within, found, logo)
    if problem is None:
        return prospect, []
    facts = {key: value for key, value in prospect.facts.items() if key != "logo"}
    at = prospect.spans.get("logo")
    return replace(prospect, facts=facts), [
        Diagnostic.error(problem[0], problem[1], at, "correct or remove the logo")
    ]


def _picture_problem(root: Path, path: str | None, reference: str) -> tuple[str, str] | None:
    if path is None:
        return "path-outside-workspace", f'"{reference}" leads out of the workspace'
    stat = stat_file(root / path)
    if stat is None or not (root / path).is_file():
        return "missing-picture", f'there is no picture "{reference}"'
    return picture_problem(root / path, stat[0])
