"""Which link addresses may stand in a file, written as a URI every reader accepts.

Goes in: what an author or a profile gave. Comes out: a clean address, or None for anything but web and mail
addresses (scripts, files and other schemes are never written into a file).
"""

from __future__ import annotations

import re

_KEPT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%")
# compiled by `re` when there is a link: most pieces have none
_SCHEME = r"(?i)(https?)://(?:[^@/?#]*@)?([^/?#:\[\]]+)(:\d{1,5})?(?=[/?#]|$)"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?\.?"
_MAIL = r"(?i)mailto:([A-Za-z0-9.!#$%&'*+/=^_`{|}~-]+)@([^?\s@]+)(\?\S*)?"
_PERCENT = r"%(?![0-9A-Fa-f]{2})"


def safe_address(link: str) -> str | None:
    """The address as a URI in ASCII, or None when it is not http, https or mailto with a real host."""
    link = link.strip()
    web = re.match(_SCHEME, link)
    if web is not None:
        host = _ascii_host(web.group(2))
        if host is None:
            return None
        return f"{web.group(1).lower()}://{host}{web.group(3) or ''}{_quoted(link[web.end() :])}"
    mail = re.fullmatch(_MAIL, link)
    if mail is not None:
        host = _ascii_host(mail.group(2))
        return (
            None if host is None else f"mailto:{_quoted(mail.group(1))}@{host}{_quoted(mail.group(3) or '')}"
        )
    return None


def _ascii_host(host: str) -> str | None:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if len(host) > 253 or ".." in host or not re.fullmatch(_HOST, host):
        return None
    return host


def _quoted(text: str) -> str:
    if text and not set(text) <= _KEPT:
        text = "".join(c if c in _KEPT else _percent(c) for c in text)
    return re.sub(_PERCENT, "%25", text)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "ignore"))
