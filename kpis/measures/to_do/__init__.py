"""What needs doing, by whom, by when: gathered from every app for one person."""
