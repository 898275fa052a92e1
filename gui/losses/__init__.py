"""The losses of a run, plotted as it goes."""
