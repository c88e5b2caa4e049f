"""What every Python child of the tests loads first."""
