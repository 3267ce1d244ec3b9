"""Users, their staff roles and their sign-ins, in each region's schema and in the national one."""

from yhdys.accounts.models.providers import IdentityProvider
from yhdys.accounts.models.sessions import Session
from yhdys.accounts.models.users import StaffRole, StaffRoleQuerySet, User

__all__ = ["IdentityProvider", "Session", "StaffRole", "StaffRoleQuerySet", "User"]
