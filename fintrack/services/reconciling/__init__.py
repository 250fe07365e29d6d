"""An account compared with a statement of the bank: what agrees is locked."""
