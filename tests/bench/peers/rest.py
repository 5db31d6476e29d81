"""A list by Django REST Framework: the same columns of one authority as JSON, by cursor; no rule of who may see, no age, no due day, no page around it."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import CharField, ModelSerializer

from referrals.models import Referral


class Columns(ModelSerializer):
    """What our list shows of a referral, as it is stored."""

    child = CharField(source="child.full_name")
    born_on = CharField(source="child.born_on")
    author = CharField(source="author.full_name")

    class Meta:
        model = Referral
        fields = ("reference", "child", "born_on", "wants", "band", "status", "author", "first_sent_at", "status_since")


class Newest(CursorPagination):
    """Fifty a page, newest move first."""

    page_size, ordering = 50, ("-status_since", "-pk")


class Referrals(ListAPIView):
    """Referrals of the reader's authority."""

    authentication_classes, permission_classes, renderer_classes = [SessionAuthentication], [IsAuthenticated], [JSONRenderer]
    pagination_class, serializer_class = Newest, Columns

    def get_queryset(self):
        """One authority, by its index."""
        return Referral.objects.filter(authority=self.request.user.acting.authority_id).select_related("child", "author")
