"""The figures of the paper, made anew of any pictures, each as one labelled picture.

Plain ring: `panels` declares what a figure is, `paper` declares the seven, `order` holds one with
its pictures and settings, `layout` and `sheet` compose it of `boxes`, `record` says how it was
made, `inset` puts the styles into the corner of a result. Torch ring: `making` paints the panels,
`anatomy` looks into the network for figure 2.
"""
