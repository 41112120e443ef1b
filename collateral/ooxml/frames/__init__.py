"""Reading a deck's frames: the boxes text is set in and the type it is set in, with everything inherited resolved.

`read_master` gives what a composer may know of a master, `read_slide_frames` the frames of one designed slide,
`read_slide_texts` the texts of all slides as they stand (for checking whether they fit), `slide_barriers` and
`document_barriers` what is missing for people who listen to them. Uses lxml: compile time only.
"""

from collateral.ooxml.frames.barriers import document_barriers, slide_barriers
from collateral.ooxml.frames.master import read_master, read_slide_frames, read_slide_texts
from collateral.ooxml.frames.texts import ShapeText, TextRun

__all__ = [
    "ShapeText",
    "TextRun",
    "document_barriers",
    "read_master",
    "read_slide_frames",
    "read_slide_texts",
    "slide_barriers",
]
