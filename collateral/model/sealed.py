"""Values as bytes for the caches, and back again without trust.

A sealed value is: magic, kind, checksum, pickle. `unseal` gives None for anything damaged, cut short, of another kind,
made by other code of ours, and its unpickler admits nothing but the classes of `collateral.model` and `collateral.diagnostics` (and dates
and decimals), so that a foreign file can at worst be ignored.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from pathlib import Path

from collateral.diagnostics.hashes import blake2b

MAGIC = b"collateral-cache-2\n"
_PLAIN = {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}
_CODE = (
    "diagnostics",
    "model",
    "load",
    "markdown",
    "expressions",
    "plan",
    "build",
)  # what decides the shape of kept values
_OURS = ("collateral.model.", "collateral.diagnostics.")


class _ModelUnpickler(pickle.Unpickler):
    """Admits our own values only: never a function, never a class of another package."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("builtins", "getattr"):
            return _member
        plain = _PLAIN.get((module, name))
        if plain is not None:
            return plain
        if module.startswith(_OURS) and "." not in name:
            __import__(module)
            found = getattr(sys.modules[module], name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a cache")


def _member(kind: object, name: object) -> Enum:
    """A member of an enumeration: how Python 3.11 pickled those up to 3.11.3, and all that its `getattr` is good for here."""
    if not isinstance(kind, type) or not issubclass(kind, Enum) or not isinstance(name, str):
        raise pickle.UnpicklingError(f"{name} of {kind} has no place in a cache")
    return kind[name]


def seal(value: object, kind: str) -> bytes:
    """The value as bytes. `kind` names what it is and its version; `unseal` wants the same."""
    payload = pickle.dumps(value, protocol=5)
    return MAGIC + _checksum(kind, payload) + payload


def unseal(data: bytes, kind: str) -> object | None:
    """The value, or None when the bytes are not exactly what `seal` made for this kind."""
    start = len(MAGIC) + 32
    payload = memoryview(data)[start:]
    if not data.startswith(MAGIC) or data[len(MAGIC) : start] != _checksum(kind, payload):
        return None
    collecting = gc.isenabled()
    gc.disable()  # what is made here is all kept: collecting garbage meanwhile doubles the time
    try:
        value: object = _ModelUnpickler(io.BytesIO(payload)).load()
        return value
    except (
        pickle.UnpicklingError,
        AttributeError,
        ImportError,
        TypeError,
        ValueError,
        EOFError,
        LookupError,
    ):
        return None  # written by another version of our own classes: as good as absent
    finally:
        if collecting:
            gc.enable()


def _checksum(kind: str, payload: bytes | memoryview) -> bytes:
    digest = blake2b(kind.encode(), digest_size=32)
    digest.update(b"\0" + sys.version.encode() + b"\0" + code_version() + b"\0")
    digest.update(payload)
    return digest.digest()


@lru_cache(1)
def code_version() -> bytes:
    """The state of the code that makes and reads sealed values: names, sizes and times of its files.

    Python trusts size and time of a source file before it runs its byte code; so does this.
    """
    package = Path(__file__).parents[1]
    lines: list[str] = []
    for folder in _CODE:
        with os.scandir(package / folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    stat = entry.stat()
                    lines.append(f"{folder}/{entry.name} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(sorted(lines)).encode()
