from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_tallies")]

    operations = [
        migrations.AddField(
            model_name="redaction",
            name="took_name",
            field=models.BooleanField(default=False),
        ),
    ]
