"""Every Vietnamese sentence that Python code shows to people; templates hold their own."""
