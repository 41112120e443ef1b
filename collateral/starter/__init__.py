"""The workspace that `collateral init` copies: package data under `workspace/`, no code.

Its masters are made by `tools/make_starter.py`; its texts are edited here and approved again by the same script.
"""
