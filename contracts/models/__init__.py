"""Contracts, their lots and prices."""

from contracts.models.contract import Contract, Lot
from contracts.models.price import Price

__all__ = ["Contract", "Lot", "Price"]
