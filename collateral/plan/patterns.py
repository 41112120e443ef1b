"""Short texts with tags that are not Markdown: file names, subjects, labels of charts.

In: a text such as `{{ prospect.short_name }} – pitch`. Out: the text with its tags filled. Conditions and loops have no
place here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from collateral.diagnostics import Span
from collateral.plan.tags import Tags

_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def whole_tag(text: str) -> str | None:
    """The expression of a text that is one `{{ tag }}` and nothing else."""
    found = _TAG.fullmatch(text.strip())
    return found.group(1).strip() if found else None


def fill_pattern(
    text: str, tags: Tags, at: Span | None = None, local: Mapping[str, object] | None = None
) -> str:
    """The text with each tag replaced by its value; a tag without a value leaves a gap and a diagnostic."""

    def filled(tag: re.Match[str]) -> str:
        source = tag.group(1).strip()
        return tags.text(tags.value(source, at, local), at, source)

    return _TAG.sub(filled, text)
