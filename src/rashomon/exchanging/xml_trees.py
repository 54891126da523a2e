"""XML bytes into a tree that remembers lines, by a parser that loads nothing and takes no document type at all.

Without a document type there are no entities, so that nothing can unfold and nothing outside is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from rashomon.errors import RashomonError
from rashomon.exchanging.refusing import unfit

DEEPEST = 200
"""Elements within elements."""
MOST = 5_000_000
"""Elements of a document."""


@dataclass(slots=True)
class Node:
    """An element. ``tag``: ``NAMESPACE LOCAL``, or the local name alone; ``text``: what stands in it outside of its children."""

    tag: str
    line: int
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""

    @property
    def local(self) -> str:
        """The tag without its namespace."""
        return self.tag.rpartition(" ")[2]

    def all(self, local: str) -> Iterator[Node]:
        """The children of a local name."""
        return (one for one in self.children if one.local == local)

    def first(self, local: str) -> Node | None:
        """The first child of a local name."""
        return next(self.all(local), None)

    def said(self, local: str) -> str:
        """The text of the first child of a local name, without blanks around it; "" where there is none."""
        found = self.first(local)
        return "" if found is None else found.text.strip()

    def attribute(self, local: str) -> str:
        """An attribute by its local name; "" where it is not there."""
        return next((value for key, value in self.attributes.items() if key.rpartition(" ")[2] == local), "")

    def each(self) -> Iterator[Node]:
        """The element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def parse_xml(data: bytes, file: str, code: str, taken_for: str) -> Node:
    """The root of a document. Raises ``code`` where it is no XML, has a document type, or is nested or long out of measure."""
    builder = _Builder(file, code, taken_for)
    try:
        builder.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        line = problem.lineno if isinstance(problem, expat.ExpatError) else None
        raise unfit(file, taken_for, str(problem), line, code) from problem
    return builder.root.children[0]


class _Builder:
    def __init__(self, file: str, code: str, taken_for: str) -> None:
        self.file, self.code, self.taken_for = file, code, taken_for
        self.root = Node("", 0, {})
        self.open = [self.root]
        self.texts: list[list[str]] = [[]]
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.take
        self.parser.StartDoctypeDeclHandler = self.doctype

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) > DEEPEST or self.count > MOST:
            raise self.refused("elements nested too deeply" if self.count <= MOST else f"more than {MOST:,} elements")
        node = Node(tag, self.parser.CurrentLineNumber, attributes)
        self.open[-1].children.append(node)
        self.open.append(node)
        self.texts.append([])

    def end(self, _: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def take(self, text: str) -> None:
        self.texts[-1].append(text)

    def doctype(self, *_: object) -> None:
        raise self.refused("a document type declaration")

    def refused(self, found: str) -> RashomonError:
        return unfit(self.file, self.taken_for, found, self.parser.CurrentLineNumber, self.code)
