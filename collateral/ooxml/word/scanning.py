"""One pass of expat over a Word part that knows where in its bytes everything stands, and builds no tree.

Who looks for something derives from `WordScanner` and names what it does at the start and the end of elements, by the prefix
`w:` that all Word processors write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

_NAMESPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


class _UnknownXml(Exception):
    """The part is not written with the prefix all Word processors use, or declares entities."""


class WordScanner:
    """A pass over a part: `starts` and `ends` are called by the names of elements."""

    starts: Mapping[str, Callable[[dict[str, str]], None]] = {}
    ends: Mapping[str, Callable[[], None]] = {}

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._root
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        self.parser.buffer_text = True

    def scan(self) -> bool:
        """Whether the part was read to its end; False for XML we do not know."""
        try:
            self.parser.Parse(self.xml, True)
        except (expat.ExpatError, _UnknownXml):
            return False
        finally:  # they hold the scanner, which holds them
            self.starts, self.ends = {}, {}
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.EntityDeclHandler = self.parser.CharacterDataHandler = None
        return True

    @property
    def at(self) -> int:
        """Where the tag begins that is being read."""
        return self.parser.CurrentByteIndex

    def after_tag(self) -> int:
        """Where it ends."""
        return self.xml.index(b">", self.parser.CurrentByteIndex) + 1

    def collect(self, sink: list[str]) -> None:
        """Put the text that follows there, until told to stop."""
        self.parser.CharacterDataHandler = sink.append

    def stop_collecting(self) -> None:
        """Let text go by again."""
        self.parser.CharacterDataHandler = None

    def _entity(self, *_: object) -> None:
        raise _UnknownXml

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if not name.startswith("w:") or attributes.get("xmlns:w") not in _NAMESPACES:
            raise _UnknownXml
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self.starts.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        handler = self.ends.get(name)
        if handler is not None:
            handler()
