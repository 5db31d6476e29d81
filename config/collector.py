"""When Python looks for rubbish: what a process is made of lasts, and a page or a job makes little that is not let go at once."""

import gc

# So many things made since it last looked. A list makes tens of thousands that are let go by themselves; looked for every 700, as Python
# does, an eighth of its time was looking.
LOOKS_AFTER = (20_000, 20, 20)


def let_last() -> None:
    """What there is lasts as long as the process, and is not looked through again; what comes is looked through seldom."""
    gc.freeze()
    gc.set_threshold(*LOOKS_AFTER)
