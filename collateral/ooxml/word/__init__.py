"""Values to WordprocessingML bytes: paragraphs, lists, tables, pictures, charts, the table of contents.

Goes in: content values and the target's style ids by role. Comes out: fragments and the parts they point to. Knows
nothing of blocks, prospects or plans, and touches no files.
"""
