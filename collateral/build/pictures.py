"""Pictures of the workspace, read once and made ready for Office.

Paths come from plans, where they are already relative to the workspace; a path that leaves it, through `..` or a link,
is refused here once more, because a file read here ends up in front of a customer.
"""

from __future__ import annotations

from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.build.stores import ByteStore
from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hashes import blake2b
from collateral.model.sealed import seal, unseal

if TYPE_CHECKING:
    from collateral.ooxml.values import Image
    from collateral.render.email import Logo

MAX_KEPT = 64
MAX_READ = 64 * 1024 * 1024
"""Bytes: more than any picture may have."""
KIND = "picture-3"
_kept: dict[tuple[str, int, int, int, int], tuple[Image | None, list[Diagnostic]]] = {}


class PictureShelf:
    """The pictures under one folder."""

    def __init__(self, root: Path, cache_folder: Path | None = None) -> None:
        self.root = root
        self._store = ByteStore(cache_folder / "pictures" if cache_folder else None)

    def image(self, source: str) -> tuple[Image | None, list[Diagnostic]]:
        """The picture at a path relative to the workspace; None with the reason."""
        path, found = self._resolve(source)
        if path is None:
            return None, found
        try:
            stat = path.stat()
            key = (str(path), stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if key not in _kept:
                if len(_kept) >= MAX_KEPT:
                    _kept.pop(next(iter(_kept)))
                _kept[key] = self._loaded(_read(path), source)
        except OSError as error:
            return None, [
                Diagnostic.error(
                    "missing-picture",
                    f'cannot read the picture "{source}": {error.strerror or error}',
                    Span(source),
                )
            ]
        image, problems = _kept[key]
        return image, list(problems)

    def _loaded(self, data: bytes, source: str) -> tuple[Image | None, list[Diagnostic]]:
        """The picture made ready; what took work (drawing an SVG, decoding) is kept in the cache folder."""
        from collateral.ooxml.values import Image

        key = f"{KIND}-{blake2b(data, digest_size=20).hexdigest()}"
        sealed = self._store.get(key)
        fields = unseal(sealed, KIND) if sealed is not None else None
        if isinstance(fields, tuple):
            return Image(*fields), []
        from collateral.ooxml.drawing.pictures import load_image

        image, found = load_image(data, name=source)
        if image is not None and image.data != data:
            self._store[key] = seal(tuple(getattr(image, name) for name in Image.__match_args__), KIND)
        return image, found

    def logo(self, source: str) -> tuple[Logo | None, list[Diagnostic]]:
        """A picture as mail programs show it inline."""
        from collateral.render.email import Logo

        image, found = self.image(source)
        if image is None:
            return None, found
        return Logo(image.data, image.content_type.removeprefix("image/")), found

    def _resolve(self, source: str) -> tuple[Path | None, list[Diagnostic]]:
        from collateral.write import leads_straight

        path = self.root / source
        if leads_straight(self.root, path):
            return path, []
        root = self.root.resolve()
        try:
            path = (root / source).resolve()
        except ValueError:  # characters no path has
            path = Path("/")
        except (OSError, RuntimeError):  # a link that leads to itself, which cannot be opened either
            path = Path(normpath(root / source))
        if not path.is_relative_to(root):
            return None, [
                Diagnostic.error(
                    "path-outside-workspace",
                    f'"{source}" leads out of the folder "{root.name}"',
                    Span(source),
                    "put the picture into it",
                )
            ]
        return path, []


def _read(path: Path) -> bytes:
    """The bytes of a file; whatever else has a name in a folder could keep a reader waiting for ever."""
    if not path.is_file() and not path.is_dir():
        raise OSError("it is no file")
    with path.open("rb") as file:
        return file.read(MAX_READ)
