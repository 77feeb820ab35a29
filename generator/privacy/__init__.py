"""The privacy gate: what points at a person is found, shown masked, and kept from every page, index and export."""
