"""Sample data: eighteen months of somebody's books, added and removed as one."""
