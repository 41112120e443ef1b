"""The headers of a message as lines of ASCII that every mail program reads alike.

In: names, addresses and a subject, as somebody wrote them. Out: header lines of at most 78 characters where that can be,
and never over the 998 that RFC 5322 allows, words of other scripts encoded as RFC 2047 says. The standard library folds a
quoted name without its quotation marks and leaves an empty first line before a long word; so the lines are made here.
"""

from __future__ import annotations

from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address

_LINE = 78
_LONGEST_ADDRESS = 254  # RFC 5321, with its angle brackets in 256


def text_header(name: str, text: str) -> str:
    """A header of free text, such as the subject."""
    return _lines(name, text.split() if _fits(text, name) else _encoded(text, name))


def address_header(name: str, shown: str, address: str) -> str:
    """A header with one address and the name that is shown for it, if any."""
    if not shown:
        return _lines(name, [address])
    if not _fits(shown, name):
        return _lines(name, [*_encoded(shown, name), f"<{address}>"])
    if not shown.replace(" ", "").replace("-", "").isalnum():
        shown = '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _lines(name, [*shown.split(" "), f"<{address}>"])


def mail_address(text: str) -> str | None:
    """An address as it may stand in a header: its domain in ASCII. None for what is no address, and for one whose first half
    is not ASCII: few mail programs could send to it."""
    local, at, domain = text.rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        spec = str(Address(addr_spec=f"{local}{at}{ascii_domain}").addr_spec)
    except (MessageError, ValueError, IndexError, AttributeError):
        return None
    return spec if spec.isascii() and spec.isprintable() and len(spec) <= _LONGEST_ADDRESS else None


def one_line(text: str) -> str:
    """The text without line breaks, control characters and marks that turn its direction."""
    return " ".join("".join([ch if ch.isprintable() else " " for ch in text]).split())


def _fits(text: str, name: str) -> bool:
    """Whether it can stand as it is: ASCII that nobody takes for encoded, and no word too long for a line."""
    longest = _LINE - len(name) - 8
    return text.isascii() and "=?" not in text and all(len(word) < longest for word in text.split())


def _encoded(text: str, name: str) -> list[str]:
    """The text as encoded words, each short enough for a line of its own."""
    return Header(text, "utf-8", maxlinelen=_LINE - 2, header_name=name).encode().split()


def _lines(name: str, words: list[str]) -> str:
    """The header, folded at the blanks between words; the first stands beside the header's name."""
    lines = [f"{name}:"]
    for number, word in enumerate(words):
        if number and len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append("")
        lines[-1] += " " + word
    return "\r\n".join(lines) + "\r\n"
