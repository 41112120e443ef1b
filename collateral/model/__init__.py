"""Frozen values that flow between the stages. No I/O, no decisions; import the submodule you need."""
