"""Every Vietnamese sentence that Python code shows to people; templates hold their own.

It is written as plain text and loaded as messages, which are said in the reader's language (decision 0056).
"""

from service.languages.loading import load_as_messages

load_as_messages(__name__)
