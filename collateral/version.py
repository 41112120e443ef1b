"""The version of the package: what stands in records, in cache keys and in `--version`."""

__version__ = "0.1.0"
