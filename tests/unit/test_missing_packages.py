"""An error about a module or a theme that is not found says what to install, or which name was meant."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from sphinx_folio._common.advice import how_to_install
from sphinx_folio.cli import missing_packages
from sphinx_folio.cli.missing_packages import is_found, with_cure
from sphinx_folio.cli.requirements_file import listed_extras, listed_packages

if TYPE_CHECKING:
    from pathlib import Path

NO_EXTENSION = "Could not import extension %s (exception: No module named '%s')"
DOCTOR = "To list everything that is missing, run: python -m sphinx_folio doctor"


@pytest.mark.parametrize(
    ("module", "cure"),
    [
        ("sphinx_tabs.tabs", "python -m pip install sphinx-tabs"),
        ("sphinxcontrib.nosuch", "python -m pip install sphinxcontrib-nosuch"),
        ("notfound", "python -m pip install sphinx-notfound-page"),
        ("sphinxcontrib.mermaid", 'python -m pip install "sphinx-folio[diagrams]"'),
        ("typst", 'python -m pip install "sphinx-folio[pdf]"'),
        ("sphinx_folio", "python -m pip install sphinx-folio"),
        ("sphinx_folio.serach", "write 'sphinx_folio.search' in conf.py instead of 'sphinx_folio.serach'"),
        (
            "sphinx_folio.exportsphinx_folio.formulas",
            "write a comma between 'sphinx_folio.export' and 'sphinx_folio.formulas' in conf.py",
        ),
        ("myst_parserfuro", "write a comma between 'myst_parser' and 'furo' in conf.py"),
        ("sphinx_folio.asets", "write 'sphinx_folio.assets' in conf.py instead of 'sphinx_folio.asets'"),
        (
            "sphinx.ext.autodocc",
            "correct the name 'sphinx.ext.autodocc' in conf.py, or upgrade the package that should have it",
        ),
        ("myst_praser", "write 'myst_parser' in conf.py instead of 'myst_praser'"),
    ],
)
def test_the_cure_of_a_missing_module(module: str, cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing_packages, "find_spec", lambda name: None if name == module else find_spec(name))
    error = NO_EXTENSION % (module, module)
    assert with_cure(error, tmp_path) == f"{error}\nTo correct that: {cure}\n{DOCTOR}"


def test_what_an_extension_imports_is_not_misspelled_in_conf_py(tmp_path: Path) -> None:
    frame = "  File \"%s\", line 1, in <module>\n    import yamll\nModuleNotFoundError: No module named 'yamll'"
    for error, cure in {
        NO_EXTENSION % ("sphinx_yamll", "yamll"): "install the package that provides the module 'yamll'",
        NO_EXTENSION % ("x", "sphinx.nosuch"): "python -m pip install sphinx",
        NO_EXTENSION % ("yamll.ext", "yamll"): "write 'yaml' in conf.py instead of 'yamll'",
        f'  File "/a/conf.py", line 1\n{frame % "/a/x.py"}': "install the package that provides the module 'yamll'",
        f'  File "/a/x.py", line 1\n{frame % "/a/conf.py"}': "write 'yaml' in conf.py instead of 'yamll'",
    }.items():
        assert with_cure(error, tmp_path).splitlines()[-2] == f"To correct that: {cure}"


def test_with_requirements_the_package_is_added_to_them_first(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("sphinx-folio[pdf]\nsphinx-tabs\n", encoding="utf-8")
    install = "python -m pip install -r requirements.txt"
    for module, cure in {
        "sphinx_tabs": install,
        "sphinx_nosuch": f"add sphinx-nosuch to requirements.txt, then run: {install}",
        "nosuchext": "install the package that provides the module 'nosuchext'",
        "typst": install,
        "docx": f"add docx to the extras of sphinx-folio in requirements.txt, then run: {install}",
    }.items():
        assert with_cure(NO_EXTENSION % ("x", module), tmp_path).splitlines()[1] == f"To correct that: {cure}"


@pytest.mark.parametrize(
    ("content", "packages", "extras"),
    [
        (b"sphinx==9.0 \\\n    --hash=sha256:aa \\\r\n    --hash=sha256:bb\nfuro --no-binary :all:\n", {"sphinx", "furo"}, set()),
        ("sphinx\nfuro\n".encode("utf-16"), {"sphinx", "furo"}, set()),
        ("\ufeffsphinx\n".encode(), {"sphinx"}, set()),
        (b"# sphinx-folio[pdf]\nSphinx.Folio[docx]  # or [pdf]\n", {"sphinx-folio"}, {"docx"}),
        (b"-r more/base.txt\n--requirement=gone.txt\nfuro\n", {"sphinx", "furo"}, set()),
        (b"sphinx-folio[pdf] @ git+https://x.example.org/y#egg=sphinx-folio\n./sphinx_folio-1.0.whl[social]\n", {"sphinx-folio"}, {"pdf", "social"}),
    ],
)  # fmt: skip
def test_requirements_are_read_as_pip_reads_them(
    tmp_path: Path, content: bytes, packages: set[str], extras: set[str]
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "base.txt").write_text("sphinx\n-r ../requirements.txt\n", encoding="utf-8")
    (tmp_path / "requirements.txt").write_bytes(content)
    assert listed_packages(tmp_path) == packages
    assert listed_extras(tmp_path)[0] == extras


def test_a_theme_is_a_package_too(tmp_path: Path) -> None:
    lines = with_cure("no theme named 'sphinx_nosuch_theme' found (missing theme.toml?)", tmp_path).splitlines()
    assert lines[1:] == ["To correct that: python -m pip install sphinx-nosuch-theme", DOCTOR]
    assert (
        with_cure("no theme named 'fuor' found (missing theme.toml?)", tmp_path)
        .splitlines()[1]
        .endswith("'furo' in conf.py instead of 'fuor'")
    )
    cure = "correct the name 'nosuch' in conf.py, or install the package that provides it; see its documentation"
    lines = with_cure("no theme named 'nosuch' found (missing theme.toml?)", tmp_path).splitlines()
    assert lines[1] == f"To correct that: {cure}"


def test_other_errors_and_those_with_a_cure_stay_as_they_are(tmp_path: Path) -> None:
    assert (
        with_cure("folio_levels in conf.py: 3 is of type int", tmp_path) == "folio_levels in conf.py: 3 is of type int"
    )
    error = "No module named 'x'; run “pip install \"sphinx-folio[diagrams]\"”"
    assert with_cure(error, tmp_path) == f"{error}\n{DOCTOR}"


def test_a_hook_of_pre_commit_gets_its_libraries_from_its_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "requirements.txt").write_text("sphinx-folio[pdf]\n", encoding="utf-8")
    monkeypatch.setattr("sys.prefix", str(tmp_path / "repo4ls8" / "py_env-python3.11"))
    where = "to additional_dependencies in .pre-commit-config.yaml"
    for module, name in {"sphinx_tabs": "sphinx-tabs", "typst": ".[pdf]", "merman": ".[diagrams]"}.items():
        error = NO_EXTENSION % ("x", module)
        assert with_cure(error, tmp_path) == f'{error}\nTo correct that: add "{name}" {where}'
    error = f"No module named 'x'; {how_to_install('diagrams')}"
    assert with_cure(error, tmp_path) == error == f"No module named 'x'; add \".[diagrams]\" {where}"


def test_a_module_of_a_shared_namespace_is_not_found_by_its_first_name() -> None:
    assert is_found("sphinxcontrib.serializinghtml")
    assert not is_found("sphinxcontrib.nosuch")
    assert not is_found("nosuch.extension")


def test_a_conflict_in_conf_py_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("a = 1\n<<<<<<< yours\na = 2\n=======\n>>>>>>> new\n", encoding="utf-8")
    error = "There is a syntax error in your configuration file: invalid syntax (conf.py, line 2)\n"
    line = with_cure(error, tmp_path).splitlines()[-1]
    assert line.startswith(f"{tmp_path / 'conf.py'}:2: unresolved conflict: ")


def test_a_conf_py_in_another_encoding_and_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "conf.py").write_bytes(b"<<<<<<< a\n\xc4\xe3\n>>>>>>> b\n")
    assert "conf.py:1: unresolved conflict" in with_cure("配置文件中存在语法错误", tmp_path)
    monkeypatch.setattr("sphinx_folio.cli.missing_packages.sphinx_message", lambda _message: "找不到名称为 %r 的主题")
    assert "write 'furo' in conf.py" in with_cure("找不到名称为 'fuor' 的主题", tmp_path)
