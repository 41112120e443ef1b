"""What a package is made of besides slides and text: presentation, properties, numbering, parts that are added."""
