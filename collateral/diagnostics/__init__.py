"""What went wrong, where, and what to do about it: the values every stage returns beside its result.

A stage never raises for bad user input: it returns `(what it could do, diagnostics)`. Messages are lower case,
without a full stop, and quote the offending value; hints say what to do. Imports nothing else of the package.
"""

from collateral.diagnostics.values import Diagnostic, Place, Severity, Span, has_errors

__all__ = ["Diagnostic", "Place", "Severity", "Span", "has_errors"]
