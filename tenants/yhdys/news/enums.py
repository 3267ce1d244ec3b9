"""The closed lists of news. The database keeps the values and the API shows them: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ArticleKind(TextChoices):
    """What sort of text it is. A bulletin tells of a meeting; members pass it on to the field."""

    BULLETIN = "bulletin", pgettext_lazy("kind of article", "Bulletin")
    NEWS = "news", pgettext_lazy("kind of article", "News")
    BLOG = "blog", pgettext_lazy("kind of article", "Blog")


class ArticleState(TextChoices):
    """How far an article has come. One that is withdrawn leaves the public site and keeps its address."""

    DRAFT = "draft", pgettext_lazy("state of an article", "Draft")
    SCHEDULED = "scheduled", pgettext_lazy("state of an article", "Scheduled")
    PUBLISHED = "published", pgettext_lazy("state of an article", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an article", "Withdrawn")
