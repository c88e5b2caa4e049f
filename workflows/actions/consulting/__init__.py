"""What may be done with a consultation round while it runs, and with the opinions that came."""
