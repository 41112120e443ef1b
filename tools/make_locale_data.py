"""Write collateral/expressions/locale_data.py: what Babel knows of the languages that shall not need Babel.

python tools/make_locale_data.py
"""

from __future__ import annotations

from pathlib import Path
from pprint import pformat

from collateral.expressions.locales import facts_from_babel

LANGUAGES = ("en", "nl", "de", "fr", "es")
TARGET = Path(__file__).parents[1] / "collateral" / "expressions" / "locale_data.py"
HEAD = '''"""Numbers, money, dates and lists in some languages, out of the CLDR (Unicode licence) by way of Babel.

Written by tools/make_locale_data.py; the fields are those of `LocaleFacts`, in its order. A test compares it with Babel.
"""

from __future__ import annotations

from typing import Any

# fmt: off
LOCALES: dict[str, tuple[Any, ...]] = {
'''


def main() -> None:
    """Write the table."""
    entries = [
        f'    "{tag}": {pformat(tuple(facts_from_babel(tag)), width=110, compact=True)},\n'
        for tag in LANGUAGES
    ]
    TARGET.write_text(HEAD + "".join(entries) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
