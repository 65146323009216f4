"""What the extensions share: translation, warnings, caches, text of East Asian scripts."""
