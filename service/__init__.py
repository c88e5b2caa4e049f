"""The shell of people: pages, API, command line."""
