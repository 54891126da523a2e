"""Levels: what one side held over the years, with a band that integrates over what is not known of its spread."""

from rashomon.measuring.levels.tracking import Level, measure_levels

__all__ = ["Level", "measure_levels"]
