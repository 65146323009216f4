"""Code that the extensions share: translation, warnings, settings, caches and helpers for text."""
