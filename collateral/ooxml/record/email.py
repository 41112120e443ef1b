"""The record of an e-mail: one header that mail programs keep, and digests of the text a person reads.

In: a `Record` or the bytes of an .eml file. Out: the header's name and value, or the record that was in it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from collateral.ooxml.record.digest import digest_text, link_token
from collateral.ooxml.record.values import Item, Record, SlideDigest

HEADER: Final = "X-Collateral-Record"
_LINE: Final = 72
_UNREAD: Final = frozenset(("style", "script", "title"))


def email_header(record: Record) -> tuple[str, str]:
    """Name and value of the header; the value is base64 in lines that fit, folded as RFC 5322 wants."""
    fields: dict[str, Any] = asdict(record)
    for item in fields["items"]:
        item["made"] = item["made"]["content"]
    text = json.dumps(fields, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    packed = b64encode(text.encode()).decode()
    return HEADER, "\r\n ".join(packed[i : i + _LINE] for i in range(0, len(packed), _LINE))


def digest_email(subject: str, text: str) -> str:
    """The digest of what is read; white space may be folded anew on the way."""
    return digest_text(subject + "\n" + text)


def parse_email_header(value: str) -> Record | None:
    """The record in a header's value, None when it is not one."""
    try:
        fields = json.loads(b64decode("".join(value.split()), validate=True))
        return _record(fields)
    except (Base64Error, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _record(fields: Mapping[str, Any]) -> Record:
    def text(of: Mapping[str, Any], key: str) -> str:
        return str(of.get(key, ""))

    items = tuple(
        Item(
            key=text(item, "key"),
            block=text(item, "block"),
            language=text(item, "language"),
            digest=text(item, "digest"),
            wording=text(item, "wording"),
            claims=tuple(str(claim) for claim in item.get("claims", ())),
            made=SlideDigest(text(item, "made")),
        )
        for item in fields["items"]
    )
    return Record(
        piece=text(fields, "piece"),
        template=text(fields, "template"),
        prospect=text(fields, "prospect"),
        language=text(fields, "language"),
        as_of=text(fields, "as_of"),
        items=items,
        template_digest=text(fields, "template_digest"),
        content=text(fields, "content"),
        words=text(fields, "words"),
    )


def digest_html(html: str) -> str:
    """The digest of what an HTML body says and where its links lead; how it looks is for mail programs to rewrite."""
    from html.parser import HTMLParser

    said: list[str] = []
    unread = 0

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            nonlocal unread
            unread += tag in _UNREAD
            address = dict(attrs).get("href") if tag == "a" else None
            if address:
                said.append(f"\x1d{link_token(address)}\x1d")

        def handle_endtag(self, tag: str) -> None:
            nonlocal unread
            unread = max(unread - (tag in _UNREAD), 0)

        def handle_data(self, data: str) -> None:
            if not unread:
                said.append(data)

    reader = Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return digest_text("".join("".join(said).split()))


def read_email(data: bytes) -> tuple[Record | None, str, str]:
    """The record of an .eml file, and the digests of its subject and plain text and of its HTML as they stand now.

    The latter is "" when there is no HTML; a message without plain text is read by its HTML.
    """
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(data, policy=default)
    try:
        body, page = message.get_body(("plain", "html")), message.get_body(("html",))
        text = "" if body is None else str(body.get_content())
        html = "" if page is None else digest_html(str(page.get_content()))
        header, subject = message.get(HEADER), str(message.get("Subject", ""))
    except (LookupError, ValueError, AttributeError, TypeError):  # the parser's own ways of saying "broken"
        return None, "", ""
    return (None if header is None else parse_email_header(str(header))), digest_email(subject, text), html
