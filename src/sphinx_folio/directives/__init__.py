"""The directives and roles that authors write, and the options that they take."""
