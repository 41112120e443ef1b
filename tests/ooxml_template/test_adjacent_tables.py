"""Tables that come to stand one right behind the other: Word would make one table of them."""

from __future__ import annotations

import re

import pytest
from template_builders import member, p, tbl, tc, tr, word

from collateral.ooxml import fill
from collateral.ooxml.values import Fragment

_TABLE = tbl(tr(tc(p("a")), tc(p("b"))))
_HEADING = '<w:pStyle w:val="Heading1"/>'


def _control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _blocks(body: str, **data: object) -> str:
    """What stands in a filled body: T for a table, p for a paragraph outside of tables."""
    made, problems = fill(word(body + p("end")), data)
    assert made is not None, problems
    xml = re.sub(r"<w:tbl>.*?</w:tbl>", "<T/>", member(made, "word/document.xml"), flags=re.DOTALL)
    return "".join("T" if found == "<T/>" else "p" for found in re.findall(r"<T/>|<w:p[ />]", xml))


_LOOP = p("{%p for x in xs %}"), p("{%p endfor %}")
_IF = p("{%p if x %}"), p("{%p endif %}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (_LOOP[0] + _TABLE + _LOOP[1], "TpTpTp"),
        (p("{% for x in xs %}") + _TABLE + p("{% endfor %}"), "TpTpTp"),
        (_LOOP[0] + _control(_TABLE) + _LOOP[1], "TpTpTp"),
        (_LOOP[0] + p("{{ x.none }}") + _TABLE + _LOOP[1], "TpTpTp"),
        (_LOOP[0] + p("name") + _TABLE + _LOOP[1], "pTpTpTp"),
        (_LOOP[0] + _TABLE + p("name") + _LOOP[1], "TpTpTpp"),
        (_TABLE + _LOOP[0] + _TABLE + _LOOP[1] + _TABLE, "TpTpTpTpTp"),
        (_LOOP[0] + _IF[0] + _TABLE + _IF[1] + p("{%p if not x %}") + _TABLE + _IF[1] + _LOOP[1], "TpTpTp"),
        (_LOOP[0] + p("{%p if x %}") + _TABLE + p("{%p else %}") + _TABLE + _IF[1] + _LOOP[1], "TpTpTp"),
        (_TABLE + _TABLE, "TTp"),
    ],
)
def test_tables_of_turns_and_branches_stay_tables_of_their_own(body: str, expected: str) -> None:
    assert _blocks(body, xs=[{"none": ""}] * 3, x=True) == expected


def test_table_that_goes_leaves_nothing_before_it() -> None:
    rows = tbl(tr("{%tr for y in x.ys %}", ""), tr("{{ y }}", ""), tr("{%tr endfor %}", ""))
    assert _blocks(_LOOP[0] + rows + _LOOP[1], xs=[{"ys": [1]}, {"ys": []}, {"ys": [1]}]) == "TpTp"


def test_what_parts_two_tables_shows_nothing_of_a_heading_that_went() -> None:
    body = _TABLE + p("{{ v }}", properties=_HEADING) + _TABLE + p("end")
    made, _ = fill(word(body), {"v": ""})
    assert made is not None and "Heading1" not in member(made, "word/document.xml")


def test_tables_in_a_cell_are_kept_apart_too() -> None:
    body = tbl(tr(tc(_LOOP[0] + _TABLE + _LOOP[1]), "b"))
    made, _ = fill(word(body + p("end")), {"xs": [1, 2]})
    assert made is not None
    assert not re.search(r"</w:tbl>(?!</w:tc>)<w:tbl>", member(made, "word/document.xml"))


def test_content_that_begins_or_ends_with_a_table_is_kept_apart_from_its_neighbours() -> None:
    content = Fragment.of("block", tbl(tr("a", "b")).encode())
    assert _blocks(_TABLE + p("{{p x }}") + _TABLE + p("{{p x }}"), x=content) == "TpTpTpTp"
