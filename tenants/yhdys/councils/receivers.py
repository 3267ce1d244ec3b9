"""What of the councils waits for whom."""
