"""The report as files for Excel and Word, made of the same page of ready strings and figures as the HTML."""
