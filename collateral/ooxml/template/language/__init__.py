"""The tag language: tags found in text, lifted to the element they govern, and turned into the operations of a program.

In: the tree of a part. Out: operations at places of it, and the source of the function that writes it. Knows text,
paragraphs and elements; what is special about tables, shapes, charts and pictures stands in their folders.
"""
