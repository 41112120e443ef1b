"""Parsed forms kept between runs, so that making a piece from known content never parses Markdown."""

from __future__ import annotations

from collections.abc import MutableMapping

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.hashes import blake2b
from collateral.model.content import FormContent
from collateral.model.library import Form
from collateral.model.sealed import seal, unseal

KIND = "form-4"  # to be raised when forms are read differently


def form_key(form: Form, file: str) -> str:
    """The name a parsed form is kept under: a digest of everything its content and places depend on."""
    parts = (KIND, form.piece, form.wording, form.layout or "", str(form.line), file, form.source)
    return blake2b("\0".join(parts).encode(), digest_size=32).hexdigest()


def parse_form_cached(
    form: Form, *, file: str, store: MutableMapping[str, bytes]
) -> tuple[FormContent, list[Diagnostic]]:
    """As `parse_form`, through a store of bytes. What the store holds is checked, and ignored when it is not ours."""
    key = form_key(form, file)
    data = store.get(key)
    kept = unseal(data, KIND) if data is not None else None
    if isinstance(kept, tuple) and len(kept) == 2 and isinstance(kept[0], FormContent):
        return kept[0], list(kept[1])
    from collateral.markdown.forms import parse_form

    content, diagnostics = parse_form(form, file=file)
    store[key] = seal((content, tuple(diagnostics)), KIND)
    return content, diagnostics
