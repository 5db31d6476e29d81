"""People meet, with notice and quorum, and decide."""
