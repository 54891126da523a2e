"""The shape of REFI-QDA 1.0, as far as we write it: which elements stand in which, in what order, with what attributes.

Written from the standard's text (REFI 2019, sections 5.2 and 5.3).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Final

GUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

# element → its children in their order (+: at least one), required attributes, further attributes
SHAPE: Final = {
    "Project": ("Users CodeBook Sources Notes Description NoteRef", "name", "origin"),
    "Users": ("User+", "", ""),
    "User": ("", "guid", "name"),
    "CodeBook": ("Codes+", "", "origin"),
    "Codes": ("Code+", "", ""),
    "Code": ("Description Code", "guid name isCodable", ""),
    "Sources": ("TextSource+", "", ""),
    "TextSource": ("Description PlainTextContent PlainTextSelection Coding NoteRef", "guid", "name plainTextPath"),
    "PlainTextSelection": ("Description Coding NoteRef", "guid startPosition endPosition", "creatingUser"),
    "Coding": ("CodeRef+", "guid", "creatingUser"),
    "CodeRef": ("", "targetGUID", ""),
    "NoteRef": ("", "targetGUID", ""),
    "Notes": ("Note+", "", ""),
    "Note": ("PlainTextContent", "guid", "name plainTextPath creationDateTime"),
    "Description": ("", "", ""),
    "PlainTextContent": ("", "", ""),
}


def faults(data: bytes) -> list[str]:
    """What a document has that the standard does not allow, and GUIDs that nothing has or that two have."""
    root = ET.fromstring(data)
    found: list[str] = []
    space = root.tag.partition("}")[0] + "}"
    if space not in ("{urn:QDA-XML:project:1.0}", "{urn:QDA-XML:codebook:1.0}"):
        found.append(space)
    guids = [one.get("guid", "") for one in root.iter() if one.get("guid")]
    found += [one for one in set(guids) if guids.count(one) > 1]
    for one in root.iter():
        name = one.tag.removeprefix(space)
        children, required, further = SHAPE[name]
        order = children.replace("+", "").split()
        inside = [child.tag.removeprefix(space) for child in one]
        known = all(child in order for child in inside)
        if not known or inside != sorted(inside, key=order.index):
            found.append(f"{name}: {inside}")
        found += [
            f"{name} without {each[:-1]}" for each in children.split() if each.endswith("+") and each[:-1] not in inside
        ]
        if not set(required.split()) <= set(one.attrib) <= {*required.split(), *further.split()}:
            found.append(f"{name}: {sorted(one.attrib)}")
        for key in ("guid", "targetGUID", "creatingUser"):
            value = one.get(key)
            if value is not None and (not GUID.fullmatch(value) or (key != "guid" and value not in guids)):
                found.append(f"{name}: {key} {value}")
    return found
