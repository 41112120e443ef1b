"""Prospects on disk: finding them, reading them through the cache, and their logos."""

from __future__ import annotations

import os
from pathlib import Path

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.hints import one_of
from collateral.diagnostics.lazy_dataclass import replace
from collateral.load.cache import read_kept, write_kept
from collateral.load.files import VERSION, inside_workspace, picture_problem, shown_path, stat_file
from collateral.load.text import read_bytes
from collateral.model.library import Library
from collateral.model.prospect import Prospect
from collateral.model.sealed import seal, unseal

FOLDER = "prospects"
KIND = "prospect-2"
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


def unread_profiles(root: Path) -> list[Diagnostic]:
    """A warning for each file in the folder of profiles that is surely meant to be one and is not read."""
    folder = root / FOLDER
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.rglob("*")):
        if path.name.startswith((".", "~$")) or not path.is_file():
            continue
        hint = _unread_because(path, folder)
        if hint:
            name = shown_path(path, root)
            found.append(Diagnostic.warning("unknown-file", f'"{name}" is not read', Span(name), hint))
    return found


def _unread_because(path: Path, folder: Path) -> str:
    """What to do about a file that is not read as a profile; "" for one that is, or that is none."""
    if path.name.lower().endswith((".yaml.txt", ".yml.txt")) or path.suffix in (".YAML", ".YML"):
        return f'name it "{path.name.partition(".")[0]}.yaml"'
    if path.suffix not in _SUFFIXES:
        return ""
    if path.parent != folder:
        return f"put it into {FOLDER}/ itself"
    if path.suffix == ".yml" and path.with_suffix(".yaml").is_file():
        return f'"{path.stem}.yaml" is read in its place; keep one of them'
    return ""


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
    hints = one_of(Path(which).stem, prospect_ids(root)) or (f"put the profile into {FOLDER}/",)
    return Diagnostic.error("unknown-prospect", f'there is no prospect "{which}"', Span(f"{FOLDER}/"), *hints)


def read_prospect(
    path: Path, library: Library, cache_folder: Path | None
) -> tuple[Prospect | None, list[Diagnostic]]:
    """One prospect's file, from the cache when it and the library are as they were; its logo is looked at each time."""
    root = Path(library.root)
    data, problems = read_bytes(path, shown_path(path, root))
    if data is None:
        return None, problems
    prospect, problems = _profile(data, path, library, cache_folder)
    if prospect is None:
        return None, problems
    prospect, more = _check_logo(prospect, path, root)
    return prospect, [*problems, *more]


def _profile(
    data: bytes, path: Path, library: Library, cache_folder: Path | None
) -> tuple[Prospect | None, list[Diagnostic]]:
    name = shown_path(path, Path(library.root))
    parts = (VERSION.encode(), library.digest.encode(), os.fsencode(name), data)
    key = blake2b(b"\0".join(parts), digest_size=32).hexdigest()
    place = cache_folder / "prospects" / key[:2] / key if cache_folder is not None else None
    stored = read_kept(place) if place is not None else None
    kept = unseal(stored, KIND) if stored is not None else None
    if isinstance(kept, tuple) and len(kept) == 2 and isinstance(kept[0], Prospect):
        return kept[0], list(kept[1])
    from collateral.load.profiles import read_profile

    prospect, problems = read_profile(data, path, library)
    if place is not None and prospect is not None:
        write_kept(place, seal((prospect, tuple(problems)), KIND))
    return prospect, problems


def _check_logo(prospect: Prospect, path: Path, root: Path) -> tuple[Prospect, list[Diagnostic]]:
    """A logo must be a picture in the workspace, named from the profile's folder."""
    logo = prospect.facts.get("logo")
    if not isinstance(logo, str):
        return prospect, []
    problem: tuple[str, str] | None
    if path.absolute().is_relative_to(root.absolute()):
        problem = _picture_problem(root, inside_workspace(root, prospect.folder, logo), logo)
    else:
        problem = "path-outside-workspace", f'"{logo}" is not in the workspace, as its profile is not'
    if problem is None:
        return prospect, []
    facts = {key: value for key, value in prospect.facts.items() if key != "logo"}
    hint = f"put profile and logo into {FOLDER}/, or remove the logo"
    found = Diagnostic.error(problem[0], problem[1], prospect.spans.get("logo"), hint)
    return replace(prospect, facts=facts), [found]


def _picture_problem(root: Path, path: str | None, reference: str) -> tuple[str, str] | None:
    if path is None:
        return "path-outside-workspace", f'"{reference}" leads out of the workspace'
    stat = stat_file(root / path)
    if stat is None or not (root / path).is_file():
        return "missing-picture", f'there is no picture "{reference}"'
    return picture_problem(root / path, stat[0])
