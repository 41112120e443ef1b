"""The engine alone: any tagged Office file, any data; no workspace needed.

In: a template and a data file. Out: the filled file and what was wrong. Texts in the data that stand where a picture is
wanted name a file beside or below the data file; nowhere else is a value ever a path.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.expressions import Formats
from collateral.expressions.errors import ExpressionError
from collateral.expressions.locales import locale_facts
from collateral.expressions.typography import composed
from collateral.write import write_file

if TYPE_CHECKING:
    from collateral.build.pictures import PictureShelf
    from collateral.ooxml.template.compiling.inspect import FieldUse
    from collateral.ooxml.template.filling.deck import DeckTemplate
    from collateral.ooxml.template.filling.document import DocumentTemplate
    from collateral.ooxml.template.filling.face import Chunks

MAX_DATA = 64 * 1024 * 1024
_ENDINGS = {".docx": ".docx", ".dotx": ".docx", ".pptx": ".pptx", ".potx": ".pptx", ".ppsx": ".ppsx"}
"""How the filled file of a template ends, by the ending of the template."""


_STREAM = "standard input"
"""What messages call data that come from no file; they are JSON when they begin as JSON does."""


@dataclass(frozen=True, slots=True)
class FillResult:
    """What became of one fill."""

    path: Path | None
    diagnostics: tuple[Diagnostic, ...]

    def to_dict(self) -> dict[str, object]:
        """Plain data for --json."""
        found = [d.to_dict() for d in self.diagnostics]
        return {"path": str(self.path) if self.path else None, "diagnostics": found}


class Piped(NamedTuple):
    """Data that came through a pipe, and the folder their pictures lie in."""

    data: bytes
    folder: Path


def fill_file(
    file: Path, source: Path | Piped, output: Path, *, language: str = "en", currency: str = "EUR"
) -> FillResult:
    """Fill `file` with the values of a data file, or with piped data, and write the result to `output`."""
    unfit = _unfit_output(file, source, output)
    if unfit is not None:
        return FillResult(None, (unfit,))
    filled, found = fill_to_bytes(file, source, language=language, currency=currency)
    if filled is None:
        return FillResult(None, tuple(found))
    written = write_file(output, filled)
    if isinstance(written, Diagnostic):
        return FillResult(None, (*found, written))
    return FillResult(written.path, tuple(found))


def fill_to_bytes(
    file: Path, source: Path | Piped, *, language: str = "en", currency: str = "EUR"
) -> tuple[Chunks | None, list[Diagnostic]]:
    """`file` filled with the values of a data file, or with piped data; None with errors."""
    from collateral.ooxml import compile_template

    unknown = _unknown_language(language)
    if unknown is not None:
        return None, [unknown]
    data, found = read_data(source) if isinstance(source, Path) else _as_mapping(source.data, _STREAM)
    if data is None:
        return None, found
    template, problems = compile_template(file)
    found += problems
    if template is None or has_errors(found):
        return None, found
    data, problems = _with_pictures(data, file, source.parent if isinstance(source, Path) else source.folder)
    found += problems
    filled, problems = _filled(template, data, Formats(language, currency))
    found += problems
    return (None if has_errors(found) else filled), found


def _unfit_output(file: Path, source: Path | Piped, output: Path) -> Diagnostic | None:
    """Why nothing may be written to `output`: it would replace what is read, or no program would open it."""
    shown = Span(str(output))
    for read, name in ((file, "template"), (source, "data file")):
        if isinstance(read, Path) and _is_same(output, read):
            message = f"the output is the {name} itself, which would be lost"
            return Diagnostic.error("output-is-input", message, shown, "name another file with -o")
    ending = _ENDINGS.get(file.suffix.lower())
    if ending is None or output.suffix.lower() == ending:
        return None
    message = f'"{file.name}" becomes a {ending} file, which programs do not open under this name'
    hint = (
        f'name it "{output.with_suffix(ending).name}"' if output.stem.strip(".-") else "name a file with -o"
    )
    return Diagnostic.error("wrong-ending", message, shown, hint)


def _unknown_language(language: str) -> Diagnostic | None:
    try:
        locale_facts(language)
    except ExpressionError as problem:
        hint = "give a tag such as en, en-GB or nl with --language"
        return Diagnostic.error("unknown-language", str(problem), None, hint)
    return None


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also through folders that are not there yet or in another spelling."""
    with suppress(OSError, RuntimeError):
        return one.resolve() == other.resolve() or one.samefile(other)
    return False


def _filled(
    template: DeckTemplate | DocumentTemplate, data: Mapping[str, Any], formats: Formats
) -> tuple[Chunks | None, list[Diagnostic]]:
    from collateral.build.table_text import measure_cell
    from collateral.ooxml.template.filling.deck import DeckTemplate

    if isinstance(template, DeckTemplate):
        return template.fill(data, formats=formats, measure=measure_cell)
    return template.fill(data, formats=formats)


