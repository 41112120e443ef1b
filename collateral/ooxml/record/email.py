"""The record of an e-mail: one header that mail programs keep, and digests of the text a person reads.

In: a `Record` or the bytes of an .eml file. Out: the header's name and value, or the record that was in it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.ooxml.archive import crc32
from collateral.ooxml.record.digest import digest_set, digest_text, link_token, media_token
from collateral.ooxml.record.part import version_number
from collateral.ooxml.record.values import HEADER, VERSION, Item, Record, SlideDigest

_LINE: Final = 56  # with the header's name in front, 78 characters
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
    """The record in a header's value, None when it is not one. Of a later version nothing but the version is read."""
    try:
        fields = json.loads(b64decode("".join(value.split()), validate=True))
        version = version_number(fields.get("version", 1))
        if version > VERSION:
            return Record("", "", "", "", "", version=version)
        return replace(_record(fields), version=version) if version else None
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
            claim_digests=tuple(str(digest) for digest in item.get("claim_digests", ())),
            until=text(item, "until"),
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
        pictures=text(fields, "pictures"),
    )


def digest_html(html: str, version: int = VERSION) -> str:
    """The digest of what an HTML body says and where its links lead; how it looks is for mail programs to rewrite. Since version 2
    also of its pictures' words and addresses, and of everything else that leads anywhere."""
    from html.parser import HTMLParser

    said: list[str] = []
    unread = 0

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            nonlocal unread
            unread += tag in _UNREAD
            known = dict(attrs)
            if tag == "a" or version == 1:
                address = known.get("href") if tag == "a" else None
                said.extend([f"\x1d{link_token(address)}\x1d"] if address else [])
            elif tag == "img":
                said.append(f"\x1d{_picture(known.get('src') or '')} {known.get('alt') or ''}\x1d")
            else:
                led = [
                    f"\x1d{tag} {link_token(known[name] or '')}\x1d" for name in _LEADING if known.get(name)
                ]
                said.extend(led if tag not in _STYLED else [])

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


_LEADING: Final = ("href", "src", "action", "formaction", "data", "background")
_STYLED: Final = frozenset(("link",))  # mail programs drop and add style sheets as they like


def _picture(address: str) -> str:
    """What stands for a picture; those inside the message get other names from other programs."""
    return "picture" if address.lower().startswith("cid:") else link_token(address)


@dataclass(frozen=True, slots=True)
class EmailDigest:
    """An .eml file as it stands: the digests of its subject and plain text, of its HTML ("" when there is none), and of the
    pictures inside it; and its records, None for each that cannot be read."""

    content: str = ""
    page: str = ""
    pictures: str = ""
    records: tuple[Record | None, ...] = ()


def read_email(data: bytes, version: int = VERSION) -> EmailDigest:
    """What is told of an .eml file, in digests of a version. A message without plain text is read by its HTML."""
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(data, policy=default)
    try:
        body, page = message.get_body(("plain", "html")), message.get_body(("html",))
        text = "" if body is None else str(body.get_content())
        html = "" if page is None else digest_html(str(page.get_content()), version)
        headers, subject = message.get_all(HEADER, []), str(message.get("Subject", ""))
        pictures = [part for part in message.walk() if part.get_content_maintype() == "image"]
        shown = [part.get_payload(decode=True) for part in pictures if part.get("Content-ID")]
    except (LookupError, ValueError, AttributeError, TypeError):  # the parser's own ways of saying "broken"
        return EmailDigest()
    records = tuple([parse_email_header(str(header)) for header in headers])
    inside = digest_inside([picture for picture in shown if isinstance(picture, bytes)])
    return EmailDigest(digest_email(subject, text), html, inside, records)


def digest_inside(pictures: Iterable[bytes]) -> str:
    """The digest of the pictures inside a message, in any order."""
    return digest_set({media_token(crc32(picture), len(picture)) for picture in pictures})
