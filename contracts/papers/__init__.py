"""What a contract puts on paper."""
