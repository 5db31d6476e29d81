"""What is bought, at what price, and what is paid."""
