"""The text of `prospects/ID.yaml` → `Prospect`, checked against the library's vocabulary."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.load.facts import bare_map, fact_types, is_wrapper, make_prospect
from collateral.load.files import shown_path
from collateral.load.text import decode
from collateral.load.validate import check_file
from collateral.markdown.yaml import read_yaml
from collateral.model.library import Library
from collateral.model.prospect import Prospect


def read_profile(data: bytes, path: Path, library: Library) -> tuple[Prospect | None, list[Diagnostic]]:
    """One profile from its file's bytes. None when it cannot be read or has no name; a wrong fact is only left out."""
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
    diagnostics += _check_id(yaml.value.get("id"), path.stem, yaml.span("id"))
    types = fact_types(library)
    prospect, problems = make_prospect(
        path.stem, yaml.value, library, path=name, folder=str(PurePosixPath(name).parent), place=yaml.place
    )
    yaml.value = {
        key: _plain_fact(value, types.get(key))
        for key, value in yaml.value.items()
        if value not in (None, "")
    }
    _, wrong = check_file(yaml, "prospect")
    wrong = [d for d in wrong if not any(d.at == p.at for p in problems)]
    diagnostics += [*problems, *wrong]
    prospect = _without(prospect, wrong, yaml.places)
    if "name" not in prospect.facts:
        return None, diagnostics
    return prospect, diagnostics


def _check_id(given: object, stem: str, at: Span) -> list[Diagnostic]:
    """A prospect is known by its file's name; an id of its own has nothing to say."""
    if given in (None, "", stem) or str(given) == stem:
        return []
    message = f'the id "{given}" is not the file\'s name "{stem}", by which the prospect is known'
    return [Diagnostic.warning("id-not-file-name", message, at, "rename the file, or leave the id out")]


def _plain_fact(value: object, type_: str | None) -> object:
    bare = bare_map(value, type_)
    return _plain(value) if bare is value else bare


def _plain(value: object) -> object:
    """The profile as its schema sees it: `{value, source, as_of}` unwrapped, blanks left out."""
    if isinstance(value, dict):
        if is_wrapper(value):
            return _plain(value["value"])
        return {key: _plain(item) for key, item in value.items() if item is not None and item != ""}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _without(prospect: Prospect, wrong: list[Diagnostic], places: object) -> Prospect:
    """The profile without the top-level facts that have an error."""
    bad = {key.partition(".")[0] for d in wrong for key, span in prospect.spans.items() if span == d.at}
    return replace(prospect, facts={key: value for key, value in prospect.facts.items() if key not in bad})
