"""The index as a value."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace as Make

from collateral.model.sealed import seal, unseal
from collateral.plan.index import build_index, each, index_of, to_bits
from collateral.plan.index_cache import pack_index, unpack_index


def some_library(make: Make) -> object:
    return make.library(
        make.block("a", audience={"industry": ["retail"]}, when="prospect.x > 1", valid_until=make.today),
        make.block("a", language="nl"),
        make.block("b", never_with=("a",), claims=("c",)),
        claims=(make.claim("c", permission_regions=("emea",)),),
    )


def test_packed_index_comes_back_through_a_sealed_cache(make: Make) -> None:
    lib = some_library(make)
    index = build_index(lib)  # type: ignore[arg-type]
    packed = unseal(seal(pack_index(index), "index"), "index")
    assert unpack_index(lib, packed) == index  # type: ignore[arg-type]


def test_packed_index_of_another_library_is_not_used(make: Make) -> None:
    packed = pack_index(build_index(some_library(make)))  # type: ignore[arg-type]
    for wrong in (packed, None, (), ((), (), {}), (packed[0], packed[1][:3], {})):  # type: ignore[index]
        assert unpack_index(make.library(make.block("a")), wrong) is None


def test_index_of_a_library_is_built_once(make: Make) -> None:
    lib = some_library(make)
    assert index_of(lib) is index_of(lib)  # type: ignore[arg-type]
    assert index_of(replace(lib)) is not index_of(lib)  # type: ignore[arg-type, type-var]


def test_sets_of_bits_give_back_their_positions() -> None:
    for positions in ([], [0], [7, 8, 63, 64, 1000], list(range(50))):
        assert list(each(to_bits(positions))) == positions
