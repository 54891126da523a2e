"""One latent path seen through voices, rounded and bounded figures: the compiled engine under levels and pooled polls."""
