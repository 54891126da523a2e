"""Formula tracking: passages that recur in a series of texts, and what each text keeps, rewords, drops and takes up."""

from rashomon.measuring.formulas.answers import Added, Change, Formula, Formulas, Stretch, TextChanges, Tracked
from rashomon.measuring.formulas.measuring import measure_formulas

__all__ = ["Added", "Change", "Formula", "Formulas", "Stretch", "TextChanges", "Tracked", "measure_formulas"]
