"""Bank statements as CSV: from bytes to rows with a day, an amount and a text.

``sniffing.sniff`` proposes a ``mapping.Mapping``, a person corrects it, and
``reader.read_rows`` reads the file with it, row by row.
"""
