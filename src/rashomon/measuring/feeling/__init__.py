"""The vocabulary of feeling: words of trust, pride, threat and the like in the texts of a study, counted and compared."""

from rashomon.measuring.feeling.answers import Contrast, Counted, Feeling, Peculiar, Rate
from rashomon.measuring.feeling.counting import TOGETHER
from rashomon.measuring.feeling.finding import FeelingRead, Finder, Hit, Names
from rashomon.measuring.feeling.lexicon import CATEGORIES, OPPOSITES, Entry, Lexicon, check_lexicon, lexicon_of, shipped
from rashomon.measuring.feeling.measuring import measure_feeling

__all__ = [
    "CATEGORIES",
    "OPPOSITES",
    "TOGETHER",
    "Contrast",
    "Counted",
    "Entry",
    "Feeling",
    "FeelingRead",
    "Finder",
    "Hit",
    "Lexicon",
    "Names",
    "Peculiar",
    "Rate",
    "check_lexicon",
    "lexicon_of",
    "measure_feeling",
    "shipped",
]
