"""A block's Markdown → rich text values, tags kept atomic; and the YAML text both its front matter and charts are in.

In: text. Out: values of `collateral.model.content` and diagnostics. Reads no files, evaluates nothing. markdown-it and
PyYAML are imported on the first parse only; `parse_form_cached` needs neither where a form was parsed before.
"""

from collateral.markdown.forms import parse_form
from collateral.markdown.stored import parse_form_cached

__all__ = ["parse_form", "parse_form_cached"]
