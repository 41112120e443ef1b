"""HTML → the plain text a mail program shows when it shows no HTML."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "table",
        "tr",
        "blockquote",
        "hr",
        "section",
        "header",
        "footer",
        "caption",
    }
)
SILENT = frozenset({"style", "script", "head", "title"})


def html_to_text(html: str) -> str:
    """The text with paragraphs apart, list items marked, and addresses of links in brackets."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._silent = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag == "br":
            self._end_line()
        elif tag in ("ul", "ol"):
            self._end_line(gap=not self._lists)
            self._lists.append(_start(attrs) - 1 if tag == "ol" else None)
        elif tag == "li":
            self._end_line()
            self._line = self._mark()
        elif tag in ("td", "th") and self._line:
            self._line += "  "
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._line)))
        elif tag in BLOCKS:
            self._end_line(gap=tag != "tr")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._end_line(gap=not self._lists)
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag in BLOCKS or tag == "li":
            self._end_line(gap=tag not in ("tr", "li"))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            words = " ".join(data.split())
            lead = " " if data[:1].isspace() and self._line and not self._line.endswith(" ") else ""
            trail = " " if words and data[-1:].isspace() else ""
            self._line += lead + words + trail

    def _mark(self) -> str:
        indent = "  " * (len(self._lists) - 1)
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            return f"{indent}{self._lists[-1]}. "
        return f"{indent}- "

    def _end_link(self, address: str, start: int) -> None:
        shown = self._line[start:].strip()
        if (
            address
            and shown
            and address.removeprefix("mailto:") not in (shown, f"https://{shown}", f"http://{shown}")
        ):
            self._line = f"{self._line.rstrip()} ({address.removeprefix('mailto:')})"

    def _end_line(self, *, gap: bool = False) -> None:
        if self._line.strip():
            self._lines.append(self._line.rstrip())
        self._line = ""
        if gap and self._lines and self._lines[-1] != "":
            self._lines.append("")

    def text(self) -> str:
        """What was read."""
        self._end_line()
        return "\n".join(self._lines).strip() + "\n"


def _start(attrs: list[tuple[str, str | None]]) -> int:
    """The number a list begins with."""
    said = dict(attrs).get("start") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 1
