"""The script somebody writes instead of using us: open the master with python-pptx, set a few texts, save.

usage: python bare_fill.py MASTER.pptx OUT.pptx
"""

import sys

from pptx import Presentation

deck = Presentation(sys.argv[1])
for slide in deck.slides:
    for shape in slide.shapes:
        if shape.has_text_frame:
            for paragraph in shape.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.text = run.text.replace("{{ prospect.name }}", "Van Dijk Freight")
deck.save(sys.argv[2])
