"""From what a person sends to what an agent may open: recognised, checked, cleaned, with a preview (R-PIECE-1).

Pure: paths in, files and plain values out; no Django, no database. The decoders run in a short-lived process of
their own (`isolement.py`), because they are C libraries fed by strangers. docs/pieces.md tells the whole story.
"""
