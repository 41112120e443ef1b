"""Reading a deck's frames: the boxes text is set in and the type it is set in, with everything inherited resolved.

`read_master` gives what a composer may know of a master, `read_slide_frames` the frames of one designed slide,
`read_slide_texts` the texts of all slides as they stand (for checking whether they fit), `slide_barriers` and
`document_barriers` what is missing for people who listen to them. Uses lxml: compile time only.
"""