def read_data(file: Path) -> tuple[Mapping[str, Any] | None, list[Diagnostic]]:
    """The mapping in a YAML or JSON file; None with errors where it is none."""
    shown = file.name
    try:
        raw = file.read_bytes()
    except OSError as error:
        return None, [
            Diagnostic.error("unreadable-file", f"cannot read it: {error.strerror or error}", Span(shown))
        ]
    return _as_mapping(raw, shown)


def _as_mapping(raw: bytes, shown: str) -> tuple[Mapping[str, Any] | None, list[Diagnostic]]:
    if len(raw) > MAX_DATA:
        return None, [
            Diagnostic.error("file-too-large", f"{len(raw)} bytes, the limit is {MAX_DATA}", Span(shown))
        ]
    value, found = _parsed(raw, shown)
    if has_errors(found):
        return None, found
    if not isinstance(value, Mapping):
        return None, [
            *found,
            Diagnostic.error(
                "not-a-mapping", "the data must be a mapping of names to values", Span(shown, 1)
            ),
        ]
    return value, found


def _parsed(raw: bytes, shown: str) -> tuple[object, list[Diagnostic]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [
            Diagnostic.error(
                "wrong-encoding", f"byte 0x{raw[error.start]:02x} is not UTF-8", Span(shown, line)
            )
        ]
    if shown.lower().endswith(".json") or (shown == _STREAM and text.lstrip().startswith(("{", "["))):
        found: list[Diagnostic] = []
        try:
            return json.loads(text, object_pairs_hook=partial(_object, found, shown)), found
        except (ValueError, RecursionError) as error:
            at = Span(shown, getattr(error, "lineno", None), getattr(error, "colno", None))
            message = str(
                getattr(error, "msg", "it is nested too deep, or a number in it has thousands of digits")
            )
            return None, [Diagnostic.error("bad-json", message.lower(), at)]
    from collateral.markdown.yaml import read_yaml

    yaml, found = read_yaml(text, shown)
    return (yaml.value if yaml is not None else None), found


def _object(found: list[Diagnostic], shown: str, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a key it has twice is noted, for one of its values would be lost."""
    keys = [composed(key) for key, _ in pairs]
    made = dict(zip(keys, (value for _, value in pairs), strict=True))
    if len(made) < len(pairs):
        twice = next(key for key, count in Counter(keys).items() if count > 1)
        found.append(
            Diagnostic.error("duplicate-key", f'an object has the key "{twice}" more than once', Span(shown))
        )
    return made


def _with_pictures(
    data: Mapping[str, Any], file: Path, folder: Path
) -> tuple[Mapping[str, Any], list[Diagnostic]]:
    """The data with a picture in place of each path that stands where the template wants a picture."""
    from collateral.build.pictures import PictureShelf
    from collateral.ooxml import inspect
    from collateral.ooxml.template.language.reads import steps_of

    inspection, _ = inspect(file)
    shelf, found = PictureShelf(folder), dict[Diagnostic, None]()
    for wanted in inspection.fields if inspection else ():
        if wanted.kind == "picture":
            problems = list[Diagnostic]()
            data = _replaced(data, steps_of(wanted.path), shelf, problems)
            found.update(dict.fromkeys(_at_its_tag(problem, wanted) for problem in problems))
    return data, list(found)


def _at_its_tag(problem: Diagnostic, wanted: FieldUse) -> Diagnostic:
    """What is wrong with a picture, said where the template asks for it."""
    message = f'{problem.message}; "{wanted.tags[0]}" asks for it' if wanted.tags else problem.message
    return replace(problem, message=message, at=wanted.places[0] if wanted.places else problem.at)


def _replaced(value: Any, steps: list[str], shelf: PictureShelf, found: list[Diagnostic]) -> Any:
    """The value with the text at a path ("rows[].photo" as its steps) made a picture; an empty text stays, and so does
    one that is no picture: its problem is enough to be told."""
    if not steps:
        if not isinstance(value, str) or not value.strip():
            return value
        image, problems = shelf.image(value)
        found += problems
        return "" if image is None else image
    first, rest = steps[0], steps[1:]
    if first == "[]" and isinstance(value, list | tuple):
        return [_replaced(item, rest, shelf, found) for item in value]
    if first.startswith("[") and isinstance(value, list | tuple):
        chosen = int(first[1:-1])
        return [_replaced(v, rest, shelf, found) if at == chosen else v for at, v in enumerate(value)]
    if isinstance(value, Mapping) and first in value:
        return {**value, first: _replaced(value[first], rest, shelf, found)}
    return value
