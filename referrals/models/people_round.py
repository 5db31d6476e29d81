"""The people round a child as a referral names them: who holds parental responsibility, who cares, what each says.

Plain reading of the answers as typed; the rows are those of the tasks "About the child", "Views" and "Consent".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_PEOPLE = 8
HOLDS = {"yes": "holds parental responsibility", "no": "does not hold parental responsibility",
         "unknown": "not known whether they hold parental responsibility"}  # fmt: skip
SAYS = {"yes": "Agrees", "no": "Does not agree", "not asked": "Not asked yet"}


@dataclass(frozen=True)
class PersonRound:
    """One person named in a referral: what they are to the child, and what they hold."""

    name: str
    relationship: str = ""
    responsibility: str = ""
    carer: str = ""

    @property
    def is_carer(self) -> bool:
        """Whether the child lives in their care."""
        return self.carer == "yes"

    @property
    def may_hold(self) -> bool:
        """Whether they hold parental responsibility, or may: nobody has found out."""
        return self.responsibility in {"yes", "unknown"}

    @property
    def facts(self) -> str:
        """What they are to the child, in words: "Grandmother, holds parental responsibility, cares for the child"."""
        said = [self.relationship, HOLDS.get(self.responsibility, ""), "cares for the child" if self.is_carer else ""]
        words = ", ".join(filter(None, said))
        return words[:1].upper() + words[1:]

    @property
    def words(self) -> str:
        """Their name, and what they are to the child."""
        return ": ".join(filter(None, (self.name, self.facts)))


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, whatever their capitals and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def people_in(child: Mapping) -> list[PersonRound]:
    """The people that the task "About the child" names, in their order."""
    rows = ([str(child.get(f"people_{n}_{part}", "") or "").strip() for part in ("name", "relationship", "responsibility", "carer")]
            for n in range(1, MOST_PEOPLE + 1))  # fmt: skip
    return [PersonRound(*row) for row in rows if row[0]]


def rows_for(people: Iterable[PersonRound]) -> dict[str, str]:
    """The answers that name these people, as the task keeps them."""
    return {
        f"people_{n}_{part}": getattr(person, part)
        for n, person in enumerate(list(people)[:MOST_PEOPLE], 1)
        for part in ("name", "relationship", "responsibility", "carer")
    }


def together(first: Iterable[PersonRound], more: Iterable[PersonRound]) -> list[PersonRound]:
    """The first people, and those of the others whom nobody has named yet."""
    found = list(first)
    return found + [person for person in more if not any(same_name(person.name, one.name) for one in found)]


def holders_in(child: Mapping) -> list[PersonRound]:
    """Those who hold parental responsibility, or may."""
    return [person for person in people_in(child) if person.may_hold]


def gap_facts(child: Mapping) -> dict[str, str]:
    """Who cares and who holds responsibility, as the minimum information asks: blank while it is not said of each person."""
    people = people_in(child)
    is_said = all(person.relationship and person.responsibility in HOLDS for person in people)
    return {
        "carer_name": ", ".join(person.name for person in people if person.is_carer),
        "parental_responsibility": ", ".join(person.words for person in people if person.may_hold) if is_said else "",
    }


def row_of(answers: Mapping, key: str, name: str) -> dict[str, str]:
    """The answers of the row that is about this person, without its number; empty where none is."""
    for n in range(1, MOST_PEOPLE + 1):
        start = f"{key}_{n}_"
        if same_name(str(answers.get(f"{start}name", "") or ""), name):
            return {part.removeprefix(start): value for part, value in answers.items() if part.startswith(start)}
    return {}


def named_rows(answers: Mapping, key: str, people: Iterable[PersonRound]) -> dict:
    """The answers, with a row begun for each of these people who has none yet."""
    found = dict(answers)
    for person in people:
        free = [n for n in range(1, MOST_PEOPLE + 1) if not str(found.get(f"{key}_{n}_name", "") or "").strip()]
        if free and not row_of(found, key, person.name):
            found[f"{key}_{free[0]}_name"] = person.name
    return found


def agreement_of(consent: Mapping, name: str) -> str:
    """What one holder says of working with the team: their own answer, else what is said of them all."""
    return row_of(consent, "agrees", name).get("answer", "") or str(consent.get("agreed_parents", "") or "")


WORKS_WITH = {
    "residential worker": "a residential worker", "foster carer": "a foster carer", "relative": "a parent or relative",
    "school": "somebody from school", "social worker": "a social worker",
}  # fmt: skip


def works_with(support: Mapping) -> str:
    """Whom the team works with most beside the child: "Jo Bell, a foster carer"; empty where that is the child."""
    kind = WORKS_WITH.get(str(support.get("prime_user", "")), "")
    name = str(support.get("prime_user_name", "") or "").strip()
    return ", ".join(filter(None, (name, kind))) if kind else ""


def paper_people(answers: Mapping) -> list[dict]:
    """Each person round the child for a panel's paper: who they are, and what a holder says and agrees to."""
    views, consent = answers.get("views", {}), answers.get("consent", {})
    return [_paper_row(person, row_of(views, "holder", person.name), consent) for person in people_in(answers.get("child", {}))]


def _paper_row(person: PersonRound, view: Mapping, consent: Mapping) -> dict:
    agreed = SAYS.get(agreement_of(consent, person.name), "Not asked yet") if person.may_hold else ""
    return {"name": person.name, "facts": person.facts, "says": view.get("says", ""), "agrees": agreed}
