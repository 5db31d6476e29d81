"""Returns at each of their stages, made by the product's own actions."""

from contracts.rules.quarters import quarter_from
from kpis.actions.provider_return import open_return, review_return, send_return
from kpis.measures.return_rows import drafted

PERIOD = "2026-27-q2"


def an_open_return(contract, period=PERIOD):
    """Open, and nothing written yet."""
    return open_return(contract, quarter_from(period), by=None)


def a_sent_return(borough, contract, period=PERIOD, **texts):
    """Sent, with words on every row."""
    of = an_open_return(contract, period)
    words = {row.measure: "Said why." for row in drafted(of)}
    return send_return(of, texts=texts, words=words, saves=0, by=borough.provider_manager)


def an_accepted_return(borough, contract, period=PERIOD):
    """Every row accepted; its payment is raised."""
    return accepted(borough, a_sent_return(borough, contract, period))


def accepted(borough, of, *, challenge=()):
    """Reviewed, with some rows challenged."""
    rows = of.rows.values_list("measure", flat=True)
    return review_return(
        of, verdicts={row: "challenge" if row in challenge else "accept" for row in rows},
        challenges=dict.fromkeys(challenge, "We count fewer."), by=borough.commissioner,
    )  # fmt: skip
