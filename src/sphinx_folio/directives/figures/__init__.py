"""Directives that show figures (numbers) of a CSV file as a table, a chart or one key figure."""
