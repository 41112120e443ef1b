"""Disk → model, with a source position for every key. Decides nothing.

In: a workspace folder. Out: `Library`, `Prospect`, `Campaign` and diagnostics. Import what you need from
`collateral.load.workspace`; nothing heavy is imported until a file has to be parsed.
"""
