"""How far a repository confirms a piece of evidence.

The ladder: the revision exists, its author is the person, somebody else merged it, a named key signed it. A rung counts
only if all rungs before it hold. A claim that the repository contradicts has failed, whatever else holds. The
work of a team stays on the first rung: a signature would say nothing about the person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from sphinx_folio.portfolio.verification import CHECKS, CLAIMS, Check, Verification, title_number
from sphinx_folio.verification.addresses import Address, parse_address
from sphinx_folio.verification.git import GitError, InvalidObjectError, LimitError
from sphinx_folio.verification.repository import BRANCHES, NotFoundError
from sphinx_folio.verification.swhid import qualified, swhid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sphinx_folio.portfolio.records import Evidence
    from sphinx_folio.verification.objects import Commit, Identity, Tag
    from sphinx_folio.verification.repository import Repository
    from sphinx_folio.verification.signatures import Keyring

YES, NO, UNKNOWN = "yes", "no", "unknown"
_KINDS = ("pull-request", "commit", "release", "file")
"""The kinds of evidence whose address must be of the same kind."""
_MERGE_SUBJECT = re.compile(
    r"Merge pull request #(?P<github>\d+) from "
    r"|Merge pull request '.*' \(#(?P<gitea>\d+)\) from "
    r"|Merged in \S+ \(pull request #(?P<bitbucket>\d+)\)"
)
_GITLAB = re.compile(r"^See merge request \S*!(?P<number>\d+)$", re.MULTILINE)
_SQUASH = re.compile(r" \(#(?P<number>\d+)\)$")
_CO_AUTHOR = re.compile(r"^Co-authored-by: (?P<name>.*?) ?<(?P<email>[^<>]*)>$", re.IGNORECASE | re.MULTILINE)
_WEB = "noreply@github.com"
"""The committer of commits that GitHub makes; it hides who pressed the button."""


class People:
    """The identities of the person: names, e-mail addresses, ``Name <address>``, or ``sha256:`` and a hash of one."""

    def __init__(self, identities: Iterable[str]) -> None:
        """Store the identities; they are compared without regard to case."""
        self._known = {identity.strip().casefold() for identity in identities}

    def include(self, name: str, email: str) -> bool:
        """Return whether a name and an e-mail address belong to the person."""
        forms = [form.casefold() for form in (name, email, f"{name} <{email}>") if form]
        hashes = (f"sha256:{sha256(form.encode()).hexdigest()}" for form in forms)
        return not self._known.isdisjoint({*forms, *hashes})

    def wrote(self, identity: Identity | None) -> bool:
        """Return whether a field names the person."""
        return identity is not None and self.include(identity.name, identity.email)

    def co_wrote(self, commit: Commit) -> bool:
        """Return whether a trailer of a commit names the person."""
        return any(self.include(found["name"], found["email"]) for found in _CO_AUTHOR.finditer(commit.message))

    def __bool__(self) -> bool:
        """Return whether any identity is known."""
        return bool(self._known)


class PullRequests:
    """The pull requests of a repository, as far as commits name their numbers."""

    def __init__(self, repository: Repository) -> None:
        """Find the merges and the squashed commits of all branches."""
        self._repository = repository
        self.merges: dict[int, list[Commit]] = defaultdict(list)
        self.squashes: dict[int, list[Commit]] = defaultdict(list)
        for oid in sorted(repository.public):
            commit = repository.commit(oid)
            number, is_merge = _number(commit)
            if number:
                (self.merges if is_merge else self.squashes)[number].append(commit)

    @cached_property
    def numbers(self) -> dict[str, set[int]]:
        """Return for each merge or squashed commit its numbers."""
        found: dict[str, set[int]] = defaultdict(set)
        for group in (self.merges, self.squashes):
            for number, commits in group.items():
                for commit in commits:
                    found[commit.oid].add(number)
        return found

    def merge_of(self, number: int, commit: Commit) -> Commit | None:
        """Return the merge of a pull request that is or brought in a commit, or None."""
        for merge in self.merges.get(number, ()):
            if merge.oid == commit.oid or commit.oid in self._repository.merged_by(merge):
                return merge
        return None

    def head_contains(self, number: int, commit: Commit) -> bool:
        """Return whether the clone has the head of a pull request, and the commit is in its history."""
        head = self._repository.location.refs.get(f"refs/pull/{number}/head")
        return bool(head) and commit.oid in self._repository.reachable([str(head)])


def _number(commit: Commit) -> tuple[int, bool]:
    """Return the number of the pull request that a commit names (0 if none), and whether it is a merge."""
    is_merge = len(commit.parents) > 1
    of_merges = (_MERGE_SUBJECT.match(commit.subject), _GITLAB.search(commit.message)) if is_merge else ()
    found = (match for match in (*of_merges, _SQUASH.search(commit.subject)) if match)
    return int(next((number for match in found for number in match.groups() if number), 0)), is_merge


@dataclass(slots=True)
class _Case:
    """A piece of evidence while it is checked."""

    evidence: Evidence
    address: Address
    checks: dict[str, Check] = field(default_factory=dict)
    swhid: str = ""
    dates: list[str] = field(default_factory=list)
    """The dates that the evidence may have."""
    titles: list[str] = field(default_factory=list)
    """The titles that the repository has for it."""

    def note(self, name: str, result: str, reason: str = "") -> None:
        self.checks[name] = Check(result, reason)


class Ladder:
    """Checks evidence against repositories."""

    def __init__(self, repositories: Mapping[str, Repository], people: People, keys: Keyring) -> None:
        """Initialize it.

        Args:
            repositories: The address of each repository → its reader.
            people: The identities of the person.
            keys: The keys that may sign.
        """
        self.repositories, self.people, self._keys = repositories, people, keys
        self._pull_requests: dict[str, PullRequests] = {}

    def check(self, evidence: Evidence) -> Verification:
        """Return how far the repositories confirm a piece of evidence.

        Raises:
            LimitError: git exceeded a limit.
        """
        address = parse_address(evidence.url, tuple(self.repositories))
        if address is None or (address.kind == "page" and not evidence.revision):
            reason = "no-repository" if address is None and evidence.kind in _KINDS else "not-in-repository"
            return Verification(checks=(("exists", Check(UNKNOWN, reason)),))
        case = _Case(evidence, address)
        repository = self.repositories[address.repository]
        if evidence.kind in _KINDS and address.kind not in {evidence.kind, "page"}:
            case.note("kind", NO, address.kind)
        try:
            checker = {
                "pull-request": self._check_pull_request,
                "commit": self._check_commit,
                "release": self._check_release,
                "file": self._check_file,
                "page": self._check_commit,
            }[address.kind]
            checker(case, repository)
        except LimitError:
            raise
        except InvalidObjectError:
            case.note("exists", NO, "damaged")
        except GitError:
            case.note("exists", *((UNKNOWN, "incomplete-clone") if repository.is_incomplete else (NO, "damaged")))
        self._check_date(case)
        self._check_title(case)
        checks = tuple((name, case.checks[name]) for name in CHECKS if name in case.checks)
        return Verification(rung=rung(case.checks, own=evidence.by == "own"), checks=checks, swhid=case.swhid)

    def pull_requests(self, repository: Repository) -> PullRequests:
        """Return the pull requests of a repository."""
        key = next(address for address, found in self.repositories.items() if found is repository)
        if key not in self._pull_requests:
            self._pull_requests[key] = PullRequests(repository)
        return self._pull_requests[key]

    # The kinds of evidence

    def _revision(self, case: _Case, repository: Repository, name: str, *, pull_request: int = 0) -> Commit | None:
        """Return the commit with a name, and note whether it exists and a branch or a tag reaches it."""
        try:
            commit = repository.resolve(name).commit
        except NotFoundError as error:
            case.note("exists", *self._absence(str(error), repository, pull_request))
            return None
        is_public = commit.oid in repository.public
        if not is_public and pull_request:
            is_public = self.pull_requests(repository).head_contains(pull_request, commit)
        case.note("exists", *((YES,) if is_public else (NO, "unreachable")))
        case.swhid = qualified(swhid("commit", commit.oid), origin=case.address.repository)
        return commit

    def _absence(self, reason: str, repository: Repository, pull_request: int = 0) -> tuple[str, str]:
        """Return the result for a name that does not refer to a commit."""
        if reason == "branch":
            return UNKNOWN, "branch"
        if reason == "missing" and repository.is_shallow:
            return UNKNOWN, "incomplete-clone"
        if reason == "missing" and pull_request and self.pull_requests(repository).squashes.get(pull_request):
            return UNKNOWN, "squash"  # hosts delete the commits of a squashed pull request
        return NO, reason

    def _check_revision(self, case: _Case, repository: Repository, commit: Commit) -> Tag | None:
        """Note whether the option ``revision`` is the commit of the address; return the tag that it names."""
        name = case.evidence.revision
        if not name:
            return None
        try:
            found = repository.resolve(name)
        except NotFoundError as error:
            case.note("revision", *self._absence(str(error), repository))
            return None
        case.note("revision", *((YES,) if found.commit.oid == commit.oid else (NO, "other")))
        if found.commit.oid == commit.oid and found.tag:
            case.dates += found.tag.tagger.dates() if found.tag.tagger else ()
            return found.tag
        return None

    def _check_pull_request(self, case: _Case, repository: Repository) -> None:
        number, known = case.address.number, self.pull_requests(repository)
        merges, squashes = known.merges.get(number, []), known.squashes.get(number, [])
        if not case.evidence.revision:
            if not merges and not squashes:
                case.note("number", UNKNOWN, "incomplete-clone" if repository.is_shallow else "no-number")
                return
            commit: Commit | None = (merges or squashes)[0]
            case.note("exists", YES)
            case.swhid = qualified(swhid("commit", (merges or squashes)[0].oid), origin=case.address.repository)
        else:
            commit = self._revision(case, repository, case.evidence.revision, pull_request=number)
        if commit is None:
            return
        merge = known.merge_of(number, commit)
        squash = next((found for found in squashes if found.oid == commit.oid), None)
        if merge is None and squash is None and squashes and known.head_contains(number, commit):
            squash = squashes[0]
        outer = repository.mainline.get(commit.oid)
        if merge or squash:
            case.note("number", YES)
        elif merges or squashes:
            case.note("number", NO, "other-commit")
        elif known.numbers.get(commit.oid) or (outer and outer != commit.oid and known.numbers.get(outer)):
            case.note("number", NO, "other-number")
        else:
            case.note("number", UNKNOWN, "incomplete-clone" if repository.is_shallow else "no-number")
        landed = merge or squash or commit
        case.dates += _dates(landed)
        case.titles += _titles(landed)
        self._note_author(case, repository, commit, merge)
        self._note_merger(case, merge, commit, is_squash=squash is not None)
        self._note_signature(case, landed)

    def _check_commit(self, case: _Case, repository: Repository) -> None:
        commit = self._revision(case, repository, case.address.ref or case.evidence.revision)
        if commit is None:
            return
        tag = self._check_revision(case, repository, commit) if case.address.ref else None
        case.dates += _dates(commit)
        case.titles += [commit.subject]
        brought = repository.mainline.get(commit.oid, commit.oid)
        merge = repository.commit(brought) if brought != commit.oid or len(commit.parents) > 1 else None
        self._note_author(case, repository, commit, merge if brought == commit.oid else None)
        self._note_merger(case, merge, commit, is_squash=bool(self.pull_requests(repository).numbers.get(commit.oid)))
        self._note_signature(case, tag or commit, *([merge] if merge else []))

    def _check_release(self, case: _Case, repository: Repository) -> None:
        name = case.address.ref
        if f"refs/tags/{name}" not in repository.location.refs:
            case.note("exists", *((UNKNOWN, "incomplete-clone") if repository.is_shallow else (NO, "missing")))
            return
        oid, tag = repository.tag_object(name)
        commit = repository.resolve(name).commit
        case.note("exists", YES)
        case.swhid = qualified(swhid("tag" if tag else "commit", oid), origin=case.address.repository)
        self._check_revision(case, repository, commit)
        case.dates += _dates(commit, tag)
        if case.evidence.by == "own":
            self._note_person(case, tag.tagger if tag else commit.author)
        self._note_signature(case, tag or commit)

    def _check_file(self, case: _Case, repository: Repository) -> None:
        address = case.address = _with_whole_name(case.address, repository)
        commit = self._revision(case, repository, address.ref)
        if commit is None:
            return
        tag = self._check_revision(case, repository, commit)
        if tag is None and repository.location.refs.get(f"refs/tags/{address.ref}"):
            tag = repository.tag_object(address.ref)[1]
        case.dates += _dates(commit, tag)
        try:
            found = repository.find(commit, address.path)
        except NotFoundError as error:
            case.note("path", NO, str(error))
            return
        case.note("path", YES)
        if address.lines:
            first, last = address.lines
            case.note("lines", *((YES,) if 1 <= first <= last <= found.lines else (NO, f"1-{found.lines}")))
        case.swhid = qualified(
            swhid(found.kind, found.oid),
            origin=address.repository,
            anchor=swhid("commit", commit.oid),
            path=address.path,
            lines=address.lines,
        )
        if found.kind == "blob" and case.checks.get("lines", Check(YES)).result == YES:
            self._note_share(case, repository, commit)
        self._note_signature(case, tag or commit)

    # The rungs

    def _note_author(self, case: _Case, repository: Repository, commit: Commit, merge: Commit | None) -> None:
        """Note whether the person wrote a commit; of a merge, at least one of the commits that it brought in."""
        if case.evidence.by != "own":
            return
        if not self.people:
            case.note("author", UNKNOWN, "no-identities")
            return
        if merge is not None and merge.oid == commit.oid:
            commits = [repository.commit(oid) for oid in repository.merged_by(merge)]
            commits = [found for found in commits if len(found.parents) < 2]  # noqa: PLR2004  no merges
            wrote = sum(self.people.wrote(found.author) for found in commits)
            if not commits and repository.is_shallow:
                case.note("author", UNKNOWN, "incomplete-clone")
            else:
                case.note("author", YES if wrote else NO, f"{wrote}/{len(commits)}")
        elif not self.people.wrote(commit.author) and self.people.co_wrote(commit):
            case.note("author", YES, "co-author")
        else:
            self._note_person(case, commit.author)

    def _note_person(self, case: _Case, author: Identity | None) -> None:
        """Note whether a field names the person."""
        if not self.people:
            case.note("author", UNKNOWN, "no-identities")
        elif author is None:
            case.note("author", UNKNOWN, "malformed")
        else:
            case.note("author", *((YES,) if self.people.wrote(author) else (NO, "other-author")))

    def _note_share(self, case: _Case, repository: Repository, commit: Commit) -> None:
        """Note how many of the lines the person changed last; of the team's work, any number will do."""
        if not self.people:
            if case.evidence.by == "own":
                case.note("author", UNKNOWN, "no-identities")
            return
        name = "author" if case.evidence.by == "own" else "share"
        if repository.is_shallow:
            case.note(name, UNKNOWN, "incomplete-clone")
            return
        try:
            counts = repository.blame(commit, case.address.path, case.address.lines)
        except LimitError:
            raise
        except GitError:
            case.note(name, UNKNOWN, "incomplete-clone" if repository.is_incomplete else "damaged")
            return
        share = own_lines(repository, self.people, counts)
        text = f"{share}/{sum(counts.values())}"
        case.note(name, YES if share or name == "share" else NO, text)

    def _note_merger(self, case: _Case, merge: Commit | None, commit: Commit, *, is_squash: bool) -> None:
        """Note whether somebody other than the person merged a commit."""
        if case.evidence.by != "own":
            return
        if not self.people:
            case.note("merged", UNKNOWN, "no-identities")
        elif merge is not None:
            if merge.author is None:
                case.note("merged", UNKNOWN, "malformed")
            else:
                case.note("merged", *((NO, "self") if self.people.wrote(merge.author) else (YES,)))
        elif is_squash:
            case.note("merged", UNKNOWN, "squash")
        elif commit.committer is None or commit.committer.email == _WEB:
            case.note("merged", UNKNOWN, "rebase")
        elif self.people.wrote(commit.committer):
            case.note("merged", *((UNKNOWN, "rebase") if case.address.kind == "pull-request" else (NO, "self")))
        else:
            case.note("merged", YES, "committer")

    def _note_signature(self, case: _Case, *signed: Commit | Tag) -> None:
        """Note who signed the commit or tag, or the merge that brought it in."""
        results = []
        for found in signed:
            who = getattr(found, "committer", None) or getattr(found, "tagger", None)
            result, signer = self._keys.check(found.payload, found.signature, who.time if who else 0)
            if result == "good":
                case.note("signed", YES, signer)
                return
            results.append(result)
        worst = min(results, key=["broken", "revoked", "expired", "unknown-key", "unknown-format", "unsigned"].index)
        is_unknown = worst in {"unknown-key", "unknown-format"}
        case.note("signed", UNKNOWN if is_unknown else NO, worst)

    # Claims

    def _check_date(self, case: _Case) -> None:
        """Note whether the date is one of those in the repository; a month or a year has to contain one."""
        claimed = str(case.evidence.date or "")
        if claimed and case.dates:
            fits = any(day == claimed or day.startswith(f"{claimed}-") for day in case.dates)
            case.note("date", *((YES,) if fits else (NO, max(case.dates))))

    def _check_title(self, case: _Case) -> None:
        """Note whether the title names another pull request; its words are the owner's, and are not compared."""
        named = title_number(case.evidence.name)
        if case.address.kind == "pull-request" and named and named != case.address.number:
            case.note("title", NO, "other-number")
        elif case.checks.get("exists", Check(NO)).result == YES:
            words = re.sub(r"^[#!]\d+\W*|\W*\([#!]\d+\)$", "", case.evidence.name).casefold()
            known = {re.sub(r"\W*\([#!]\d+\)$", "", title).casefold() for title in case.titles}
            case.note("title", *((YES,) if words in known else (UNKNOWN, "own-words")))


