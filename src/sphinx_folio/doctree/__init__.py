"""The document nodes of the portfolio, and the text and labels that they show."""
