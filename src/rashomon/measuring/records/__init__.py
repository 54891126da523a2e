"""The records of a study as arrays that measures share: views, tones, layers, evidence, and on whom a record rests."""
