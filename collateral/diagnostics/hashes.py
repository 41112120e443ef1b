"""BLAKE2b and MD5 without the rest of `hashlib`, which loads OpenSSL into every process: 2 % of what a cold command costs.

For keys, checksums and ids of our own. Where SHA-256 is promised to others, the function that needs it imports `hashlib`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, md5
else:
    try:
        from _blake2 import blake2b
        from _md5 import md5
    except ImportError:  # a Python that leaves them to OpenSSL
        from hashlib import blake2b, md5

__all__ = ["blake2b", "md5"]
