"""Ask LibreOffice how high the texts of decks are. Needs only a Python with the `uno` module, not our package.

    python3 ask_office.py DECK…

Starts an office of its own in a temporary profile, loads each deck, and prints JSON: for each deck a list of slides,
each a list of {name, need, width, height} (1/100 mm), `need` being the height at which the shape just holds its text.
For a table: {name, table: its height}.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.awt import Size
from com.sun.star.beans import PropertyValue
from com.sun.star.drawing.TextFitToSizeType import NONE as NO_FIT

TABLE = "com.sun.star.drawing.TableShape"


def main() -> int:
    with tempfile.TemporaryDirectory() as profile:
        port = _free_port()
        office = _start(profile, port)
        try:
            desktop = _connect(port)
            print(json.dumps([_deck(desktop, Path(name)) for name in sys.argv[1:]]))
        finally:
            office.terminate()
            office.wait(30)
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(profile: str, port: int) -> subprocess.Popen[bytes]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SystemExit("LibreOffice is not installed")
    accept = f"--accept=socket,host=127.0.0.1,port={port},tcpNoDelay=1;urp;StarOffice.ComponentContext"
    options = [
        f"-env:UserInstallation={Path(profile).as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        accept,
    ]
    return subprocess.Popen([program, *options], stderr=subprocess.DEVNULL)


def _connect(port: int) -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    address = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    for _ in range(240):
        try:
            context = resolver.resolve(address)
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # whatever UNO raises until the office listens
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def _deck(desktop: object, path: Path) -> list[list[dict[str, object]]]:
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, (hidden,))
    try:
        pages = document.DrawPages
        return [[_shape(s) for s in _shapes(pages.getByIndex(n))] for n in range(pages.Count)]
    finally:
        document.close(True)


def _shapes(holder: object) -> list[object]:
    found: list[object] = []
    for number in range(holder.Count):
        shape = holder.getByIndex(number)
        if shape.supportsService("com.sun.star.drawing.GroupShape"):
            found += _shapes(shape)
        elif shape.ShapeType == TABLE or hasattr(shape, "TextFitToSize"):
            found.append(shape)
    return found


def _shape(shape: object) -> dict[str, object]:
    if shape.ShapeType == TABLE:
        return {"name": shape.Name, "table": shape.Size.Height}
    size = shape.Size
    return {"name": shape.Name, "need": _needed(shape), "width": size.Width, "height": size.Height}


def _needed(shape: object) -> int:
    """The height at which the shape just holds its text.

    Size first, then growing: LibreOffice 7.4 gives a wrong height when the size is set while a shape grows by itself.
    """
    width = shape.Size.Width
    shape.TextFitToSize = NO_FIT
    shape.TextAutoGrowHeight = False
    shape.TextMinimumFrameHeight = 1
    shape.setSize(Size(width, 3000))
    shape.TextAutoGrowHeight = True
    return int(shape.Size.Height)


if __name__ == "__main__":
    raise SystemExit(main())
