"""What the product promises, tried by attack."""
