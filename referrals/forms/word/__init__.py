"""The council's Word form: made from the eight tasks' questions, and read back into answers."""
