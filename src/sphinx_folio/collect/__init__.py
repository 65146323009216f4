"""From a finished page to its records: entries, mentions and queries."""
