"""Rich text values → WordprocessingML: paragraphs, lists, tables, pictures and charts in the styles of a master.

`styles` says which style each role has in a master, `nodes` is the face: content in, a `Fragment` out. Nothing here knows
where the content comes from or where in a document it will stand.
"""
