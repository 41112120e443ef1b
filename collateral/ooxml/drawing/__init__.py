"""Values to DrawingML and PresentationML bytes: text, slides, tables, charts with their workbook, pictures.

Goes in: content values (paragraphs, tables, charts, pictures) and the layout they are placed on. Comes out: XML bytes
and the parts they point to. Knows nothing of blocks, prospects or plans, and touches no files.
"""
