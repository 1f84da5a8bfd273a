"""How far a place is from the targets its government published.

Data flow one way through the packages of this name:

    document + observations -> series -> assessment -> report

``document`` reads what was promised, ``observations`` what was measured, ``series`` lays both
side by side as arrays, ``assessment`` is the arithmetic, ``report`` the words and tables.
``cli`` alone touches streams, environment and exit codes.
"""

__version__ = "0.1.0"
