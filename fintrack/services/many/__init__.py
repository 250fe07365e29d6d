"""Many transactions changed at once: selected, sorted, written in one step."""
