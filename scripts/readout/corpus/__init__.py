"""What is known across briefings."""
