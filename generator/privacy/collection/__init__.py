"""Re-identification over the collection: who could be pointed out by the facts of a record alone."""
