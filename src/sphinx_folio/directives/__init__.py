"""Base classes of the directives, their options, and checks of the markup that authors write."""