def rung(checks: Mapping[str, Check], *, own: bool) -> str:
    """Return the highest rung that the checks reach, or ``failed`` or ``unchecked``."""
    results = {name: check.result for name, check in checks.items()}
    if any(results.get(name) == NO for name in CLAIMS) or checks.get("signed", Check(YES)).reason == "broken":
        return "failed"
    if own and results.get("author") == NO:
        return "failed"
    if results.get("exists") != YES:
        return "unchecked"
    reached = "exists"
    for name in ("author", "merged", "signed") if own else ():
        if name not in results:
            continue
        if results[name] != YES:
            break
        reached = name
    return reached


def _with_whole_name(address: Address, repository: Repository) -> Address:
    """Return the address of a file with the whole name of its tag or branch, which may contain slashes."""
    parts = address.path.split("/")
    for number in range(1, len(parts)):
        name = "/".join((address.ref, *parts[:number]))
        if any(f"{prefix}{name}" in repository.location.refs for prefix in ("refs/tags/", *BRANCHES)):
            return replace(address, ref=name, path="/".join(parts[number:]))
    return address


def own_lines(repository: Repository, people: People, counts: Mapping[str, int]) -> int:
    """Return how many lines, counted by the commit that changed them last, are the person's."""
    return sum(lines for oid, lines in counts.items() if people.wrote(repository.commit(oid).author))


def _dates(commit: Commit, tag: Tag | None = None) -> tuple[str, ...]:
    """Return the dates of the author and the committer of a commit, and of its tag, in their time zones and in UTC."""
    people = (commit.author, commit.committer, tag.tagger if tag else None)
    found = [identity.dates() for identity in people if identity]
    return tuple(dict.fromkeys(day for days in found for day in days))


def _titles(commit: Commit) -> Collection[str]:
    """Return what may be the title of a pull request: the subject, and the body's first line in GitHub's merges."""
    lines = [line.strip() for line in commit.message.splitlines() if line.strip()]
    return lines[:2]
