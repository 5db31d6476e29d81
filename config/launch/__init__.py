"""Starting everything on one machine, with the standard library alone."""
