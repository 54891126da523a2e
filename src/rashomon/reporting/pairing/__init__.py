"""Several studies side by side: whether misperception or interest blocked agreement in each, and where others settled."""

from rashomon.reporting.pairing.beside import Beside, Pairs, require_several, set_beside, tell_each
from rashomon.reporting.pairing.frames import Frame
from rashomon.reporting.pairing.likening import Likeness
from rashomon.reporting.pairing.page import write_pairs
from rashomon.reporting.pairing.saying import pair_lines

__all__ = ["Beside", "Frame", "Likeness", "Pairs", "pair_lines", "require_several", "set_beside", "tell_each", "write_pairs"]
