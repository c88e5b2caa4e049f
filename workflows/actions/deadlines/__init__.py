"""What may be done with due dates: asked for later, moved with the calendar, stood still."""
