"""Digests: what an approval refers to, and what tells caches that something changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collateral.model.library import Digest, Form

PREFIX = "sha256:"


def bytes_digest(data: bytes) -> str:
    """Hex SHA-256 of bytes."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


def block_digest(front: Mapping[str, str], forms: Iterable[Form], files: Mapping[str, str]) -> Digest:
    """The digest of all a block brings to a reader.

    `front` holds the keys of the front matter that reach one (title, claims, customer, internal), `files` the digests of
    designed files and pictures by name. Who the block is for, and until when, may change without a new approval.
    Trailing blanks and the order of the forms do not count.
    """
    lines = [f"{key}={front[key]}" for key in sorted(front)]
    for form in sorted(forms, key=lambda f: (f.piece, f.wording)):
        lines.append(f"form {form.piece} {form.wording} {form.layout or ''}")
        lines += [line.rstrip() for line in form.source.strip("\n").split("\n")]
    lines += [f"file {name} {files[name]}" for name in sorted(files)]
    return Digest(PREFIX + bytes_digest("\n".join(lines).encode()))


def claim_digest(says: str, source: str) -> Digest:
    """The short digest of what a claim says and rests on, however its lines are broken."""
    lines = [" ".join(text.split()) for text in (says, source)]
    return Digest(bytes_digest("\n".join(lines).encode())[:16])


def library_digest(files: Mapping[str, str], version: str) -> Digest:
    """The digest of all files of a library by path, and the version of what reads them."""
    lines = [version, *(f"{path}\t{files[path]}" for path in sorted(files))]
    return Digest(PREFIX + bytes_digest("\n".join(lines).encode()))
