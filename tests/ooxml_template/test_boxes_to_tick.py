"""Boxes to tick of a document whose sign comes of a tag: they are ticked when it says so."""

from __future__ import annotations

import re

import pytest
from template_builders import member, p, tbl, tc, word

from collateral.ooxml import fill

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_DRAWN = '<w14:checked w14:val="1"/>'
_SIGN = "{{ '\u2612' if x else '\u2610' }}"


def _box(content: str, state: str = "", signs: tuple[str, str] = ("2612", "2610")) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="{_W14}">{state}<w14:checkedState w14:val="{signs[0]}" w14:font="MS Gothic"/>'
        f'<w14:uncheckedState w14:val="{signs[1]}" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _symbol(code: str) -> str:
    return f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>'


def _line(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def _filled(body: str, **data: object) -> str:
    made, problems = fill(word(body), data)
    assert made is not None, problems
    return member(made, "word/document.xml")


def _states(body: str, **data: object) -> list[str]:
    return re.findall(r'<w14:checked w14:val="(\w*)"/>', _filled(body, **data))


_SYMBOLS = _run("{% if x %}") + _symbol("F0FE") + _run("{% else %}") + _symbol("F0A8") + _run("{% endif %}")


@pytest.mark.parametrize(
    "body",
    [
        _line(_run("Paid "), _box(_run(_SIGN), _DRAWN)),
        _line(_box(_run(_SIGN))),
        _box(p(_SIGN), _DRAWN),
        tbl(f"<w:tr>{_box(tc(p(_SIGN)), _DRAWN)}{tc(p('Paid'))}</w:tr>"),
        _line(_box(_run("{% if x %}\u2612{% else %}\u2610{% endif %}"))),
        _line(_box(_run("{{ '\u2714' if x else '\u25a1' }}"), _DRAWN)),
        _line(_box(_SYMBOLS, "", ("F0FE", "F0A8"))),
        _line(_box(_SYMBOLS, "", ("00FE", "00A8"))),
        _line(_box(_run("{{ '\u2611' if x else '\u2612' }}"), "", ("2611", "2612"))),
        _line(_box(_run("{{ 'w' if x else '&lt;' }}"), "", ("0077", "003C"))),
    ],
    ids=[
        "inline",
        "no state yet",
        "paragraph",
        "cell",
        "condition",
        "other signs",
        "symbols",
        "symbols by letter",
        "cross for no",
        "letters",
    ],
)
def test_box_is_ticked_when_its_sign_says_so(body: str) -> None:
    assert (_states(body, x=True), _states(body, x=False)) == (["1"], ["0"])


def test_boxes_of_a_loop_are_ticked_each_for_itself() -> None:
    body = p("{%p for x in xs %}") + _line(_box(_run(_SIGN), _DRAWN)) + p("{%p endfor %}")
    assert _states(body, xs=[1, 0, 1]) == ["1", "0", "1"]


def test_box_that_shows_neither_sign_or_no_tag_stays_as_it_was_drawn() -> None:
    assert _states(_line(_box(_run("{{ x }}"), _DRAWN)), x="?") == ["1"]
    assert _states(_line(_box(_run("\u2610"), _DRAWN), _run("{{ x }}")), x="?") == ["1"]


def test_paragraph_with_nothing_but_an_empty_box_goes() -> None:
    assert "<w:sdt>" not in _filled(_line(_box(_run("{{ x }}"), _DRAWN)) + p("end"), x="")
