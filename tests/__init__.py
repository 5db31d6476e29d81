"""The specification, read aloud."""
