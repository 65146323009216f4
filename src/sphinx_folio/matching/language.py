"""Whether a posting is in a language that is read: its rules know English and Chinese only."""

from __future__ import annotations

import re

from sphinx_folio._common.cjk import HAN

_WORD_IN_LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]+", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:and|are|as|at|be|by|can|for|from|have|has|is|it|of|or|our|that|the|their|this|to|us|we|who|will|with|work|"
    r"you|your)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:und|der|das|mit|für|oder|wir|ist|sind|ein|eine|einen|einem|einer|im|zum|zur|auf|bei|nicht|du|dein|deine|"
    r"ihr|sie|von|het|een|en|van|met|voor|je|jij|wij|zijn|op|naar|och|att|med|för|som|är|vi|på|til|av|ikke|jobber|"
    r"et|les|des|une|pour|avec|vous|nous|dans|sur|est|ou|la|le|de|aux|votre|notre|y|el|los|las|con|para|una|un|que|por|"
    r"del|tu|es|os|uma|dos|da|das|você|não|e|di|il|per|che|della|sono|gli|nel|alla|și|cu|pentru|este|oraz|się|dla|jest|"
    r"lub|z|w|nebo|pro|se|jsou|ve|bir|için|ile|ja|sekä|olet|és|az|vagy|dan|yang|untuk|dengan|và|của|các)\b",
    re.IGNORECASE,
)
"""Frequent words of other languages with Latin letters; a few are also English, such as ``pro`` and ``per``."""
_OTHER_SCRIPT = re.compile(
    "[\u0370-\u1dff\u3041-\u30fa\u30fc-\u30ff\u3130-\u318f\ua000-\ud7ff\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uffdc]"
)
_LETTER = re.compile(r"[^\W\d_]")
_HAN_SHARE = 0.15
"""The share of Han characters from which a text is in Chinese."""
_SHARE = 0.06
"""The share of foreign words, or of letters of another script, from which a text is in another language."""


def is_read(text: str) -> bool:
    """Return whether a posting is in English or Chinese, as far as its letters and its frequent words tell."""
    letters = len(_LETTER.findall(text))
    if len(_OTHER_SCRIPT.findall(text)) > _SHARE * letters:
        return False
    foreign = len(_FOREIGN.findall(text))
    english = len(_ENGLISH.findall(text))
    enough = max(3 if english else 2, _SHARE * len(_WORD_IN_LATIN.findall(text)))
    return foreign < enough or foreign <= english


def is_chinese(text: str) -> bool:
    """Return whether a posting is in Chinese; it may have many English words, such as names of products."""
    han = sum(map(len, HAN.findall(text)))
    return han > _HAN_SHARE * len(_LETTER.findall(text))
