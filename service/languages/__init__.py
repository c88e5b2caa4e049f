"""The languages of the pages: Vietnamese is what the source says, any other is a catalogue of translations of it."""
