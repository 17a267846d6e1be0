"""2D-Doc: write, sign, draw, read and verify the code of a foreigner's document. No Django, no database.

The standard is « Spécifications techniques des codes à barres 2D-Doc », ANTS, v3.2.6 of 24 March 2023; numbers
after § are its own. What is covered: C40 codes of versions 02 to 04, document type 13 of perimeter 01.
"""
