"""Postings in other languages than English and Chinese are recognized, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinx_folio.matching.language import is_read

POSTINGS = Path(__file__).parent.parent / "data" / "postings"
FOREIGN = {
    "de": "Netzwerkentwickler (m/w/d)\n\nDas bringst du mit\n- Mehrjährige Erfahrung mit Go\n- Kenntnisse in Kubernetes und Docker\n- Gute Deutschkenntnisse",
    "de2": "Anforderungen:\nErfahrung mit Go\nKenntnisse in Kubernetes\nSehr gute Deutschkenntnisse in Wort und Schrift",
    "fr": "Ingénieur réseau\n\nProfil recherché\n- 3 ans d'expérience avec Go\n- Maîtrise de Kubernetes et Docker\n- Anglais courant",
    "es": "Ingeniero de redes\n\nRequisitos\n- 3 años de experiencia con Go\n- Conocimientos de Kubernetes y Docker",
    "pt": "Engenheiro de software\n\nRequisitos\n- 3 anos de experiência com Go\n- Conhecimento em Kubernetes e Docker",
    "it": "Ingegnere di rete\n\nRequisiti\n- 3 anni di esperienza con Go\n- Conoscenza di Kubernetes e Docker",
    "nl": "Netwerkengineer\n\nWat je meebrengt\n- 3 jaar ervaring met Go\n- Kennis van Kubernetes en Docker",
    "pl": "Inżynier sieci\n\nWymagania\n- 3 lata doświadczenia w Go\n- Znajomość Kubernetes oraz Dockera\n- Język angielski w stopniu dobrym",
    "ru": "Сетевой инженер\n\nТребования\n- Опыт работы с Go от 3 лет\n- Kubernetes, Docker",
    "ja": "ネットワークエンジニア\n\n必須\n- Goの経験3年以上\n- KubernetesとDockerの知識",
    "ko": "네트워크 엔지니어\n\n자격 요건\n- Go 3년 이상\n- Kubernetes, Docker 경험",
    "ar": "مهندس شبكات\n\nالمتطلبات\n- خبرة في Go\n- Kubernetes و Docker",
    "he": "מהנדס רשתות\n- ניסיון ב Go\n- Kubernetes",
    "sv": "Nätverksutvecklare\n\nVi söker dig som har\n- 3 års erfarenhet av Go\n- Kunskap om Kubernetes och Docker",
    "tr": "Ağ mühendisi\n\nAranan nitelikler\n- Go ile 3 yıl deneyim\n- Kubernetes ve Docker bilgisi",
    "vi": "Kỹ sư mạng\n\nYêu cầu\n- 3 năm kinh nghiệm với Go\n- Kiến thức về Kubernetes và Docker của bạn",
}
READ = {
    "en": "Requirements\n- Go\n- Kubernetes",
    "en2": "Engineer, De Novo Labs\nGo, Rust, C, R, SQL\nEn route to production",
    "en3": "Senior Engineer\nLa Jolla, CA\nMust know Go and Rust",
    "zh": "网络工程师\n要求：熟悉 Go、Kubernetes",
    "zhtw": "資深工程師\n熟悉 Go 與 Kubernetes",
    "names": "Go\nKubernetes\nCi/CD\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_other_languages_are_recognized(name: str) -> None:
    assert not is_read(FOREIGN[name])


@pytest.mark.parametrize("name", READ)
def test_short_texts_are_read(name: str) -> None:
    assert is_read(READ[name])


def test_every_collected_posting_is_read() -> None:
    paths = sorted(POSTINGS.rglob("*.jsonl"))
    texts = [json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(texts) >= 140
    assert [text[:80] for text in texts if not is_read(text)] == []
