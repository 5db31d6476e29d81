"""What we are measured beside: each does the same work, and says where it cannot."""
