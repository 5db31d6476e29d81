"""What the documents print, as facts and figures in our own words, with what they leave open flagged and never mended."""
