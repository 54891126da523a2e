"""The revisions, one module each; a revision that was released never changes."""
