"""How a person is told: one table of topics, one form."""

from django import forms

from core import post
from core.actions.told import choose_daily_topics
from core.forms import HouseForm
from core.views.bases import ANYONE_SIGNED_IN, Question


class TopicsForm(HouseForm):
    """Which topics come once a day."""

    topics = forms.MultipleChoiceField(
        label="Which of these may wait for one email a day?", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="At 7am. The rest come at once. Meeting notices, papers, minutes and anything urgent always come at once.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = list(post.topics().items())


class ChooseTopics(Question):
    """Choose what comes once a day."""

    permission = ANYONE_SIGNED_IN
    form_class = TopicsForm
    heading, submit_label, back_label = "How we tell you", "Save", "Your account"
    success_message = "Saved."

    def back(self):
        return "/account"

    def get_initial(self):
        return {"topics": list(self.request.user.daily_topics.values_list("topic", flat=True))}

    def act(self, form):
        choose_daily_topics(form.cleaned_data["topics"], by=self.request.user)
