"""How Dutch writes what points at a person: names, dates, ages, numbers and addresses. Shared by the rules."""
