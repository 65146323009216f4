"""Match a job posting against a portfolio: what is asked, what the portfolio proves, and what is missing.

Pure functions without Sphinx, network or clock: the same posting and portfolio always have the same result.
"""
