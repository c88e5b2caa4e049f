"""Who is asking: sign-in, sessions, form tokens."""
