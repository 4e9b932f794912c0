"""Forms to look at. Nobody sends them."""

from django import forms


class FilterForm(forms.Form):
    survey = forms.ChoiceField(choices=[("service", "Our service"), ("phone", "By phone")])
    period = forms.ChoiceField(
        choices=[("month", "This month"), ("quarter", "This quarter"), ("year", "This year")]
    )
    location = forms.ChoiceField(
        choices=[("", "Every location"), ("harbour", "Harbour Street")], required=False
    )
    touchpoint = forms.ChoiceField(
        choices=[("", "Every touchpoint"), ("till", "At the till")], required=False
    )
    mode = forms.ChoiceField(
        choices=[("", "Every mode"), ("link", "Link"), ("paper", "Paper card")], required=False
    )


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As customers see it.", initial="Our service")
    email = forms.EmailField(label="E-mail")
    purpose = forms.ChoiceField(choices=[("survey", "Survey"), ("review", "Review form")])
    note = forms.CharField(widget=forms.Textarea, required=False)
    is_anonymous = forms.BooleanField(label="Anonymous", required=False, initial=True)
    colours = forms.MultipleChoiceField(
        label="Languages",
        choices=[("en", "English"), ("cs", "Čeština"), ("da", "Dansk")],
        widget=forms.CheckboxSelectMultiple,
    )


class FileForm(forms.Form):
    file = forms.FileField(label="Drop a file here, or choose one")
