"""The ways by which envelopes leave the house and come in: folders and HTTP, to peers that are configured."""
