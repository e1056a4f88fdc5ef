"""Sentences of our own with their events marked, and what makes the coder's weights from them.

Not part of the installed package: it needs torch (``pip install -e '.[train]'``); see GUIDE.md and DATACARD.md.
"""
