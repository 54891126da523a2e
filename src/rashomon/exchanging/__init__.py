"""Exchanging: other programs' formats, in and out; whatever has no place in the other is told line by line."""

from rashomon.exchanging.formats import EXPORTS, IMPORTS, LOCKED, export_study, import_file
from rashomon.exchanging.graphs import GRAPHS, Drawing, export_gexf, export_graphml
from rashomon.exchanging.losing import Loss, Moved
from rashomon.exchanging.source_lists import SourceList, import_sources, sources_from

__all__ = [
    "EXPORTS",
    "GRAPHS",
    "IMPORTS",
    "LOCKED",
    "Drawing",
    "Loss",
    "Moved",
    "SourceList",
    "export_gexf",
    "export_graphml",
    "export_study",
    "import_file",
    "import_sources",
    "sources_from",
]
