"""Filling a compiled template: generated functions, the state they write with, and the file put together from what they
give. Runs for every piece, so nothing here needs lxml or Jinja.
"""
