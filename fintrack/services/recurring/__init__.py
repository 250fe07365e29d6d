"""What comes again: items, their dates, what comes, forecasts, suggestions."""
