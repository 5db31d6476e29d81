"""Print the figures of statutory returns, by every reading, storing nothing."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kpis.rules.return_figures import FigureLine, sdq_lines, stability_lines
from kpis.ssda903 import BadRows, read_births, read_episodes, read_scores


class Command(BaseCommand):
    """Placement stability and SDQ figures from a folder of SSDA903 files, several years' together."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        """The folder, and the last day of the year that is asked about."""
        parser.add_argument("--from-903", type=Path, required=True, metavar="FOLDER", help="Header, Episodes and OC2 files.")
        parser.add_argument("--year-end", type=date.fromisoformat, required=True, help="such as 2019-03-31")

    def handle(self, *args, **options):
        """Read every file in the order of their names, and print a line for each figure and reading."""
        folder, year_end = options["from_903"], options["year_end"]
        try:
            episodes = read_episodes(*_named(folder, "episodes", needed=True))
            births = read_births(*_named(folder, "header", needed=True))
            scores = [read_scores(path) for path in _named(folder, "oc2")[-2:]]
            lines = [*stability_lines(episodes, births, year_end), *_sdq(episodes, births, scores, year_end)]
        except BadRows as bad:
            raise CommandError(f"Nothing was counted.\n{bad}") from bad
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(_printed(lines)))


def _named(folder: Path, word: str, *, needed: bool = False) -> list[Path]:
    """The folder's CSV files whose name has a word in it, in the order of their names."""
    found = sorted(path for path in folder.glob("*.csv") if word in path.name.lower())
    if needed and not found:
        raise CommandError(f"No CSV file in {folder} has \u201c{word}\u201d in its name.")
    return found


def _printed(lines: list[FigureLine]) -> list[str]:
    """Each figure: what it is, the reading, how many of how many and the percentage, or the number; and what is lacking."""
    said, lacking = [], set()
    for line in lines:
        if line.why_none and line.slug not in lacking:
            said.append(f"{line.name} | {line.why_none}")
            lacking.add(line.slug)
        shown = "no value" if line.value is None else f"{line.value}%" if line.figure else str(line.value)
        counted = f" | {line.figure.numerator} of {line.figure.denominator}" if line.figure else ""
        said.append(f"{line.name} | {line.reading}{counted} | {shown}")
    return said


def _sdq(episodes, births, files, year_end) -> list[FigureLine]:
    """The figures of the newest OC2 file's scores, and of what changed since the one before."""
    held = [{child: row.score for child, row in rows.items() if row.score is not None} for rows in files]
    born = births | {child: row.born_on for rows in files[-1:] for child, row in rows.items()}
    return sdq_lines(episodes, born, held, year_end)
