"""What is fetched over HTTP: where from, what an answer means, and JSON laid out as a table."""
