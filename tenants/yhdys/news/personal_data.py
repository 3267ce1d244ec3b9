"""What news keep of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.privacy.register import Basis, PersonalData, declare

declare(
    PersonalData(
        key="news.authors",
        order=35,
        title=_("Authors of news and blog texts"),
        people=_("Those who write for the site under their own name, and those who publish"),
        contents=_("Name and organisation of the author; who wrote, published and withdrew a text"),
        purpose=_("Telling of the council’s work, with the author’s name where there is one"),
        basis=(Basis.TASK,),
        retention=_("As long as the text is kept"),
        publicity=_("The author’s name and organisation"),
        tables=("news.article", "news.publication"),
        past={"news.article": ("byline",)},
    )
)
