"""Contracts, their lots and prices, and what is put to the boards."""

from contracts.models.contract import Contract, Lot
from contracts.models.escalation import Escalation
from contracts.models.price import Price

__all__ = ["Contract", "Escalation", "Lot", "Price"]
