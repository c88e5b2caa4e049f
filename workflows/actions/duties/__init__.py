"""What is done with a plan's duties: laid out over its years, settled, worked on, put off, told to who helps."""
