"""An invented borough with the documents' own terms, prices and indicators."""
