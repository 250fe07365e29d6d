"""Statements of banks: from bytes to rows with a day, an amount and a text.

``files.sniff_file`` finds the format and proposes a ``mapping.Mapping``, a person
corrects it, and ``files.read_file`` reads the file with it, row by row. CSV and XLSX
have columns with a meaning (``sniffing``, ``reader``); OFX, QIF, CAMT.053, MT940 and
our own JSON are cut into ``entries`` by a module each.
"""
