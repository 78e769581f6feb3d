"""Words of a debrief: each module makes a part of the sheet out of an analysis and the run it judges."""
