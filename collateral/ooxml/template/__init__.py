"""The template compiler: tagged Office parts → programs that write them, and the templates those programs make up.

In: a package read by `ooxml.package`. Out: `DeckTemplate` and `DocumentTemplate`, which fill and assemble. Nothing here
knows blocks, prospects or plans, and no value is ever parsed as a template or as XML.
"""
