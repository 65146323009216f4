"""Import the folder of a site whose pages are Markdown with front matter, such as those of Jekyll and Hugo."""
