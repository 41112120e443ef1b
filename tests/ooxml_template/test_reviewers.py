"""The names of people who reviewed a template leave the file with the last of what they wrote."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI as WordURI
from docx.opc.part import Part as WordPart
from lxml import etree
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

sys.path.insert(0, str(Path(__file__).parent))
from template_builders import _saved as saved
from template_builders import member

from collateral.ooxml import fill
from collateral.ooxml.package import open_package
from collateral.ooxml.validate import validate_package

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PEOPLE = "http://schemas.microsoft.com/office/2011/relationships/people"
AUTHORS = "http://schemas.microsoft.com/office/2018/10/relationships/authors"
MODERN = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml."


def _related(part: Any, name: str, kind: str, relation: str, xml: str) -> None:
    if isinstance(part, WordPart):
        made: Any = WordPart(WordURI(name), kind, xml.encode(), part.package)
    else:
        made = Part(PackURI(name), kind, part.package, xml.encode())
    part.relate_to(made, relation)


def _document(*texts: str, commented: int | None = None, changed: str = "") -> bytes:
    """A document that Ann Reviewer commented (the paragraph of this number) and changed ("body" or "header")."""
    made = Document()
    for number, text in enumerate(texts):
        paragraph = made.add_paragraph(text)
        if number == commented:
            mark = etree.fromstring(f'<w:commentReference {W} w:id="3"/>')
            paragraph.add_run()._r.append(mark)
    change = etree.fromstring(
        f'<w:ins {W} w:id="9" w:author="Ann Reviewer"><w:r><w:t>new</w:t></w:r></w:ins>'
    )
    places = {"body": made.paragraphs, "header": made.sections[0].header.paragraphs}
    for paragraph in places.get(changed, [])[:1]:
        paragraph._p.append(change)
    if commented is not None:
        comment = (
            '<w:comment w:id="3" w:author="Ann Reviewer"><w:p><w:r><w:t>hm</w:t></w:r></w:p></w:comment>'
        )
        xml = f"<w:comments {W}>{comment}</w:comments>"
        _related(made.part, "/word/comments.xml", f"{WORD}comments+xml", OFFICE + "comments", xml)
    people = '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="Ann Reviewer"/></w15:people>'
    _related(made.part, "/word/people.xml", f"{WORD}people+xml", PEOPLE, people)
    return saved(made)


def _filled(source: bytes, **data: object) -> bytes:
    made, found = fill(source, data)
    assert made is not None, found
    return made


def _says(data: bytes, word: bytes = b"Ann Reviewer") -> bool:
    package = zipfile.ZipFile(io.BytesIO(data))
    return any(word in package.read(name) for name in package.namelist())


def _leaks(data: bytes) -> set[str]:
    package, _ = open_package(data)
    assert package is not None
    return {found.code for found in validate_package(package)} & {"comment-left", "comment-author-left"}


def test_names_that_no_comment_and_no_change_bears_are_not_in_the_file() -> None:
    assert not _says(_filled(_document("Hello {{ name }}"), name="Els"))
    assert _leaks(_filled(_document("Hello {{ name }}"), name="Els")) == set()


@pytest.mark.parametrize("changed", ["body", "header"])
def test_names_of_who_changed_something_stay(changed: str) -> None:
    made = _filled(_document("Hello {{ name }}", changed=changed), name="Els")
    assert "Ann Reviewer" in member(made, "word/people.xml")


def test_names_go_with_the_last_comment_and_so_do_the_parts_of_comments() -> None:
    source = _document("{%p if shown %}", "text", "{%p endif %}", "end", commented=1)
    assert _leaks(_filled(source, shown=True)) == {"comment-left", "comment-author-left"}
    gone = _filled(source, shown=False)
    assert not _says(gone) and not _says(gone, b"comments.xml") and not _says(gone, b"people.xml")
    assert _leaks(gone) == set()


def test_names_stay_with_a_change_that_stays_when_the_comments_go() -> None:
    source = _document("kept", "{%p if shown %}", "text", "{%p endif %}", commented=2, changed="body")
    made = _filled(source, shown=False)
    assert "Ann Reviewer" in member(made, "word/people.xml") and not _says(made, b"comments.xml")


def _deck(commented: int | None, *, modern: bool) -> bytes:
    made = Presentation()
    for title in ("{%slide if first %}One", "{%slide if second %}Two"):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = title
    kind, relation = (
        ("application/vnd.ms-powerpoint.comments+xml", MODERN)
        if modern
        else (f"{SLIDES}comments+xml", OFFICE + "comments")
    )
    if commented is not None:
        part = made.slides[commented].part
        _related(
            part, "/ppt/comments/comment1.xml", kind, relation, f'<p:cmLst {P}><p:cm authorId="0"/></p:cmLst>'
        )
    if modern:
        kind, relation, name = "application/vnd.ms-powerpoint.authors+xml", AUTHORS, "/ppt/authors.xml"
    else:
        kind, relation, name = (
            f"{SLIDES}commentAuthors+xml",
            OFFICE + "commentAuthors",
            "/ppt/commentAuthors.xml",
        )
    authors = f'<p:cmAuthorLst {P}><p:cmAuthor id="0" name="Ann Reviewer"/></p:cmAuthorLst>'
    _related(made.part, name, kind, relation, authors)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("modern", [False, True])
def test_names_of_who_commented_go_with_the_last_slide_that_has_comments(modern: bool) -> None:
    source = _deck(1, modern=modern)
    assert _says(_filled(source, first=True, second=True))
    gone = _filled(source, first=True, second=False)
    assert not _says(gone) and not _says(gone, b"uthors.xml")
    assert _leaks(gone) == set()
    assert _says(_filled(source, first=True, second=True))


@pytest.mark.parametrize("modern", [False, True])
def test_comments_of_a_slide_stay_with_it(modern: bool) -> None:
    source = _deck(1, modern=modern)
    assert _says(_filled(source, first=True, second=True), b"comment1.xml")
    assert not _says(_filled(source, first=True, second=False), b"comment1.xml")


@pytest.mark.parametrize("modern", [False, True])
def test_names_of_who_commented_no_slide_are_not_in_the_deck(modern: bool) -> None:
    assert not _says(_filled(_deck(None, modern=modern), first=True, second=True))
