"""How the launcher gives up: one sentence, and the line that mends it."""


class Stop(Exception):
    """Nothing can start; `sentence` says why and `line` what to type."""

    def __init__(self, sentence: str, line: str = ""):
        self.sentence, self.line = sentence, line
        super().__init__(sentence)
