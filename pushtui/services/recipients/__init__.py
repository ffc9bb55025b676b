"""Recipients from files and texts: read as a stream, checked row by row, shown one by one."""
