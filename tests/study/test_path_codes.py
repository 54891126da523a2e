"""The codes of paths say what the paths say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.study import Path, Verb
from rashomon.study.path_codes import code_paths

verbs = st.builds(Verb, st.sampled_from(["believes", "wants"]), st.booleans())
paths = st.integers(1, 3).flatmap(
    lambda depth: st.builds(Path, st.tuples(*[st.sampled_from("abcd")] * depth), st.tuples(*[verbs] * depth))
)


@given(st.lists(paths, max_size=12))
def test_codes_name_the_actors_and_the_last_verb(listed: list[Path]) -> None:
    codes = code_paths(listed)
    names, known = (*codes.names, None), (*codes.verbs, None)
    found = [
        (depth, tuple(name for name in (names[a], names[b], names[c]) if name), known[verb])
        for depth, a, b, c, verb in zip(
            *(one.tolist() for one in (codes.depth, codes.holder, codes.second, codes.third, codes.verb)), strict=True
        )
    ]
    assert found == [*((path.depth, path.actors, path.verb) for path in listed), (0, (), None)]
    assert len(set(codes.names)) == len(codes.names)
    assert len(set(codes.verbs)) == len(codes.verbs)
    assert codes.of_holder(str.upper, object, "?").tolist() == [*(path.holder.upper() for path in listed), "?"]
    assert codes.of_verb(str, object, "?").tolist() == [*(str(path.verb) for path in listed), "?"]
