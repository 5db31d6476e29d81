"""Values of indicators out of a KPI file, and days out of GOV.UK's list of bank holidays."""

from core import clock
from core.actions.closure import close_day
from core.closures import closed_days
from core.dates import day_in_words
from core.models.closure import ClosureKind
from core.working_days import SATURDAY, england_holidays
from kpis.actions.import_progress import Progress
from kpis.choices import ValueState
from kpis.models import Import, ImportFile, ImportPart, Indicator, IndicatorValue
from kpis.rules.file_rows import Problem, csv_rows, why_no_table
from kpis.rules.holiday_file import Holiday, read_holidays
from kpis.rules.kpi_file import NEEDED, Entered, Known, entered_rows

WHOLE = "The whole file"
VALIDATED = "This value was validated for release with another count. A file does not change it."
TOGETHER = 1_000


class KpiValues:
    """One import of KPI files: each value is new, or takes the place of one that was not validated."""

    def __init__(self, batch: Import, progress: Progress):
        self.batch, self.progress, self.seen = batch, progress, {}
        self.indicators = {one.slug: one for one in Indicator.objects.filter(authority=batch.authority_id)}
        rows = IndicatorValue.objects.filter(indicator__authority=batch.authority_id).select_related("indicator")
        self.stored = {(row.indicator.slug, row.period_start, row.period_end, row.reading): row for row in rows}
        self.definitions = {}
        for indicator in Indicator.objects.filter(authority=batch.authority_id).prefetch_related("definitions"):
            self.definitions[indicator.slug] = max(indicator.definitions.all(), key=lambda one: one.version, default=None)

    def look(self, file: ImportFile, raw: bytes, problems: list[Problem]) -> list[ImportPart]:
        """How each value of a file stands to what is stored; what is wrong goes to `problems`."""
        made = ImportPart(file=file, code="kpi", title="KPI values")
        before = len(problems)
        for entered in self._entered(file, raw, problems):
            self._tally(made, entered, file, problems)
        if not made.rows and len(problems) == before:
            problems.append(Problem(file.name, 1, WHOLE, "The file has headings and no rows. Leave it out."))
        return [made]

    def write(self, file: ImportFile, raw: bytes, problems: list[Problem]) -> list[ImportPart]:
        """Store each value of a file that is new or counts otherwise."""
        made, new = ImportPart(file=file, code="kpi", title="KPI values"), []
        for entered in self._entered(file, raw, problems):
            row = self._tally(made, entered, file, problems)
            if row is not None and row.pk is None:
                new.append(row)
            elif row is not None:
                row.save()
        IndicatorValue.objects.bulk_create(new, batch_size=TOGETHER)
        return [made]

    def finish(self, parts: list[ImportPart], *, by) -> str:
        """Nothing follows from values; they wait to be checked and validated."""
        return ""

    def _entered(self, file: ImportFile, raw: bytes, problems: list[Problem]):
        no_table = why_no_table(raw, file.name)
        problems += no_table
        known = {slug: Known(unit=one.unit) for slug, one in self.definitions.items() if one is not None}
        rows = [] if no_table else csv_rows(raw, file.name, NEEDED, problems)
        for entered in entered_rows(rows, known):
            self.progress.step()
            if entered.key in self.seen:
                problems.append(Problem(file.name, entered.line, "INDICATOR", f"{self.seen[entered.key]} has the same indicator, period and reading."))
            self.seen[entered.key] = file.name
            yield entered

    def _tally(self, made: ImportPart, entered: Entered, file: ImportFile, problems: list[Problem]) -> IndicatorValue | None:
        """Count one value; gives the row to be written, filled, or nothing where it stands already."""
        made.rows += 1
        row = self.stored.get(entered.key)
        same = row is not None and (row.numerator, row.denominator, row.value) == (entered.numerator, entered.denominator, entered.value)
        if same and (row.state != ValueState.ENTERED or not entered.is_final):
            made.unchanged += 1
            return None
        if row is not None and row.state == ValueState.VALIDATED:
            problems.append(Problem(file.name, entered.line, "NUMERATOR", VALIDATED))
            return None
        made.added += row is None
        made.changed += row is not None
        return self._filled(row, entered)

    def _filled(self, row: IndicatorValue | None, entered: Entered) -> IndicatorValue:
        row = row or IndicatorValue(
            indicator=self.indicators[entered.slug], definition=self.definitions[entered.slug], reading=entered.reading,
            period_start=entered.period_start, period_end=entered.period_end,
        )  # fmt: skip
        row.period_label, row.numerator, row.denominator = entered.period_label, entered.numerator, entered.denominator
        row.value, row.printed = entered.value, ""
        row.state = ValueState.CHECKED if entered.is_final else ValueState.ENTERED
        row.source = entered.source or f"Import {self.batch.reference}"
        row.entered_at, row.entered_by = clock.now(), self.batch.stored_by or self.batch.made_by
        return row


class Holidays:
    """One import of GOV.UK's list: holidays still to come that nobody knew are closed days; what has been is left as it was."""

    def __init__(self, batch: Import, progress: Progress):
        self.batch, self.progress = batch, progress
        self.known = england_holidays() | closed_days(batch.authority_id)

    def look(self, file: ImportFile, raw: bytes, problems: list[Problem]) -> list[ImportPart]:
        """Which days of the list are new here."""
        made, new = self._sorted(file, raw, problems)
        made.added = len(new)
        return [made]

    def write(self, file: ImportFile, raw: bytes, problems: list[Problem]) -> list[ImportPart]:
        """Close the days that are new here: open deadlines follow, and nothing that was judged changes."""
        made, new = self._sorted(file, raw, problems)
        for holiday in new:
            close_day(self.batch.authority, on=holiday.on, name=holiday.name, kind=ClosureKind.HOLIDAY, by=self.batch.stored_by)
            self.known |= {holiday.on}
        made.added = len(new)
        return [made]

    def finish(self, parts: list[ImportPart], *, by) -> str:
        """Closing a day has told whoever counts by it."""
        return ""

    def _sorted(self, file: ImportFile, raw: bytes, problems: list[Problem]) -> tuple[ImportPart, list[Holiday]]:
        listed = read_holidays(raw, file.name, problems)
        made = ImportPart(file=file, code="holidays", title="Bank holidays of England and Wales", rows=len(listed))
        unknown = [holiday for holiday in listed if holiday.on not in self.known and holiday.on.weekday() < SATURDAY]
        past = [holiday for holiday in unknown if holiday.on <= clock.today()]
        made.unchanged = len(listed) - len(unknown) + len(past)
        if past:
            days = ", ".join(f"{day_in_words(one.on)} ({one.name})" for one in past[:10])
            made.note = f"Left as it was: {days}. These days are past, and what fell due by them was judged by the calendar of its day."
        return made, [holiday for holiday in unknown if holiday.on > clock.today()]
