"""A block's Markdown → rich text values, tags kept atomic; and the YAML text both its front matter and charts are in.

In: text. Out: values of `collateral.model.content` and diagnostics. Reads no files, evaluates nothing. The parser is imported
at the first parse only; `parse_form_cached` does without it where a form was parsed before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collateral.markdown.stored import parse_form_cached

if TYPE_CHECKING:
    from collateral.diagnostics import Diagnostic
    from collateral.model.content import FormContent
    from collateral.model.library import Form

__all__ = ["parse_form", "parse_form_cached"]


def parse_form(form: Form, *, file: str) -> tuple[FormContent, list[Diagnostic]]:
    """The form's content, as far as it can be read, and what is wrong with it."""
    from collateral.markdown.forms import parse_form as parse

    return parse(form, file=file)
