from django.db import migrations, models

import yhdys.audit.fields


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entry")]

    operations = [
        # First without a default: entries from before stay without a number, instead of bearing this migration's.
        migrations.AddField(
            model_name="entry", name="transaction", field=models.BigIntegerField(editable=False, null=True)
        ),
        migrations.AddField(model_name="entry", name="moment", field=models.DateTimeField(editable=False, null=True)),
        migrations.AlterField(
            model_name="entry",
            name="transaction",
            field=models.BigIntegerField(db_default=yhdys.audit.fields.Transaction(), editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="entry",
            name="moment",
            field=models.DateTimeField(db_default=yhdys.audit.fields.Moment(), editable=False, null=True),
        ),
        migrations.AddIndex(model_name="entry", index=models.Index(fields=["transaction"], name="audit_transaction")),
    ]
